import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { KnownContact } from '#modules/customers/index.ts'
import { insertAttachments } from '../actions/keep-attachments.ts'
import type { InboundMessage } from '../ports.ts'
import { normaliseAddress } from '../rules/address.ts'
import type { MailExtras, Proposal } from '../rules/mail-extras.ts'
import { messageFlags } from '../rules/message-flags.ts'
import { previewOf } from '../rules/preview.ts'
import { deliveredTo } from '../rules/own-mailboxes.ts'
import { stripSubject } from '../rules/subject.ts'
import { insertMessage } from '../store/messages.ts'
import type { Filing, Shown } from './filing.ts'
import { mailContent, storedAddress } from './mail-content.ts'

/** Reads what of a mail is new. */
export function shownText(message: InboundMessage): Shown {
  const reply = message.segments
    .filter(({ kind }) => kind === 'reply')
    .map(({ text }) => text)
    .join('')
  return { reply, preview: previewOf(reply || message.text) }
}

/** Stores the mail as a message of its ticket, with its attachments. */
export async function keepMessage(
  desk: Desk,
  filing: Filing,
  ticketId: Id<'tkt'>,
  messageId: Id<'msg'>,
  /** Null when a machine wrote it that is nobody's address. */
  contact: KnownContact | null,
): Promise<void> {
  const { message, attachments, decision, mailbox } = filing
  await insertMessage(desk, {
    ...mailContent(desk, message, attachments),
    id: messageId,
    ticketId,
    kind: 'inbound',
    sourceId: mailbox.id,
    author: contact
      ? { kind: 'contact', id: contact.id, name: message.from.name || contact.name }
      : { kind: 'system', id: null, name: message.from.name || message.from.address || 'Mail system' },
    threading: {
      rule: `${decision.rule} ${decision.code}`,
      reason: decision.reason,
      matchedKey: decision.matchedKey ?? null,
      alternatives: decision.alternatives.map(({ ticketId: other, via }) => ({ ticketId: other, rule: via })),
    },
    flags: messageFlags({ ...filing, warnings: message.warnings, cardMasked: message.cardMasked }),
    mail: extrasOf(filing),
    proposal: proposalOf(filing),
    at: decision.late ? await beforeAnswers(desk, ticketId, message.providerId) : filing.arrivedAt,
  })
  await insertAttachments(desk, ticketId, messageId, attachments)
}

function extrasOf({ message, sender, mailbox }: Filing): MailExtras | null {
  const { forwardedBy, originalSender } = sender
  const asked = (message.replyTo ?? []).filter(
    ({ address }) => address.includes('@') && normaliseAddress(address) !== normaliseAddress(message.from.address),
  )
  const written = [...message.to, ...message.cc].map(({ address }) => address)
  const by = deliveredTo(mailbox, { envelope: message.envelope.to, written })
  const extras: MailExtras = {
    ...(by ? { deliveredTo: by.slice(0, 254) } : {}),
    ...(asked.length > 0 ? { replyTo: asked.slice(0, 5).map(storedAddress) } : {}),
    ...(forwardedBy ? { forwardedBy: { agentId: forwardedBy.agentId, name: forwardedBy.name } } : {}),
    ...(originalSender ? { originalSender: storedAddress(originalSender) } : {}),
    ...(message.calendar ? { calendar: message.calendar } : {}),
    ...(sender.nameTrick ? { nameTrick: sender.nameTrick } : {}),
  }
  return Object.keys(extras).length > 0 ? extras : null
}

function proposalOf({ decision, message }: Filing): Proposal | null {
  if (!decision.subjectChanged || decision.ticketSubject === undefined) return null
  const mailSubject = stripSubject(message.subject).slice(0, 500)
  return { kind: 'split', state: 'open', ticketSubject: decision.ticketSubject, mailSubject }
}

/** A moment before the first message that answers this one. */
async function beforeAnswers(desk: Desk, ticketId: Id<'tkt'>, providerId = ''): Promise<Temporal.Instant> {
  const { rows } = await desk.connection.query<{ first: Temporal.Instant | null }>(
    'select min(created_at) as first from messages where ticket_id = $1 and in_reply_to = $2',
    [uuidOf(ticketId), providerId],
  )
  return rows[0]?.first?.subtract({ milliseconds: 1 }) ?? desk.now()
}
