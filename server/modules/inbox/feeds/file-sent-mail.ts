import type { Id } from '#contract/ids.ts'
import type { Actor, Desk } from '#server/desk.ts'
import { findAgentByEmail } from '#modules/team/index.ts'
import { idOf, newId, uuidOf } from '#platform/ids.ts'
import { insertAttachments, keepContents, type KeptAttachment } from '../actions/keep-attachments.ts'
import { changeStatus } from '../actions/change-status.ts'
import { settleBySentFolder } from '../actions/settle.ts'
import { sent } from '../actions/write-message.ts'
import { mailContent } from '../filing/mail-content.ts'
import { mailSign } from '../mail-signature.ts'
import type { InboundMessage, MailHead } from '../ports.ts'
import { record } from '../record.ts'
import { addressesOf } from '../own-addresses.ts'
import { isOurs } from '../rules/address.ts'
import { isHistory } from '../rules/feed-plan.ts'
import { parseOwnMessageId } from '../rules/message-id.ts'
import { previewOf } from '../rules/preview.ts'
import { decideSent, type SentDecision } from '../rules/sent-mail.ts'
import { insertFeedItem, type FeedItem } from '../store/feed-items.ts'
import { insertMessage } from '../store/messages.ts'
import { findThreadMatches } from '../store/thread-matches.ts'
import { addParticipants, lockTicket, touchTicket } from '../store/tickets.ts'
import { pastOf, type FeedPlace } from './place.ts'

/**
 * What a mail in the Sent folder tells the desk: that one of its own left, that an agent answered a ticket with a mail
 * program (which then counts as their reply and is never delivered again), or nothing.
 */
export async function fileSentMail(desk: Desk, place: FeedPlace, head: MailHead, raw: Uint8Array): Promise<void> {
  const read = await desk.ports.mail.read(raw, { from: '', to: [] })
  if (!read.ok) {
    await note(desk, place, head, { state: 'sent_other' })
    return
  }
  const { message } = read
  const seen = await decide(desk, place, message)
  // Stored before the transaction, as for mail that comes in; an unused content is nobody's.
  const attachments = seen.outcome === 'reply' ? await keepContents(desk, message.attachments) : []
  await desk.transaction(async (tx) => {
    if (seen.outcome === 'own') {
      if (seen.settles) await settleBySentFolder(tx, seen.messageId as Id<'msg'>)
      await note(tx, place, head, { state: 'sent_known', messageId: seen.messageId as Id<'msg'> })
    } else if (seen.outcome === 'reply') {
      await lockTicket(tx, seen.ticketId as Id<'tkt'>)
      // Decided again under the lock: another process may have filed it meanwhile.
      const now = await decide(tx, place, message)
      const messageId = now.outcome === 'reply' ? await append(tx, place, head, message, now, attachments) : null
      await note(tx, place, head, { state: messageId ? 'sent_filed' : 'sent_known', messageId })
    } else {
      await note(tx, place, head, { state: seen.outcome === 'known' ? 'sent_known' : 'sent_other' })
    }
  })
}

async function note(desk: Desk, place: FeedPlace, head: MailHead, item: Omit<FeedItem, 'uid'>): Promise<void> {
  await insertFeedItem(desk, place.folder, { uid: head.uid, providerId: head.messageId, ...item })
}

async function decide(desk: Desk, { mailbox }: FeedPlace, message: InboundMessage): Promise<SentDecision> {
  const sign = mailSign(desk)
  const own = message.providerId ? parseOwnMessageId(message.providerId, sign) : null
  return decideSent({
    mailboxId: mailbox.id,
    own: own && {
      messageId: idOf('msg', own.messageId),
      delivery: await deliveryState(desk, own.messageId),
    },
    isFiled: message.providerId ? await isFiled(desk, mailbox.id, message.providerId) : false,
    matches: own ? [] : await findThreadMatches(desk, mailbox.id, message, sign),
  })
}

async function deliveryState(desk: Desk, messageUuid: string): Promise<string | null> {
  const { rows } = await desk.connection.query<{ state: string }>({
    name: 'delivery-state',
    text: 'select state from deliveries where message_id = $1',
    values: [messageUuid],
  })
  return rows[0]?.state ?? null
}

async function isFiled(desk: Desk, sourceId: Id<'box'>, providerId: string): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'is-message-filed',
    text: 'select from messages where source_id = $1 and provider_id = $2 limit 1',
    values: [uuidOf(sourceId), providerId],
  })
  return rowCount !== 0
}

async function append(
  desk: Desk,
  { mailbox, own, folder }: FeedPlace,
  head: MailHead,
  message: InboundMessage,
  { ticketId: id }: { ticketId: string },
  attachments: readonly KeptAttachment[],
): Promise<Id<'msg'>> {
  const ticket = await lockTicket(desk, id as Id<'tkt'>)
  const agent = await findAgentByEmail(desk, message.from.address)
  const acting = desk.as(authorOf(desk, agent, mailbox.name))
  const messageId = newId('msg', desk.now())
  const mine = attachments.map((kept) => ({ ...kept, id: newId('att', desk.now()) }))
  const reply = message.segments.filter(({ kind }) => kind === 'reply').map(({ text }) => text)
  await insertMessage(desk, {
    ...mailContent(desk, message, mine),
    id: messageId,
    ticketId: ticket.id,
    kind: 'reply',
    sourceId: mailbox.id,
    author: { kind: 'agent', id: agent?.id ?? null, name: agent?.name ?? mailbox.name },
    threading: null,
    flags: ['sent_elsewhere'],
    // Never before the mail it answers, which is dated by when it was read.
    at: isHistory(folder, head) ? pastOf(desk, head.arrivedAt) : undefined,
  })
  await insertAttachments(desk, ticket.id, messageId, mine)
  const written = [...message.to, ...message.cc].filter((one) => one.address.includes('@') && !isOwn(own, one.address))
  await addParticipants(
    desk,
    ticket.id,
    written.slice(0, 50).map((one) => ({ email: one.address, contactId: null, kind: 'cc' as const })),
  )
  await touchTicket(desk, ticket.id, { preview: previewOf(reply.join('') || message.text), author: 'agent' })
  const changes = ticket.status === 'new' ? await changeStatus(acting, ticket, 'open', 'with_reply') : []
  await record(acting, ticket, [sent(acting, messageId, 'reply'), ...changes])
  await desk.enqueue({ name: 'inbox.index', payload: { messageId } })
  return messageId
}

/** Whoever wrote it: an agent where the address is one of theirs, else somebody who answers for the mailbox. */
function authorOf(desk: Desk, agent: { id: Id<'agt'>; name: string } | null, mailboxName: string): Actor {
  return {
    ...desk.actor,
    kind: 'agent',
    id: agent?.id ?? null,
    agentId: agent?.id ?? null,
    name: agent?.name ?? mailboxName,
  }
}

function isOwn(own: FeedPlace['own'], address: string): boolean {
  return isOurs(address, addressesOf(own))
}
