import * as z from 'zod'
import type { Desk } from '#server/desk.ts'
import type { MailStoreAccess } from '../ports.ts'
import { changeFeed, type Feed } from '../store/feeds.ts'

const Secret = z.union([
  z.strictObject({ password: z.string() }),
  z.strictObject({ clientSecret: z.string(), refreshToken: z.string() }),
])
export type FeedSecret = z.infer<typeof Secret>

export function sealSecret(desk: Desk, secret: FeedSecret): string {
  return desk.secrets.encrypt(JSON.stringify(secret))
}

export function openSecret(desk: Desk, sealed: string): FeedSecret {
  return Secret.parse(JSON.parse(desk.secrets.decrypt(sealed)))
}

export type AccessParts = Pick<
  Feed,
  'host' | 'port' | 'security' | 'verifyCertificate' | 'username' | 'tokenUrl' | 'clientId'
>

/** Everything a connection needs, and until when it holds (in the desk's time; null for good). Fetches a token for OAuth2. */
export async function feedAccess(
  desk: Desk,
  feed: AccessParts,
  secret: FeedSecret,
): Promise<{ access: MailStoreAccess; until: Temporal.Instant | null; refreshToken: string | null }> {
  const { host, port, security, verifyCertificate, username: user } = feed
  const place = { host, port, security, verifyCertificate, user }
  if ('password' in secret)
    return {
      access: { ...place, secret: { kind: 'password', password: secret.password } },
      until: null,
      refreshToken: null,
    }
  const token = await desk.ports.mailStore.accessToken({
    tokenUrl: feed.tokenUrl ?? '',
    clientId: feed.clientId ?? '',
    ...secret,
  })
  const { accessToken, expiresInSeconds, refreshToken } = token
  return {
    access: { ...place, secret: { kind: 'token', accessToken } },
    until: desk.now().add({ seconds: Math.max(0, Math.floor(expiresInSeconds) - 60) }),
    refreshToken,
  }
}

/** The access of a stored feed. A refresh token that the server has replaced is kept, or the next start would be refused. */
export async function storedAccess(
  desk: Desk,
  feed: Feed,
): Promise<{ access: MailStoreAccess; until: Temporal.Instant | null }> {
  const secret = openSecret(desk, feed.secret)
  const { refreshToken, ...found } = await feedAccess(desk, feed, secret)
  if (refreshToken && 'refreshToken' in secret && refreshToken !== secret.refreshToken)
    await changeFeed(desk, feed.sourceId, { secret: sealSecret(desk, { ...secret, refreshToken }) })
  return found
}
