import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { findAgentByEmail } from '#modules/team/index.ts'
import { findOrMakeContact } from '#modules/customers/index.ts'
import { newId } from '#platform/ids.ts'
import { insertAttachments, type KeptAttachment } from '../actions/keep-attachments.ts'
import { shownText } from '../filing/keep-message.ts'
import { mailContent } from '../filing/mail-content.ts'
import type { InboundMessage, ParseOutcome } from '../ports.ts'
import { decideCustody } from '../rules/custody.ts'
import { dateOf, sideOf, threadKeys } from '../rules/imported-mail.ts'
import { statedMessageId } from '../rules/stated-message-id.ts'
import { importedThread, noteThread, type ImportItem } from '../store/imports.ts'
import { insertImportedTicket, stretchImportedTicket } from '../store/imported-tickets.ts'
import { insertMessage } from '../store/messages.ts'
import { insertReceipt, receiptsByProviderId } from '../store/receipts.ts'
import { addParticipants } from '../store/tickets.ts'
import type { Importing } from './importing.ts'

/** An archived mail, read and with its files kept. */
export type ReadMail = {
  raw: Uint8Array
  /** In bytes; more than `raw` has where only the beginning is kept. */
  size: number
  contentHash: string
  parsed: ParseOutcome
  attachments: KeptAttachment[]
  /** When the archive says that it came. */
  writtenAt: Temporal.Instant | null
}

export type Outcome = { became: 'filed' | 'duplicate' | 'parked'; item: ImportItem & { receiptId: Id<'itm'> } }

/**
 * Takes one archived mail into custody and, unless it is here already, into the history of its conversation. Nobody is told,
 * no clock runs, and what it proves about its sender is not asked.
 */
export async function importMail(desk: Desk, into: Importing, mail: ReadMail): Promise<Outcome> {
  const { mailbox } = into
  const { parsed, contentHash } = mail
  const message = parsed.ok ? parsed.message : undefined
  const stated = (message ? message.providerId?.trim() : statedMessageId(mail.raw)) || undefined
  const known = await receiptsByProviderId(desk, mailbox.id, stated ?? `sha256:${contentHash}`)
  const original = known.find((other) => other.contentHash === contentHash)
  const custody = decideCustody({
    providerId: stated,
    contentHash,
    sameProviderId: known,
    sameHash: original !== undefined,
  })
  const itemId = newId('itm', desk.now())
  const receipt = {
    id: itemId,
    sourceId: mailbox.id,
    providerId: custody.providerId,
    contentHash,
    fromAddress: message?.from.address || null,
    subject: message?.subject ?? null,
    size: mail.size,
    envelope: { from: message?.from.address ?? '', to: [mailbox.address], ip: null, helo: null },
    flagged: custody.outcome === 'new_flagged',
    ticketId: null,
    messageId: null,
    duplicateOf: null,
  }
  if (custody.outcome === 'duplicate') {
    const reason = `${custody.reason} Found again in ${into.name}.`
    await recorded(desk, itemId, 'duplicate', custody.code)
    await insertReceipt(desk, { ...receipt, disposition: 'duplicate', reason, duplicateOf: original?.id ?? null }, null)
    return { became: 'duplicate', item: { receiptId: itemId } }
  }
  if (!parsed.ok) {
    await recorded(desk, itemId, 'parked', 'unreadable')
    const reason = `${parsed.reason} From ${into.name}.`
    await insertReceipt(desk, { ...receipt, disposition: 'parked', reason }, mail.raw)
    return { became: 'parked', item: { receiptId: itemId } }
  }
  const filed = await fileHistory(desk, into, mail, parsed.message)
  const { ticketId, messageId } = filed
  const { disposition, reason } = historyWords(into, filed)
  await recorded(desk, itemId, disposition, 'imported', ticketId)
  await insertReceipt(desk, { ...receipt, ticketId, messageId, disposition, reason }, mail.raw)
  return { became: 'filed', item: { receiptId: itemId, ...filed } }
}

async function recorded(
  desk: Desk,
  itemId: Id<'itm'>,
  disposition: string,
  code: string,
  ticketId?: Id<'tkt'>,
): Promise<void> {
  await desk.emit({ type: 'custody.recorded', ticketId: ticketId ?? null, data: { itemId, disposition, code } })
}

/** What custody says of a mail that was filed as history. */
export function historyWords(into: Pick<Importing, 'name'>, { opened }: Pick<Filed, 'opened'>) {
  return opened
    ? { disposition: 'ticketed' as const, reason: `Imported from ${into.name} as a closed ticket.` }
    : {
        disposition: 'appended' as const,
        reason: `Imported from ${into.name} into the conversation that it belongs to.`,
      }
}

type Filed = { ticketId: Id<'tkt'>; messageId: Id<'msg'>; opened: boolean; contactId: Id<'con'> | null }

/** Files a mail as history: into the closed ticket of its conversation, or one of its own. */
export async function fileHistory(
  desk: Desk,
  into: Importing,
  mail: Pick<ReadMail, 'attachments' | 'writtenAt'>,
  message: InboundMessage,
): Promise<Filed> {
  const { mailbox } = into
  const { direction, requester } = sideOf(message, into.own, into.agents)
  const at = dateOf(message.sentAt, mail.writtenAt, desk.now())
  const keys = threadKeys(message)
  const { preview } = shownText(message)
  const lastAuthor = direction === 'inbound' ? ('contact' as const) : ('agent' as const)
  const known = await importedThread(desk, mailbox.id, keys)
  const contact = await findOrMakeContact(desk, {
    email: requester.address.includes('@') ? requester.address.slice(0, 254) : 'unknown@invalid',
    name: requester.name || null,
  })
  const ticketId = known ?? newId('tkt', desk.now())
  const subjectOfIt = { ticketId, contactId: contact.id, accountId: contact.accountId, occurredAt: at }
  if (known) await stretchImportedTicket(desk, known, { at, preview, lastAuthor })
  else {
    const { segment, accountId } = contact
    const { teamId } = mailbox
    await insertImportedTicket(desk, {
      id: ticketId,
      segment,
      accountId,
      teamId,
      preview,
      lastAuthor,
      at,
      subject: message.subject.slice(0, 500) || '(no subject)',
      sourceId: mailbox.id,
      requesterId: contact.id,
    })
    await desk.emit(
      {
        ...subjectOfIt,
        type: 'ticket.created',
        data: { direction, channel: 'email', segment, priority: 'normal', teamId, tags: ['imported'] },
      },
      { ...subjectOfIt, type: 'ticket.status_changed', data: { from: 'new', to: 'closed', reason: 'imported' } },
    )
  }
  await noteThread(desk, mailbox.id, keys, ticketId)
  const messageId = newId('msg', desk.now())
  const agent = direction === 'outbound' ? await findAgentByEmail(desk, message.from.address) : null
  await keep(desk, into, mail, message, { ticketId, messageId, at, direction, contactId: contact.id, agent })
  await addParticipants(desk, ticketId, [
    { email: requester.address.slice(0, 254), contactId: contact.id, kind: known ? 'cc' : 'requester' },
  ])
  await desk.emit(
    direction === 'inbound'
      ? { ...subjectOfIt, type: 'message.received', data: { messageId, kind: 'imported' } }
      : { ...subjectOfIt, type: 'message.sent', data: { messageId, kind: 'reply', authorId: agent?.id ?? null } },
  )
  return { ticketId, messageId, opened: !known, contactId: contact.isNew ? contact.id : null }
}

type Place = {
  ticketId: Id<'tkt'>
  messageId: Id<'msg'>
  at: Temporal.Instant
  direction: 'inbound' | 'outbound'
  contactId: Id<'con'>
  agent: { id: Id<'agt'>; name: string } | null
}

async function keep(
  desk: Desk,
  into: Importing,
  mail: Pick<ReadMail, 'attachments'>,
  message: InboundMessage,
  place: Place,
): Promise<void> {
  const { ticketId, messageId, at, direction, agent } = place
  const attachments = mail.attachments.map((kept) => ({ ...kept, id: newId('att', desk.now()) }))
  const inbound = direction === 'inbound'
  const name = message.from.name || message.from.address || into.mailbox.name
  await insertMessage(desk, {
    ...mailContent(desk, message, attachments),
    id: messageId,
    ticketId,
    kind: inbound ? 'inbound' : 'reply',
    sourceId: into.mailbox.id,
    author: inbound
      ? { kind: 'contact', id: place.contactId, name }
      : { kind: 'agent', id: agent?.id ?? null, name: agent?.name ?? name },
    threading: { rule: 'import', reason: `Imported from ${into.name}.`, matchedKey: null, alternatives: [] },
    flags: message.warnings.length > 0 ? ['parse_warnings'] : [],
    at,
  })
  await insertAttachments(desk, ticketId, messageId, attachments)
}
