import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { FeedItemState } from '../feed-tables.ts'

export type FeedItem = {
  uid: number
  state: FeedItemState
  receiptId?: Id<'itm'> | null
  messageId?: Id<'msg'> | null
  providerId?: string | null
  history?: boolean
}

/**
 * Records what became of a mail, in the transaction in which it became so. What was missing may be found; anything else is
 * final. False when somebody else has recorded it.
 */
export async function insertFeedItem(
  desk: Desk,
  folder: { id: number; epoch: number },
  item: FeedItem,
): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'insert-feed-item',
    text: `insert into feed_items (folder_id, epoch, uid, state, receipt_id, message_id, provider_id, history, at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (folder_id, epoch, uid) do update set state = excluded.state, receipt_id = excluded.receipt_id,
        message_id = excluded.message_id, provider_id = excluded.provider_id, history = excluded.history, at = excluded.at
      where feed_items.state = 'missing'`,
    values: [
      folder.id,
      folder.epoch,
      item.uid,
      item.state,
      item.receiptId ? uuidOf(item.receiptId) : null,
      item.messageId ? uuidOf(item.messageId) : null,
      item.providerId?.slice(0, 998) ?? null,
      item.history ?? false,
      desk.now().toString(),
    ],
  })
  return rowCount === 1
}

/** Names mails that the server lists and does not hand out; resolves to those that were not named before. */
export async function insertMissing(
  desk: Desk,
  folder: { id: number; epoch: number },
  mails: readonly { uid: number; providerId: string | null }[],
): Promise<number[]> {
  const { rows } = await desk.connection.query<{ uid: number }>({
    name: 'insert-missing-feed-items',
    text: `insert into feed_items (folder_id, epoch, uid, state, provider_id, at)
      select $1, $2, m.uid, 'missing', m.provider_id, $4
      from jsonb_to_recordset($3::jsonb) as m(uid bigint, provider_id text) on conflict do nothing returning uid`,
    values: [
      folder.id,
      folder.epoch,
      JSON.stringify(mails.map(({ uid, providerId }) => ({ uid, provider_id: providerId?.slice(0, 998) ?? null }))),
      desk.now().toString(),
    ],
  })
  return rows.map(({ uid }) => uid).toSorted((a, b) => a - b)
}

/** Which of these UIDs are recorded; missing ones are not. */
export async function recordedAmong(
  desk: Desk,
  folder: { id: number; epoch: number },
  uids: readonly number[],
): Promise<Set<number>> {
  if (uids.length === 0) return new Set()
  const { rows } = await desk.connection.query<{ uid: number }>({
    name: 'recorded-feed-items',
    text: `select uid from feed_items where folder_id = $1 and epoch = $2 and uid between $3 and $4 and state <> 'missing'`,
    values: [folder.id, folder.epoch, uids[0], uids.at(-1)],
  })
  return new Set(rows.map(({ uid }) => uid))
}

/** Mails that the server lists and does not hand out, oldest first. */
export async function missingItems(
  desk: Desk,
  sourceId: Id<'box'>,
  limit: number,
): Promise<{ folderId: number; path: string; uid: number; providerId: string | null; at: Temporal.Instant }[]> {
  const { rows } = await desk.connection.query<{
    folder_id: number
    path: string
    uid: number
    provider_id: string | null
    at: Temporal.Instant
  }>({
    name: 'missing-feed-items',
    text: `select f.id as folder_id, f.path, i.uid, i.provider_id, i.at from feed_items i
      join feed_folders f on f.id = i.folder_id and f.epoch = i.epoch
      where f.source_id = $1 and i.state = 'missing' order by f.id, i.uid limit $2`,
    values: [uuidOf(sourceId), limit],
  })
  return rows.map((row) => ({
    folderId: row.folder_id,
    path: row.path,
    uid: row.uid,
    providerId: row.provider_id,
    at: row.at,
  }))
}
