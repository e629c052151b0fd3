import type { Desk } from '#server/desk.ts'
import type { MailStoreSession, OpenedFolder } from '../ports.ts'
import { planFolder } from '../rules/feed-plan.ts'
import { findFolder, insertFolder, setFolder, type FeedFolder } from '../store/feed-folders.ts'
import type { Feed } from '../store/feeds.ts'
import { folderFacts, type FeedPlace, type FolderTarget } from './place.ts'

/** Opens a folder and makes up its mind about what of it is to be read, once and in the database. */
export async function openFolder(
  desk: Desk,
  session: MailStoreSession,
  feed: Feed,
  place: Omit<FeedPlace, 'folder'>,
  target: FolderTarget,
): Promise<{ folder: FeedFolder; opened: OpenedFolder }> {
  const opened = await session.open(target.path)
  const known = await findFolder(desk, feed.sourceId, target.path)
  const plan = planFolder(known ?? null, opened, feed.backfillSince, desk.now())
  if (plan.change === 'none' && known) return { folder: known, opened }
  const { mark, change } = plan
  const isNew = mark.olderNext !== null
  const older = isNew ? await session.uids({ from: 1, to: Math.max(1, mark.startUid - 1) }, mark.olderSince) : []
  const counts = { olderDone: 0, olderTotal: mark.startUid > 1 ? older.length : 0 }
  const folder = await desk.transaction(async (tx) => {
    const fresh = { suspectUid: null, suspectTries: 0, reconciledAt: null, unlisted: 0, waiting: 0 }
    const now = known
      ? await setFolder(tx, known, { ...mark, ...counts, ...fresh, role: target.role })
      : await insertFolder(tx, { sourceId: feed.sourceId, ...target, ...mark, ...counts })
    const facts = folderFacts({ ...place, folder: now })
    await tx.emit({ type: 'feed.folder_opened', data: { ...facts, change, older: counts.olderTotal } })
    return now
  })
  return { folder, opened }
}
