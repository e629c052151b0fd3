import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { deliveryHead, lockDelivery, setDelivery } from '../store/deliveries.ts'
import { lockTicket } from '../store/tickets.ts'
import { readMessage } from '../views/list-messages.ts'
import { settleAttention } from './settle-attention.ts'

/** An agent found out that an unknown delivery did arrive. Saying so twice is saying it once. */
export async function settle(desk: Desk, messageId: Id<'msg'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const message = await readMessage(tx, messageId)
    if ((await settleIn(tx, message.ticketId, messageId, {})) === 'other')
      throw new DeskError('conflict', 'Only a delivery that nobody knows about can be settled.')
  })
}

/** A copy of the mail lies in the Sent folder: an unknown delivery did leave. Any other stays as it is. */
export async function settleBySentFolder(desk: Desk, messageId: Id<'msg'>): Promise<void> {
  const head = await deliveryHead(desk, messageId)
  if (head) await settleIn(desk, head.ticketId, messageId, { evidence: 'sent_folder' })
}

async function settleIn(
  desk: Desk,
  ticketId: Id<'tkt'>,
  messageId: Id<'msg'>,
  how: { evidence?: 'sent_folder' },
): Promise<'settled' | 'sent' | 'other'> {
  const ticket = await lockTicket(desk, ticketId)
  const delivery = await lockDelivery(desk, messageId)
  if (!delivery) throw notFound('reply')
  if (delivery.state === 'sent') return 'sent'
  if (delivery.state !== 'unknown') return 'other'
  await setDelivery(desk, messageId, 'sent')
  await desk.emit({
    type: 'delivery.settled',
    ticketId: ticket.id,
    contactId: ticket.contactId,
    data: { messageId, arrived: true, ...how },
  })
  await settleAttention(desk, ticket.id)
  return 'settled'
}
