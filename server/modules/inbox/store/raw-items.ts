import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

/** The bytes of a receipt exactly as they came; undefined for a duplicate, whose bytes are those of its original. */
export async function readRaw(desk: Desk, receiptId: Id<'itm'>): Promise<Buffer | undefined> {
  return (await readRaws(desk, [receiptId])).get(receiptId)
}

export async function readRaws(desk: Desk, receiptIds: readonly Id<'itm'>[]): Promise<Map<Id<'itm'>, Buffer>> {
  const { rows } = await desk.connection.query<{ receipt_id: string; bytes: Buffer }>({
    name: 'read-raw',
    text: 'select receipt_id, bytes from raw_items where receipt_id = any($1::uuid[])',
    values: [receiptIds.map(uuidOf)],
  })
  return new Map(rows.map((row) => [idOf('itm', row.receipt_id), row.bytes]))
}
