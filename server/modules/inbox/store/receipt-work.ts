import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { StoredAddress } from '../tables.ts'
import type { ReceiptEnvelope } from './receipts.ts'

export type UnindexedMail = { itemId: Id<'itm'>; messageId: Id<'msg'>; acknowledge: boolean }

/** Mails that wait to be indexed, oldest first; `acknowledge` where they opened a ticket in a mailbox that answers. */
export async function unindexedMail(desk: Desk, limit: number): Promise<UnindexedMail[]> {
  const { rows } = await desk.connection.query<{ receipt_id: string; message_id: string; acknowledge: boolean }>({
    name: 'unindexed-mail',
    text: `select w.receipt_id, w.message_id, s.auto_acknowledge and r.disposition = 'ticketed'
        and not exists (select from feed_items i where i.receipt_id = r.id and i.history)
        and not exists (select from messages m where m.id = w.message_id and m.flags && array['forwarded', 'spoofed'])
        as acknowledge
      from receipt_work w join receipts r on r.id = w.receipt_id join sources s on s.id = r.source_id
      where not w.indexed order by w.receipt_id limit $1`,
    values: [limit],
  })
  return rows.map((row) => ({
    itemId: idOf('itm', row.receipt_id),
    messageId: idOf('msg', row.message_id),
    acknowledge: row.acknowledge,
  }))
}

export async function markIndexed(desk: Desk, mails: readonly { itemId: Id<'itm'> }[]): Promise<void> {
  await desk.connection.query({
    name: 'mark-indexed',
    text: 'update receipt_work set indexed = true where receipt_id = any($1::uuid[])',
    values: [mails.map(({ itemId }) => uuidOf(itemId))],
  })
}

export type UnprovenMail = {
  itemId: Id<'itm'>
  messageId: Id<'msg'>
  ticketId: Id<'tkt'>
  contactId: Id<'con'> | null
  from: StoredAddress | null
  /** A colleague passed it on: what its bytes prove is who the colleague is. */
  forwarded: boolean
  envelope: ReceiptEnvelope
  size: number
}

/** Indexed mails whose sender is still to be authenticated, oldest first. */
export async function unprovenMail(desk: Desk, limit: number): Promise<UnprovenMail[]> {
  const { rows } = await desk.connection.query<{
    receipt_id: string
    message_id: string
    ticket_id: string
    author_id: Id<'con'> | null
    from_address: StoredAddress | null
    forwarded: boolean
    envelope: ReceiptEnvelope
    size: number
  }>({
    name: 'unproven-mail',
    text: `select w.receipt_id, w.message_id, m.ticket_id, m.author_id, m.from_address,
        'forwarded' = any(m.flags) as forwarded, r.envelope, r.size
      from receipt_work w join receipts r on r.id = w.receipt_id join messages m on m.id = w.message_id
      where w.indexed order by w.receipt_id limit $1`,
    values: [limit],
  })
  return rows.map((row) => ({
    itemId: idOf('itm', row.receipt_id),
    messageId: idOf('msg', row.message_id),
    ticketId: idOf('tkt', row.ticket_id),
    contactId: row.author_id,
    from: row.from_address,
    forwarded: row.forwarded,
    envelope: row.envelope,
    size: row.size,
  }))
}

export async function finishWork(desk: Desk, mails: readonly { itemId: Id<'itm'> }[]): Promise<void> {
  await desk.connection.query({
    name: 'finish-receipt-work',
    text: 'delete from receipt_work where receipt_id = any($1::uuid[])',
    values: [mails.map(({ itemId }) => uuidOf(itemId))],
  })
}
