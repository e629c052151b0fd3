import { eq, sql } from 'drizzle-orm'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { sources } from '../custody-tables.ts'
import { feeds } from '../feed-tables.ts'

export type Feed = typeof feeds.$inferSelect

export async function findFeed(desk: Desk, mailboxId: Id<'box'>): Promise<Feed | undefined> {
  const [feed] = await desk.db.select().from(feeds).where(eq(feeds.sourceId, mailboxId))
  return feed
}

export async function requireFeed(desk: Desk, mailboxId: Id<'box'>): Promise<Feed> {
  const feed = await findFeed(desk, mailboxId)
  if (!feed) throw notFound('IMAP connection: this mailbox is not read by IMAP')
  return feed
}

/** The feeds to be read now: not paused, of mailboxes that are switched on. */
export async function runningFeeds(desk: Desk): Promise<Feed[]> {
  const rows = await desk.db
    .select({ feed: feeds })
    .from(feeds)
    .innerJoin(sources, eq(sources.id, feeds.sourceId))
    .where(sql`${sources.enabled} and not ${feeds.paused}`)
    .orderBy(feeds.createdAt)
  return rows.map(({ feed }) => feed)
}

export type FeedSettings = Omit<
  typeof feeds.$inferInsert,
  'sourceId' | 'createdAt' | 'version' | 'pokes' | 'lastSuccessAt' | 'failingSince' | 'error' | 'reconcileAsked'
>

/** Makes or changes a feed; its reader starts over with what is new. */
export async function putFeed(desk: Desk, sourceId: Id<'box'>, settings: FeedSettings): Promise<void> {
  await desk.db
    .insert(feeds)
    .values({ sourceId, createdAt: desk.now(), ...settings })
    .onConflictDoUpdate({
      target: feeds.sourceId,
      set: { ...settings, version: sql`${feeds.version} + 1`, failingSince: null, error: null },
    })
}

export async function changeFeed(
  desk: Desk,
  sourceId: Id<'box'>,
  change: { paused?: boolean; secret?: string; reconcileAsked?: boolean; poke?: boolean; restart?: boolean },
): Promise<void> {
  const { poke, restart, ...columns } = change
  await desk.db
    .update(feeds)
    .set({
      ...columns,
      ...(poke ? { pokes: sql`${feeds.pokes} + 1` } : {}),
      ...(restart ? { version: sql`${feeds.version} + 1` } : {}),
    })
    .where(eq(feeds.sourceId, sourceId))
}

export async function deleteFeed(desk: Desk, sourceId: Id<'box'>): Promise<boolean> {
  const gone = await desk.db.delete(feeds).where(eq(feeds.sourceId, sourceId)).returning({ id: feeds.sourceId })
  return gone.length === 1
}

/** It was read to its end; tells whether it had been failing before. */
export async function setFeedRead(desk: Desk, sourceId: Id<'box'>): Promise<boolean> {
  const { rows } = await desk.connection.query<{ was_failing: boolean }>({
    name: 'feed-read',
    text: `update feeds f set last_success_at = $2, failing_since = null, error = null
      from (select source_id, failing_since is not null as was_failing from feeds where source_id = $1 for update) o
      where f.source_id = o.source_id returning o.was_failing`,
    values: [uuidOf(sourceId), desk.now().toString()],
  })
  return rows[0]?.was_failing ?? false
}

/** It could not be read; tells whether that is new. */
export async function setFeedFailing(desk: Desk, sourceId: Id<'box'>, error: string): Promise<boolean> {
  const { rows } = await desk.connection.query<{ was_failing: boolean }>({
    name: 'feed-failing',
    text: `update feeds f set failing_since = coalesce(f.failing_since, $2), error = $3
      from (select source_id, failing_since is not null as was_failing from feeds where source_id = $1 for update) o
      where f.source_id = o.source_id returning o.was_failing`,
    values: [uuidOf(sourceId), desk.now().toString(), error.slice(0, 500)],
  })
  return rows[0] ? !rows[0].was_failing : false
}
