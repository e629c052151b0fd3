import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type pg from 'pg'
import type { Clock } from '#platform/clock.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import type { Logger } from '#platform/log.ts'
import { refuseReplay } from './replay.ts'
import { refuseUnlessActive } from './refuse-unless-active.ts'

export type AuthSetup = {
  /** Sign-in's own connections: its library wants the driver's plain types. */
  pool: pg.Pool
  secret: string
  publicUrl: string
  trustedOrigins: readonly string[]
  clock: Clock
  log: Logger
}

export type Auth = { handler(request: Request): Promise<Response> }

/** Signed in for two weeks, then once more with the password; a shorter session ends with the browser. */
const sessionSeconds = 14 * 24 * 3600

/** better-auth on our tables: nobody signs up by themselves, everything is in the database. */
export function createAuth({ pool, secret, publicUrl, trustedOrigins, clock, log }: AuthSetup): Auth {
  return betterAuth({
    appName: 'Mainstay',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: pool,
    trustedOrigins: (request) => [...trustedOrigins, ...sameHost(request)],
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    session: {
      modelName: 'agent_sessions',
      fields: {
        userId: 'agent_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    user: {
      modelName: 'agents',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: { modelName: 'agent_credentials', fields: credentialFields },
    verification: {
      modelName: 'agent_verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      twoFactor({
        issuer: 'Mainstay',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'agent_two_factors',
            fields: {
              userId: 'agent_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    hooks: { before: refuseReplay(pool) },
    databaseHooks: { session: { create: { before: refuseUnlessActive(pool) } } },
    // Tries are counted by attempts.ts, which counts only those that fail.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'mainstay',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      disableOriginCheck: false,
      disableCSRFCheck: false,
      // Set by us from the connection; a header a caller could send would let it choose its address.
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => uuidOf(newId('evt', clock.now())) },
    },
    telemetry: { enabled: false },
    logger: {
      // At "warn" or "error" it also prints to stderr by itself.
      level: 'info',
      log: (level, message) =>
        level === 'error' ? log.warn({ message }, 'sign-in') : log.debug({ message }, 'sign-in'),
    },
  })
}

export const addressHeader = 'x-mainstay-address'

const credentialFields = {
  userId: 'agent_id',
  accountId: 'account_id',
  providerId: 'provider_id',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  idToken: 'id_token',
  accessTokenExpiresAt: 'access_token_expires_at',
  refreshTokenExpiresAt: 'refresh_token_expires_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
}

/** A desk is reached under more names than PUBLIC_URL; a page of the host that was asked is one of ours. */
function sameHost(request: Request | undefined): string[] {
  const host = request?.headers.get('host')
  return host ? [`http://${host}`, `https://${host}`] : []
}
