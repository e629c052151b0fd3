import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { lockDelivery, setDelivery } from '../store/deliveries.ts'
import { lockTicket, touchTicket } from '../store/tickets.ts'
import { readMessage } from '../views/list-messages.ts'
import { previewOf } from '../rules/preview.ts'
import { saveDraft } from './save-draft.ts'

/** Takes a reply back before it leaves; its words and recipients become the agent's draft again. */
export async function undoSend(desk: Desk, messageId: Id<'msg'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const message = await readMessage(tx, messageId)
    await lockTicket(tx, message.ticketId)
    const delivery = await lockDelivery(tx, messageId)
    if (!delivery) throw notFound('reply')
    if (delivery.state === 'cancelled') return
    if (delivery.state !== 'scheduled')
      throw new DeskError('conflict', 'This reply has left already and cannot be taken back.')
    await setDelivery(tx, messageId, 'cancelled')
    if (message.flags.some((flag) => flag === 'forward' || flag === 'resend')) {
      // Its words are other people's: as a draft they would be one key away from the customer.
      await tx.emit({ type: 'message.taken_back', ticketId: message.ticketId, data: { messageId } })
      return
    }
    await tx.connection.query('update attachments set message_id = null where message_id = $1', [uuidOf(messageId)])
    if (tx.actor.agentId)
      await saveDraft(tx, message.ticketId, {
        kind: 'reply',
        html: message.html ?? tx.ports.mail.replyBodies({ body: { text: message.text } }).html,
        to: message.to,
        cc: message.cc,
        attachments: message.attachments.map((file) => file.id),
      })
    await showPrevious(tx, message.ticketId)
    await tx.emit({ type: 'message.taken_back', ticketId: message.ticketId, data: { messageId } })
  })
}

/** The list shows again what was last said before. */
async function showPrevious(desk: Desk, ticketId: Id<'tkt'>): Promise<void> {
  const { rows } = await desk.connection.query<{ text: string; author_kind: 'contact' | 'agent' | 'system' }>(
    `select left(m.text, 400) as text, m.author_kind from messages m left join deliveries d on d.message_id = m.id
     where m.ticket_id = $1 and m.kind in ('inbound', 'reply') and coalesce(d.state, '') <> 'cancelled'
     order by m.created_at desc, m.id desc limit 1`,
    [uuidOf(ticketId)],
  )
  const last = rows[0]
  await touchTicket(desk, ticketId, last ? { preview: previewOf(last.text), author: last.author_kind } : null)
}
