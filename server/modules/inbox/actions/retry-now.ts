import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { lockDelivery, setDelivery } from '../store/deliveries.ts'
import { lockTicket } from '../store/tickets.ts'
import { readMessage } from '../views/list-messages.ts'
import { enqueueDelivery } from './enqueue-delivery.ts'

/** Ends the wait of a mail that was put off. A recipient domain that is held is waited for all the same. */
export async function retryNow(desk: Desk, messageId: Id<'msg'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const message = await readMessage(tx, messageId)
    const ticket = await lockTicket(tx, message.ticketId)
    const delivery = await lockDelivery(tx, messageId)
    if (!delivery) throw notFound('reply')
    if (delivery.state !== 'queued') throw new DeskError('conflict', 'This mail does not wait for another try.')
    // One that is being tried this moment keeps its attempt.
    if (delivery.worker === null) await setDelivery(tx, messageId, 'queued')
    await tx.emit({ type: 'delivery.hurried', ticketId: ticket.id, contactId: ticket.contactId, data: { messageId } })
    await enqueueDelivery(tx, messageId)
  })
}
