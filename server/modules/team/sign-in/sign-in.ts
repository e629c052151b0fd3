import type { FastifyInstance, FastifyRequest } from 'fastify'
import pg from 'pg'
import type { Actor, World } from '#server/desk.ts'
import type { Logger } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import { createAuth } from './auth.ts'
import { authenticate } from './authenticate.ts'
import { mountSignIn } from './mount.ts'
import { recordSignIn } from './record.ts'

export type SignIn = {
  /** Serves /api/auth. */
  mount(app: FastifyInstance): void
  /** Who asks; undefined when nobody we know, or nobody any more. */
  authenticate(request: FastifyRequest): Promise<Actor | undefined>
  close(): Promise<void>
}

type Setup = {
  databaseUrl: string
  secretKey: string
  /** Decides on secure cookies; a page of whatever host was asked is one of ours as well. */
  publicUrl: string
  trustedOrigins?: readonly string[]
  log: Logger
  world: World
}

/** Sign-in by password and second factor, sessions and API keys. */
export function createSignIn({ databaseUrl, secretKey, publicUrl, trustedOrigins = [], log, world }: Setup): SignIn {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'mainstay sign-in' })
  pool.on('error', (error) => log.warn({ error: error.message }, 'a database connection broke'))
  const secret = createSecrets(secretKey).sign('sign-in', 'cookies and second factors', 43)
  const auth = createAuth({ pool, secret, publicUrl, trustedOrigins, clock: world.clock, log })
  const whoIs = (request: FastifyRequest) => authenticate(world, secret, request)
  return {
    mount: (app) =>
      mountSignIn(app, {
        auth,
        pool,
        publicUrl,
        log,
        whoIs,
        succeeded: (path, before, agentUuid) => recordSignIn(world, path, before, agentUuid),
      }),
    authenticate: whoIs,
    close: () => pool.end(),
  }
}
