import { and, asc, eq } from 'drizzle-orm'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { feedFolders } from '../feed-tables.ts'

export type FeedFolder = typeof feedFolders.$inferSelect

/** Of one mailbox, in the order in which they were first opened. */
export async function feedFoldersOf(desk: Desk, sourceId: Id<'box'>): Promise<FeedFolder[]> {
  return desk.db.select().from(feedFolders).where(eq(feedFolders.sourceId, sourceId)).orderBy(asc(feedFolders.id))
}

export async function findFolder(desk: Desk, sourceId: Id<'box'>, path: string): Promise<FeedFolder | undefined> {
  const [folder] = await desk.db
    .select()
    .from(feedFolders)
    .where(and(eq(feedFolders.sourceId, sourceId), eq(feedFolders.path, path)))
  return folder
}

export async function insertFolder(desk: Desk, folder: typeof feedFolders.$inferInsert): Promise<FeedFolder> {
  const [made] = await desk.db.insert(feedFolders).values(folder).returning()
  if (!made) throw new Error('a folder was not inserted')
  return made
}

export type FolderChange = Partial<Omit<FeedFolder, 'id' | 'sourceId' | 'path'>>

/** Changes a folder, within the epoch the caller knows: another reader may have found it numbered anew. */
export async function setFolder(desk: Desk, folder: FeedFolder, change: FolderChange): Promise<FeedFolder> {
  const [now] = await desk.db
    .update(feedFolders)
    .set(change)
    .where(and(eq(feedFolders.id, folder.id), eq(feedFolders.epoch, folder.epoch)))
    .returning()
  if (!now) throw new Error('the folder is read by another process')
  return now
}
