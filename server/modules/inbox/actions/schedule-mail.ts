import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { mailSign } from '../mail-signature.ts'
import type { OwnMailbox } from '../own-addresses.ts'
import { makeMessageId } from '../rules/message-id.ts'
import { insertDelivery } from '../store/deliveries.ts'
import { insertMessage, type NewMessage } from '../store/messages.ts'
import { fromNameOf } from '../store/senders.ts'
import { touchTicket, type LockedTicket } from '../store/tickets.ts'
import { leave } from './leave.ts'
import { authorOf } from './write-message.ts'

/**
 * A mail of a person that is no answer to the customer: a forward, or a reply repeated to other recipients. It can be
 * taken back like a reply, and answers no clock when it leaves.
 */
export type ScheduledMail = Pick<NewMessage, 'to' | 'cc' | 'text' | 'html' | 'parts' | 'inReplyTo' | 'references'> & {
  flag: 'forward' | 'resend'
  mailbox: OwnMailbox
  subject: string
  signature: string
  quotedId?: Id<'msg'> | null
  resendOf?: Id<'msg'> | null
}

/** Writes the mail into a ticket the caller has locked; `more` runs before it may leave. */
export async function scheduleMail(
  desk: Desk,
  ticket: LockedTicket,
  mail: ScheduledMail,
  more: (messageId: Id<'msg'>) => Promise<void>,
): Promise<Id<'msg'>> {
  const { flag, mailbox, subject, signature, quotedId, resendOf, ...words } = mail
  const messageId = newId('msg', desk.now())
  const { undoSeconds } = await getSettings(desk)
  await insertMessage(desk, {
    ...words,
    id: messageId,
    ticketId: ticket.id,
    kind: 'reply',
    channel: 'email',
    sourceId: mailbox.id,
    author: authorOf(desk),
    from: { email: mailbox.address, name: await fromNameOf(desk, mailbox) },
    remoteImages: 0,
    providerId: makeMessageId({
      ticketId: uuidOf(ticket.id),
      messageId: uuidOf(messageId),
      domain: mailbox.address.split('@').at(-1) ?? 'localhost',
      sign: mailSign(desk),
    }),
    threading: null,
    flags: [flag],
    attachmentCount: 0,
  })
  await more(messageId)
  const leavesAt = desk.now().add({ seconds: undoSeconds })
  await insertDelivery(desk, {
    messageId,
    ticketId: ticket.id,
    state: 'scheduled',
    leavesAt,
    autoSubmitted: null,
    subject,
    signature,
    quotedId: quotedId ?? null,
    ratingId: null,
    statusAfter: null,
    resendOf: resendOf ?? null,
  })
  await desk.emit({ type: 'message.written', ticketId: ticket.id, contactId: ticket.contactId, data: { messageId } })
  await touchTicket(desk, ticket.id, null)
  if (undoSeconds === 0) await leave(desk, messageId)
  else await desk.enqueue({ name: 'inbox.leave', payload: { messageId }, runAt: leavesAt })
  return messageId
}
