import type { FeedInput } from '#contract/feeds.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { changeFeed, deleteFeed, findFeed, putFeed, requireFeed, type Feed } from '../store/feeds.ts'
import { openSecret, sealSecret, type FeedSecret } from './feed-secret.ts'

/** Reads a mailbox over IMAP from now on, or otherwise than before. */
export async function saveFeed(desk: Desk, mailboxId: Id<'box'>, input: FeedInput): Promise<void> {
  await desk.transaction(async (tx) => {
    const secret = await secretFor(tx, mailboxId, input)
    const { auth } = input
    const isNew = !(await findFeed(tx, mailboxId))
    await putFeed(tx, mailboxId, {
      host: input.host,
      port: input.port,
      security: input.security,
      verifyCertificate: input.verifyCertificate ?? true,
      username: input.user,
      auth: auth.kind,
      tokenUrl: auth.kind === 'oauth2' ? auth.tokenUrl : null,
      clientId: auth.kind === 'oauth2' ? auth.clientId : null,
      secret: sealSecret(tx, secret),
      folders: [...new Set(input.folders ?? ['INBOX'])],
      readSent: input.readSent ?? true,
      sentFolder: input.sentFolder ?? null,
      backfillSince: input.backfillSince ? Temporal.Instant.from(input.backfillSince) : null,
    })
    await tx.emit({ type: isNew ? 'feed.connected' : 'feed.changed', data: { mailboxId, auth: auth.kind } })
  })
}

/**
 * The secrets of an input; those left out are the stored ones, and only for the server and user they were given for: a
 * changed address must not carry a password to somebody else's server.
 */
export async function secretFor(desk: Desk, mailboxId: Id<'box'>, input: FeedInput): Promise<FeedSecret> {
  await requireMailbox(desk, mailboxId)
  const known = await findFeed(desk, mailboxId)
  const stored = known && isSamePlace(known, input) ? openSecret(desk, known.secret) : undefined
  if (input.auth.kind === 'password') {
    const password = input.auth.password ?? (stored && 'password' in stored ? stored.password : undefined)
    if (password === undefined) throw missing('body.auth.password: give the password for this server and user.')
    return { password }
  }
  const { clientSecret, refreshToken } = input.auth
  const before = stored && 'refreshToken' in stored ? stored : undefined
  const token = refreshToken ?? before?.refreshToken
  if (token === undefined) throw missing('body.auth.refreshToken: give the refresh token for this server and user.')
  return { clientSecret: clientSecret ?? before?.clientSecret ?? '', refreshToken: token }
}

function isSamePlace(known: Feed, { host, port, user, auth }: FeedInput): boolean {
  const isSameToken = auth.kind !== 'oauth2' || (known.tokenUrl === auth.tokenUrl && known.clientId === auth.clientId)
  return (
    known.host === host && known.port === port && known.username === user && known.auth === auth.kind && isSameToken
  )
}

function missing(sentence: string): DeskError {
  return new DeskError('invalid_request', sentence)
}

export async function requireMailbox(desk: Desk, id: Id<'box'>): Promise<void> {
  if (!(await ownMailboxes(desk)).some((mailbox) => mailbox.id === id)) throw notFound('mailbox')
}

/** Stops reading a mailbox over IMAP. What was read stays; connected again, custody knows it. */
export async function removeFeed(desk: Desk, mailboxId: Id<'box'>): Promise<void> {
  await desk.transaction(async (tx) => {
    if (!(await deleteFeed(tx, mailboxId))) await requireFeed(tx, mailboxId)
    await tx.emit({ type: 'feed.disconnected', data: { mailboxId } })
  })
}

/** Stops reading for now, or goes on. */
export async function pauseFeed(desk: Desk, mailboxId: Id<'box'>, paused: boolean): Promise<void> {
  await desk.transaction(async (tx) => {
    const feed = await requireFeed(tx, mailboxId)
    if (feed.paused === paused) return
    await changeFeed(tx, mailboxId, { paused })
    await tx.emit({ type: paused ? 'feed.paused' : 'feed.resumed', data: { mailboxId } })
  })
}

/** Reads a mailbox as soon as its reader hears of it, and compares it with what is recorded. */
export async function runFeedNow(desk: Desk, mailboxId: Id<'box'>): Promise<void> {
  const feed = await requireFeed(desk, mailboxId)
  if (feed.paused) throw new DeskError('conflict', 'Reading this mailbox is paused. Resume it first.')
  await changeFeed(desk, mailboxId, { poke: true, reconcileAsked: true })
}
