import type { Desk } from '#server/desk.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { findFeed, putFeed } from '../store/feeds.ts'
import { openSecret, sealSecret } from './feed-secret.ts'

export type FeedAtStart = {
  host: string
  port: number
  security: 'tls' | 'offered'
  user: string
  password: string
}

/**
 * Gives a mailbox the feed that the desk was started with; where it has one, only what the address says is changed. Safe at
 * every start.
 */
export async function ensureFeed(desk: Desk, address: string, wanted: FeedAtStart): Promise<void> {
  await desk.transaction(async (tx) => {
    const mailbox = (await ownMailboxes(tx)).find((one) => one.address === address.toLowerCase())
    if (!mailbox) return
    const { user: username, password, ...place } = wanted
    const known = await findFeed(tx, mailbox.id)
    if (known) {
      const secret = openSecret(tx, known.secret)
      const isSame =
        known.host === place.host &&
        known.port === place.port &&
        known.security === place.security &&
        known.username === username &&
        'password' in secret &&
        secret.password === password
      if (isSame) return
    }
    await putFeed(tx, mailbox.id, {
      ...place,
      verifyCertificate: known?.verifyCertificate ?? true,
      username,
      auth: 'password',
      tokenUrl: null,
      clientId: null,
      secret: sealSecret(tx, { password }),
      folders: known?.folders ?? ['INBOX'],
      readSent: known?.readSent ?? true,
      sentFolder: known?.sentFolder ?? null,
      backfillSince: known?.backfillSince ?? null,
    })
    const type = known ? 'feed.changed' : 'feed.connected'
    await tx.emit({ type, data: { mailboxId: mailbox.id, auth: 'password' } })
  })
}
