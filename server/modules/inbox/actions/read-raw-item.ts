import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { readRaw } from '../store/raw-items.ts'
import { requireCustodyContent } from '../views/custody-items.ts'

/**
 * An item exactly as it came. Where a card number was masked the bytes still hold it: only who may re-run custody gets them,
 * and the ledger says who took them.
 */
export async function readRawItem(desk: Desk, id: Id<'itm'>): Promise<Buffer> {
  await requireCustodyContent(desk, id)
  const raw = await readRaw(desk, id)
  if (!raw) throw notFound('file: the bytes of a duplicate are kept once, with its original')
  const messageId = await maskedMessage(desk, id)
  if (messageId === null) return raw
  if (!desk.actor.permissions.has('custody.rerun'))
    throw new DeskError(
      'forbidden',
      'This mail holds a card number, which is masked in the conversation. Its raw bytes are for leads and admins.',
    )
  await desk.transaction((tx) => tx.emit({ type: 'custody.raw_read', data: { itemId: id, messageId } }))
  return raw
}

async function maskedMessage(desk: Desk, id: Id<'itm'>): Promise<Id<'msg'> | null> {
  const { rows } = await desk.connection.query<{ id: string }>({
    name: 'masked-message-of-item',
    text: `select m.id from receipts r join messages m on m.id = r.message_id
      where r.id = $1 and 'card_masked' = any(m.flags)`,
    values: [uuidOf(id)],
  })
  return rows[0] ? idOf('msg', rows[0].id) : null
}
