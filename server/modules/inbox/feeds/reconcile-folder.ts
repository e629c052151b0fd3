import type { Desk } from '#server/desk.ts'
import type { MailStoreSession, OpenedFolder } from '../ports.ts'
import { firstWindow, nextWindow } from '../rules/feed-plan.ts'
import { recordedAmong } from '../store/feed-items.ts'
import { setFolder } from '../store/feed-folders.ts'
import { folderFacts, type FeedPlace } from './place.ts'
import { readUids } from './read-uids.ts'

const page = 200

export type Reconciled = { server: number; recorded: number; found: number; missing: number; unlisted: number }

/**
 * Compares what the server has in the open folder with what is recorded of it, number by number, and reads what was passed
 * over. A difference is told in the ledger and stays visible until it is gone.
 */
export async function reconcileFolder(
  desk: Desk,
  session: MailStoreSession,
  place: FeedPlace,
  opened: OpenedFolder,
): Promise<Reconciled> {
  const sums = { server: 0, recorded: 0, found: 0, missing: 0 }
  const { startUid, nextUid, olderNext, olderSince } = place.folder
  if (olderSince) await compare(desk, session, place, { from: 1, before: olderNext ?? startUid }, sums)
  await compare(desk, session, place, { from: startUid, before: nextUid }, sums)
  const listed = await session.uids({ from: 1, to: null })
  await forgetDeleted(desk, place, listed)
  const unlisted = await stillUnlisted(session, place, opened.messages - listed.length)
  const result = { ...sums, unlisted }
  await desk.transaction(async (tx) => {
    place.folder = await setFolder(tx, place.folder, {
      reconciledAt: tx.now(),
      serverCount: sums.server,
      recordedCount: sums.recorded,
      unlisted,
    })
    if (sums.found > 0 || unlisted > 0)
      await tx.emit({ type: 'feed.drift_found', data: { ...folderFacts(place), ...result } })
  })
  return result
}

async function compare(
  desk: Desk,
  session: MailStoreSession,
  place: FeedPlace,
  { from: first, before }: { from: number; before: number },
  sums: Omit<Reconciled, 'unlisted'>,
): Promise<void> {
  let width = firstWindow
  for (let from = first; from < before;) {
    const to = Math.min(from + width - 1, before - 1)
    const since = from < place.folder.startUid ? place.folder.olderSince : null
    const listed = await session.uids({ from, to }, since)
    const known = await recordedAmong(desk, place.folder, listed)
    const unknown = listed.filter((uid) => !known.has(uid))
    let [read, missing] = [0, 0]
    for (let at = 0; at < unknown.length; at += page) {
      const outcome = await readUids(desk, session, place, unknown.slice(at, at + page))
      read += outcome.read
      missing += outcome.missing
    }
    const kept = listed.length - unknown.length
    sums.server += kept + read + missing
    sums.recorded += kept + read
    sums.found += read + missing
    sums.missing += missing
    from = to + 1
    width = nextWindow(width, listed.length)
  }
}

/** How many mails the server still announces and does not list, when it is asked again; mail goes while one counts. */
async function stillUnlisted(session: MailStoreSession, place: FeedPlace, difference: number): Promise<number> {
  if (difference <= 0) return 0
  const { messages } = await session.open(place.folder.path)
  const listed = await session.uids({ from: 1, to: null })
  return Math.max(0, messages - listed.length)
}

/** What was missing and has been deleted on the server since is no longer missed. */
async function forgetDeleted(desk: Desk, { folder }: FeedPlace, listed: readonly number[]): Promise<void> {
  const { rows } = await desk.connection.query<{ uid: number }>(
    `select uid from feed_items where folder_id = $1 and epoch = $2 and state = 'missing'`,
    [folder.id, folder.epoch],
  )
  const there = new Set(rows.length > 0 ? listed : [])
  const gone = rows.map(({ uid }) => uid).filter((uid) => !there.has(uid))
  if (gone.length === 0) return
  await desk.connection.query(
    `update feed_items set state = 'gone', at = $4 where folder_id = $1 and epoch = $2 and uid = any($3) and state = 'missing'`,
    [folder.id, folder.epoch, gone, desk.now().toString()],
  )
}
