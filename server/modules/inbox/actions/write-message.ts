import type { createMessage as endpoint } from '#contract/inbox.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { isPublicMailDomain } from '#modules/customers/index.ts'
import { getSettings } from '#modules/team/index.ts'
import { DeskError } from '#platform/errors.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { mailSign } from '../mail-signature.ts'
import { ownMailboxes, type OwnMailbox } from '../own-addresses.ts'
import { record, type Happening } from '../record.ts'
import { isBroadcast } from '../rules/broadcast.ts'
import { makeMessageId } from '../rules/message-id.ts'
import { previewOf } from '../rules/preview.ts'
import { replyDefaults } from '../reply-recipients.ts'
import { insertDelivery } from '../store/deliveries.ts'
import { insertMessage, type NewMessage } from '../store/messages.ts'
import { insertNote } from '../store/notes.ts'
import { fromNameOf } from '../store/senders.ts'
import { addParticipants, lockTicket, touchTicket, type LockedTicket } from '../store/tickets.ts'
import { requireVisible } from '../views/read-ticket.ts'
import { askBeforeSending, recordSentAnyway } from './ask-before-sending.ts'
import { assignTicket } from './assign-ticket.ts'
import { claimAttachments } from './claim-attachments.ts'
import { keepApart } from './keep-apart.ts'
import { leave } from './leave.ts'

export type MessageInput = BodyOf<typeof endpoint>

/**
 * Writes a note, or a reply that leaves after the seconds in which it can be taken back. What a reply does to clocks and
 * status happens when it leaves, so that taking it back has nothing to undo.
 */
export async function writeMessage(desk: Desk, ticketId: Id<'tkt'>, input: MessageInput): Promise<Id<'msg'>> {
  const body = readBody(desk, input)
  return desk.transaction(async (tx) => {
    await requireVisible(tx, ticketId)
    const ticket = await lockTicket(tx, ticketId)
    if (input.kind === 'note') return writeNote(tx, ticket, input, body)
    if (ticket.status === 'closed')
      throw new DeskError('conflict', `Ticket #${ticket.number} is closed. Open a follow-up ticket to write again.`)
    return writeReply(tx, ticket, input, body)
  })
}

type Body = { text: string; html: string | null }

function readBody(desk: Desk, { text, html }: MessageInput): Body {
  if ((text === undefined) === (html === undefined))
    throw new DeskError('invalid_request', 'body: give either text or html.')
  const clean = html === undefined ? null : desk.ports.mail.sanitise(html, { attachmentUrl: () => undefined }).html
  if (html !== undefined && clean === null)
    throw new DeskError('too_large', 'body.html: is too large to be sent; attach it as a file.')
  const words = text ?? desk.ports.mail.textOfHtml(clean ?? '')
  if (words.trim() === '') throw new DeskError('invalid_request', 'body: the message is empty.')
  return { text: words, html: clean }
}

async function writeNote(desk: Desk, ticket: LockedTicket, input: MessageInput, body: Body): Promise<Id<'msg'>> {
  if (input.to || input.cc || input.mailboxId) throw new DeskError('invalid_request', 'body.to: a note goes to nobody.')
  if (input.sendAnyway) throw new DeskError('invalid_request', 'body.sendAnyway: a note is not sent.')
  if (input.broadcast) throw new DeskError('invalid_request', 'body.broadcast: a note goes to nobody.')
  if (input.status) throw new DeskError('invalid_request', 'body.status: a note does not change the status.')
  const attachments = input.attachments ?? []
  const messageId = await insertNote(desk, {
    ...body,
    ticketId: ticket.id,
    author: authorOf(desk),
    attachmentCount: attachments.length,
  })
  await claimAttachments(desk, ticket.id, messageId, attachments)
  await touchTicket(desk, ticket.id, null)
  await record(desk, ticket, [sent(desk, messageId, 'note')])
  await desk.enqueue({ name: 'inbox.index', payload: { messageId } })
  return messageId
}

async function writeReply(desk: Desk, ticket: LockedTicket, input: MessageInput, body: Body): Promise<Id<'msg'>> {
  const proposed = await replyDefaults(desk, ticket.id)
  const defaults = { ...proposed, ...(input.mailboxId ? await chosenMailbox(desk, input.mailboxId) : {}) }
  const to = input.to?.map(stored) ?? defaults.to
  const cc = input.cc?.map(stored) ?? (input.to ? [] : defaults.cc)
  if (!defaults.mailbox) throw new DeskError('conflict', 'No mailbox is switched on to send this from.')
  if (to.length === 0)
    throw new DeskError('invalid_request', 'body.to: this customer has no address; say who gets the reply.')
  const toMany = input.broadcast ?? false
  if (toMany) await keepApart(desk, [...to, ...cc])
  const doubtful = await askBeforeSending(desk, [...to, ...cc], input.sendAnyway ?? false, { toMany })
  const { undoSeconds } = await getSettings(desk)
  const messageId = newId('msg', desk.now())
  const attachments = input.attachments ?? []
  const domain = (defaults.fromAddress ?? defaults.mailbox.address).split('@').at(-1) ?? 'localhost'
  const { last } = defaults
  const broadcast = isBroadcast({
    marked: toMany,
    answered: defaults.answered,
    recipients: [...to, ...cc].map(({ email }) => email),
    isPublicDomain: isPublicMailDomain,
  })
  await insertMessage(desk, {
    ...body,
    id: messageId,
    ticketId: ticket.id,
    kind: 'reply',
    channel: 'email',
    sourceId: defaults.mailbox.id,
    author: authorOf(desk),
    from: { email: defaults.fromAddress ?? defaults.mailbox.address, name: await fromNameOf(desk, defaults.mailbox) },
    to,
    cc,
    parts: null,
    remoteImages: 0,
    providerId: makeMessageId({
      ticketId: uuidOf(ticket.id),
      messageId: uuidOf(messageId),
      domain,
      sign: mailSign(desk),
    }),
    inReplyTo: last?.providerId ?? null,
    references: last ? [...last.references, ...(last.providerId ? [last.providerId] : [])].slice(-50) : [],
    threading: null,
    flags: broadcast ? ['broadcast'] : [],
    attachmentCount: attachments.length,
  })
  await claimAttachments(desk, ticket.id, messageId, attachments)
  const people = [...to, ...cc].map(({ email }) => ({ email, contactId: null, kind: 'cc' as const }))
  // Whoever gets a broadcast becomes no part of the ticket it left from.
  if (!broadcast) await addParticipants(desk, ticket.id, people)
  const leavesAt = desk.now().add({ seconds: undoSeconds })
  await insertDelivery(desk, {
    messageId,
    ticketId: ticket.id,
    state: 'scheduled',
    leavesAt,
    autoSubmitted: null,
    subject: input.subject ?? defaults.subject,
    signature: defaults.signature,
    quotedId: last?.id ?? null,
    ratingId: null,
    statusAfter: input.status ?? null,
    mayDecline: toMany,
  })
  await desk.emit({ type: 'message.written', ticketId: ticket.id, contactId: ticket.contactId, data: { messageId } })
  await recordSentAnyway(desk, ticket, messageId, doubtful)
  if (!ticket.assigneeId && desk.actor.agentId) await assignTicket(desk, ticket, desk.actor.agentId)
  await touchTicket(desk, ticket.id, { preview: previewOf(body.text), author: 'agent' })
  await desk.connection.query({
    name: 'drop-draft',
    text: 'delete from drafts where ticket_id = $1 and agent_id = $2',
    values: [uuidOf(ticket.id), desk.actor.agentId ? uuidOf(desk.actor.agentId) : null],
  })
  if (undoSeconds === 0) await leave(desk, messageId)
  else await desk.enqueue({ name: 'inbox.leave', payload: { messageId }, runAt: leavesAt })
  return messageId
}

/** Another mailbox than the ticket's; what is answered to it finds the ticket by our Message-ID. */
async function chosenMailbox(desk: Desk, id: Id<'box'>): Promise<{ mailbox: OwnMailbox; fromAddress: string }> {
  const mailbox = (await ownMailboxes(desk)).find((one) => one.id === id && one.enabled)
  if (!mailbox) throw new DeskError('invalid_request', 'body.mailboxId: no mailbox that is switched on has this id.')
  return { mailbox, fromAddress: mailbox.address }
}

/** Whoever writes now, as a message of theirs names them. */
export function authorOf(desk: Desk): NewMessage['author'] {
  return { kind: 'agent', id: desk.actor.agentId ?? desk.actor.id, name: desk.actor.name }
}

export function sent(desk: Desk, messageId: Id<'msg'>, kind: 'reply' | 'note' | 'auto'): Happening {
  return { type: 'message.sent', data: { messageId, kind, authorId: desk.actor.agentId ?? desk.actor.id } }
}

function stored(address: { email: string; name?: string | null | undefined }) {
  return { email: address.email, name: address.name ?? null }
}
