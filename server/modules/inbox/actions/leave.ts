import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { record, type Happening } from '../record.ts'
import { lockDelivery, setDelivery } from '../store/deliveries.ts'
import { lockTicket, type LockedTicket } from '../store/tickets.ts'
import { changeStatus } from './change-status.ts'
import { askForRating } from './ask-for-rating.ts'

/**
 * A written reply leaves: from here it cannot be taken back. Its clocks are answered, its ticket takes the status that
 * was chosen with it, and the delivery is queued. Leaving twice is leaving once.
 */
export async function leave(desk: Desk, messageId: Id<'msg'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const message = await readMessageHead(tx, messageId)
    if (!message) return
    // Ticket before delivery, the order in which everybody who needs both locks them.
    const ticket = await lockTicket(tx, message.ticketId)
    const delivery = await lockDelivery(tx, messageId)
    if (delivery?.state !== 'scheduled') return
    const author = message.authorId
    const acting = tx.as({
      ...tx.actor,
      kind: author?.startsWith('key_') ? 'api' : 'agent',
      id: author,
      name: message.authorName,
    })
    const special = message.flags.find((flag) => flag === 'forward' || flag === 'resend')
    if (special) return leaveUnanswered(acting, ticket, messageId, special)
    const happenings: Happening[] = [{ type: 'message.sent', data: { messageId, kind: 'reply', authorId: author } }]
    const to = delivery.statusAfter ?? (ticket.status === 'new' ? 'open' : null)
    if (to) happenings.push(...(await changeStatus(acting, ticket, to, 'with_reply')))
    await record(acting, ticket, happenings)
    if (to === 'solved') await askForRating(acting, ticket, { inMessage: messageId })
    await setDelivery(tx, messageId, 'queued')
    await tx.enqueue({ name: 'inbox.deliver', payload: { messageId }, key: `deliver:${messageId}` })
    await tx.enqueue({ name: 'inbox.index', payload: { messageId } })
  })
}

/** A forward is no answer to the customer, and a reply repeated to others is no second one. */
async function leaveUnanswered(
  desk: Desk,
  ticket: LockedTicket,
  messageId: Id<'msg'>,
  how: 'forward' | 'resend',
): Promise<void> {
  const type = how === 'forward' ? 'message.forwarded' : 'message.repeated'
  await desk.emit({ type, ticketId: ticket.id, contactId: ticket.contactId, data: { messageId } })
  await setDelivery(desk, messageId, 'queued')
  await desk.enqueue({ name: 'inbox.deliver', payload: { messageId }, key: `deliver:${messageId}` })
  await desk.enqueue({ name: 'inbox.index', payload: { messageId } })
}

type MessageHead = { ticketId: Id<'tkt'>; authorId: string | null; authorName: string; flags: string[] }

async function readMessageHead(desk: Desk, messageId: Id<'msg'>): Promise<MessageHead | undefined> {
  const { rows } = await desk.connection.query<{
    ticket_id: string
    author_id: string | null
    author_name: string
    flags: string[]
  }>({
    name: 'message-head',
    text: 'select ticket_id, author_id, author_name, flags from messages where id = $1',
    values: [uuidOf(messageId)],
  })
  const row = rows[0]
  return (
    row && {
      ticketId: idOf('tkt', row.ticket_id),
      authorId: row.author_id,
      authorName: row.author_name,
      flags: row.flags,
    }
  )
}
