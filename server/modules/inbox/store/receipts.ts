import type { Id } from '#contract/ids.ts'
import type { Disposition } from '#contract/custody.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

export type ReceiptEnvelope = { from: string; to: string[]; ip: string | null; helo: string | null }

export type NewReceipt = {
  id: Id<'itm'>
  sourceId: Id<'box'>
  providerId: string
  contentHash: string
  disposition: Disposition
  reason: string
  fromAddress: string | null
  subject: string | null
  size: number
  envelope: ReceiptEnvelope
  flagged: boolean
  ticketId: Id<'tkt'> | null
  messageId: Id<'msg'> | null
  duplicateOf: Id<'itm'> | null
}

/** Thrown when another receipt of the same mail committed first; the caller starts over and finds a duplicate. */
export class LostRace extends Error {}

/** The receipts of one source with this provider id. */
export async function receiptsByProviderId(
  desk: Desk,
  sourceId: Id<'box'>,
  providerId: string,
): Promise<{ id: Id<'itm'>; contentHash: string }[]> {
  const { rows } = await desk.connection.query<{ id: string; content_hash: string }>({
    name: 'receipts-by-provider-id',
    text: `select id, content_hash from receipts
      where source_id = $1 and provider_id = $2 and disposition <> 'duplicate'`,
    values: [uuidOf(sourceId), providerId],
  })
  return rows.map((row) => ({ id: idOf('itm', row.id), contentHash: row.content_hash }))
}

const insert = `with receipt as (
    insert into receipts (id, source_id, provider_id, content_hash, disposition, reason, from_address, subject, size,
      envelope, flagged, ticket_id, message_id, duplicate_of, received_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing
    returning id, source_id, disposition, message_id
  ), raw as (
    insert into raw_items (receipt_id, bytes) select id, $16::bytea from receipt where $16 is not null
  ), work as (
    insert into receipt_work (receipt_id, message_id) select id, message_id from receipt where message_id is not null
  )
  insert into custody_counts (source_id, disposition, slot, count)
  select source_id, disposition, (pg_backend_pid() % 64)::smallint, 1 from receipt
  on conflict (source_id, disposition, slot) do update set count = custody_counts.count + 1`

/**
 * Writes a receipt with its bytes (null for a duplicate, whose original has them), the work that follows, and its count.
 * The last statement of a receipt, so that the counter's row is locked only until the commit at hand. Throws LostRace when
 * the same mail was committed meanwhile.
 */
export async function insertReceipt(desk: Desk, receipt: NewReceipt, raw: Uint8Array | null): Promise<void> {
  const { rowCount } = await desk.connection.query({
    name: 'insert-receipt',
    text: insert,
    values: [
      uuidOf(receipt.id),
      uuidOf(receipt.sourceId),
      receipt.providerId,
      receipt.contentHash,
      receipt.disposition,
      receipt.reason,
      receipt.fromAddress,
      receipt.subject,
      receipt.size,
      JSON.stringify(receipt.envelope),
      receipt.flagged,
      receipt.ticketId ? uuidOf(receipt.ticketId) : null,
      receipt.messageId ? uuidOf(receipt.messageId) : null,
      receipt.duplicateOf ? uuidOf(receipt.duplicateOf) : null,
      desk.now().toString(),
      raw && Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength),
    ],
  })
  if (rowCount === 0) throw new LostRace('the same mail was received at the same time')
}

/** Counters are spread over slots, so that mails arriving at once do not queue for one row. */
async function countReceipt(desk: Desk, sourceId: Id<'box'>, disposition: Disposition, by: 1 | -1): Promise<void> {
  await desk.connection.query({
    name: 'count-receipt',
    text: `insert into custody_counts (source_id, disposition, slot, count)
      values ($1, $2, (pg_backend_pid() % 64)::smallint, $3)
      on conflict (source_id, disposition, slot) do update set count = custody_counts.count + excluded.count`,
    values: [uuidOf(sourceId), disposition, by],
  })
}

export type StoredReceipt = {
  id: Id<'itm'>
  sourceId: Id<'box'>
  providerId: string
  contentHash: string
  disposition: Disposition
  envelope: ReceiptEnvelope
  /** In bytes, as it came. */
  size: number
  ticketId: Id<'tkt'> | null
}

/** A receipt; with `lock` nobody else changes it until the transaction ends. */
export async function readReceipt(
  desk: Desk,
  id: Id<'itm'>,
  options: { lock?: boolean } = {},
): Promise<StoredReceipt | undefined> {
  const { rows } = await desk.connection.query<{
    source_id: string
    provider_id: string
    content_hash: string
    disposition: Disposition
    envelope: ReceiptEnvelope
    size: number
    ticket_id: string | null
  }>({
    name: options.lock ? 'lock-receipt' : 'read-receipt',
    text: `select source_id, provider_id, content_hash, disposition, envelope, size, ticket_id from receipts where id = $1
      ${options.lock ? 'for update' : ''}`,
    values: [uuidOf(id)],
  })
  const row = rows[0]
  return (
    row && {
      id,
      sourceId: idOf('box', row.source_id),
      providerId: row.provider_id,
      contentHash: row.content_hash,
      disposition: row.disposition,
      envelope: row.envelope,
      size: row.size,
      ticketId: row.ticket_id ? idOf('tkt', row.ticket_id) : null,
    }
  )
}

export type RerunReceipt = Pick<
  NewReceipt,
  | 'providerId'
  | 'disposition'
  | 'reason'
  | 'fromAddress'
  | 'subject'
  | 'flagged'
  | 'ticketId'
  | 'messageId'
  | 'duplicateOf'
>

/** What a parked item became when it was tried again; the counts and the work that is due follow. */
export async function replaceReceipt(desk: Desk, receipt: StoredReceipt, now: RerunReceipt): Promise<void> {
  await desk.connection.query({
    name: 'replace-receipt',
    text: `update receipts set provider_id = $2, disposition = $3, reason = $4, from_address = coalesce($5, from_address),
        subject = coalesce($6, subject), flagged = $7, ticket_id = $8, message_id = $9, duplicate_of = $10,
        reruns = reruns + 1
      where id = $1`,
    values: [
      uuidOf(receipt.id),
      now.providerId,
      now.disposition,
      now.reason,
      now.fromAddress,
      now.subject,
      now.flagged,
      now.ticketId ? uuidOf(now.ticketId) : null,
      now.messageId ? uuidOf(now.messageId) : null,
      now.duplicateOf ? uuidOf(now.duplicateOf) : null,
    ],
  })
  if (now.messageId)
    await desk.connection.query({
      name: 'add-receipt-work',
      text: 'insert into receipt_work (receipt_id, message_id) values ($1, $2) on conflict do nothing',
      values: [uuidOf(receipt.id), uuidOf(now.messageId)],
    })
  if (now.disposition === receipt.disposition) return
  await countReceipt(desk, receipt.sourceId, receipt.disposition, -1)
  await countReceipt(desk, receipt.sourceId, now.disposition, 1)
}
