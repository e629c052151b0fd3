import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { lockDelivery, setDelivery } from '../store/deliveries.ts'
import { lockTicket } from '../store/tickets.ts'
import { readMessage } from '../views/list-messages.ts'
import { askBeforeSending, recordSentAnyway } from './ask-before-sending.ts'
import { enqueueDelivery } from './enqueue-delivery.ts'
import { settleAttention } from './settle-attention.ts'

/**
 * Sends a mail again that failed, came back, or that nobody can know about: the same bytes under the same Message-ID, so
 * that a mail program which has it already shows it once. Those who are known to have it are left out; one whose address does not work or complained is asked about first.
 */
export async function resend(
  desk: Desk,
  messageId: Id<'msg'>,
  input: { sendAnyway?: boolean | undefined } = {},
): Promise<void> {
  await desk.transaction(async (tx) => {
    const message = await readMessage(tx, messageId)
    const ticket = await lockTicket(tx, message.ticketId)
    const delivery = await lockDelivery(tx, messageId)
    if (!delivery) throw notFound('reply')
    if (!['unknown', 'failed', 'bounced'].includes(delivery.state))
      throw new DeskError('conflict', 'Only a mail that failed, came back or is unknown can be sent again.')
    const has = new Set(delivery.state === 'bounced' ? [] : delivery.accepted)
    const again = [...message.to, ...message.cc].filter(({ email }) => !has.has(email))
    const doubtful = await askBeforeSending(tx, again, input.sendAnyway ?? false)
    await setDelivery(tx, messageId, 'queued', {
      restart: true,
      refused: [],
      ...(delivery.state === 'bounced' ? { accepted: [] } : {}),
    })
    await tx.emit({
      type: 'delivery.resent',
      ticketId: ticket.id,
      contactId: ticket.contactId,
      data: { messageId, from: delivery.state },
    })
    await recordSentAnyway(tx, ticket, messageId, doubtful)
    await enqueueDelivery(tx, messageId)
    await settleAttention(tx, ticket.id)
  })
}
