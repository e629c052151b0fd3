import type { Desk } from '#server/desk.ts'
import type { MailStoreSession } from '../ports.ts'
import { ownMailboxes } from '../own-addresses.ts'
import type { FeedFolder } from '../store/feed-folders.ts'
import { changeFeed, findFeed, setFeedFailing, setFeedRead, type Feed } from '../store/feeds.ts'
import { openFolder } from './open-folder.ts'
import type { FolderTarget } from './place.ts'
import { readNew, readOlder } from './read-folder.ts'
import { reconcileFolder } from './reconcile-folder.ts'

/** The folders of a mailbox that are read: those named, and the Sent folder as named or as the server marks it. */
export async function chooseFolders(session: MailStoreSession, feed: Feed): Promise<FolderTarget[]> {
  const inboxes = feed.folders.map((path) => ({ path, role: 'inbox' as const }))
  if (!feed.readSent) return inboxes
  const marked = (await session.folders()).find(({ specialUse }) => specialUse === '\\Sent')?.path
  const sent = feed.sentFolder ?? marked
  return sent && !feed.folders.includes(sent) ? [...inboxes, { path: sent, role: 'sent' }] : inboxes
}

/**
 * Looks once into every folder: new mail first, then a page of what is wanted from before, and every hour whether all is
 * recorded. The Sent folder waits for the past of the others, because what it answers must be there. True when there is more
 * to read at once.
 */
export async function readFeed(
  desk: Desk,
  session: MailStoreSession,
  feed: Feed,
  targets: readonly FolderTarget[],
): Promise<boolean> {
  const own = await ownMailboxes(desk)
  const mailbox = own.find(({ id }) => id === feed.sourceId)
  if (!mailbox) return false
  const asked = (await findFeed(desk, feed.sourceId))?.reconcileAsked ?? false
  let isBehind = false
  let firstUidNext: number | undefined
  for (const target of targets) {
    const { folder, opened } = await openFolder(desk, session, feed, { mailbox, own }, target)
    firstUidNext ??= opened.uidNext
    if (target.role === 'sent' && isBehind) continue
    const place = { mailbox, own, folder }
    await readNew(desk, session, place)
    if (!isBehind) isBehind = await readOlder(desk, session, place)
    if (asked || isDue(desk, place.folder)) await reconcileFolder(desk, session, place, opened)
  }
  if (asked) await changeFeed(desk, feed.sourceId, { reconcileAsked: false })
  await noteRead(desk, feed)
  return isBehind || hasGrown(session, targets, firstUidNext)
}

/** Back to the folder in which news is waited for; what came to it while others were read is told by nobody else. */
async function hasGrown(
  session: MailStoreSession,
  targets: readonly FolderTarget[],
  uidNext: number | undefined,
): Promise<boolean> {
  const [first, ...others] = targets
  if (!first || others.length === 0) return false
  return (await session.open(first.path)).uidNext !== uidNext
}

function isDue(desk: Desk, { reconciledAt }: FeedFolder): boolean {
  return !reconciledAt || desk.now().since(reconciledAt).total('minutes') >= 60
}

async function noteRead(desk: Desk, feed: Feed): Promise<void> {
  await desk.transaction(async (tx) => {
    if (await setFeedRead(tx, feed.sourceId))
      await tx.emit({ type: 'feed.recovered', data: { mailboxId: feed.sourceId } })
  })
}

/** It could not be read: once in the ledger, and shown until it can be. */
export async function noteFailing(desk: Desk, feed: Feed, error: string, refused: boolean): Promise<void> {
  await desk.transaction(async (tx) => {
    if (await setFeedFailing(tx, feed.sourceId, error))
      await tx.emit({ type: 'feed.failing', data: { mailboxId: feed.sourceId, refused } })
  })
}
