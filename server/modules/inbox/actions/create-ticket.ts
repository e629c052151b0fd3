import type { createTicket as endpoint } from '#contract/inbox.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { findOrMakeContact } from '#modules/customers/index.ts'
import { defaultTeamId, teamExists } from '#modules/team/index.ts'
import { DeskError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { addressesOf, ownMailboxes } from '../own-addresses.ts'
import { record } from '../record.ts'
import { isOurs } from '../rules/address.ts'
import { maskCards } from '../rules/card-masking.ts'
import { previewOf } from '../rules/preview.ts'
import { insertMessage } from '../store/messages.ts'
import { addParticipants, insertTicket } from '../store/tickets.ts'
import { writeMessage } from './write-message.ts'

type Input = BodyOf<typeof endpoint>

/**
 * Opens a ticket by hand: inbound stands for a customer who asked elsewhere and starts the clock; outbound writes to the
 * customer first, as a mail that can be taken back like any reply.
 */
export async function createTicket(desk: Desk, input: Input): Promise<Id<'tkt'>> {
  const { text, html } = input.message
  if ((text === undefined) === (html === undefined))
    throw new DeskError('invalid_request', 'body.message: give either text or html.')
  return desk.transaction(async (tx) => {
    const mailboxes = await ownMailboxes(tx)
    if (isOurs(input.requester.email, addressesOf(mailboxes)))
      throw new DeskError('invalid_request', 'body.requester.email: that is one of our own addresses.')
    if (input.teamId && !(await teamExists(tx, input.teamId)))
      throw new DeskError('invalid_request', 'body.teamId: there is no such team.')
    const contact = await findOrMakeContact(tx, { email: input.requester.email, name: input.requester.name ?? null })
    const teamId = input.teamId ?? (await ownTeamId(tx))
    const mailbox =
      mailboxes.find((candidate) => candidate.enabled && candidate.teamId === teamId) ??
      mailboxes.find((candidate) => candidate.enabled)
    const written = text ?? tx.ports.mail.textOfHtml(html ?? '')
    const isInbound = input.direction === 'inbound'
    // What a customer said elsewhere is theirs, card numbers and all.
    const [words, subject] = [written, input.subject].map((line) => (isInbound ? maskCards(line).text : line)) as [
      string,
      string,
    ]
    const cardMasked = words !== written || subject !== input.subject
    if (words.trim() === '') throw new DeskError('invalid_request', 'body.message: the message is empty.')
    const priority = input.priority ?? 'normal'
    const status = isInbound ? 'new' : 'open'
    const tags = [...new Set(input.tags)].sort()
    const ticket = await insertTicket(tx, {
      subject,
      segment: contact.segment,
      channel: 'api',
      sourceId: mailbox?.id ?? null,
      requesterId: contact.id,
      accountId: contact.accountId,
      teamId,
      status,
      priority,
      tags,
      preview: previewOf(words),
      lastAuthor: isInbound ? 'contact' : 'agent',
    })
    await addParticipants(tx, ticket.id, [{ email: input.requester.email, contactId: contact.id, kind: 'requester' }])
    const recorded = {
      id: ticket.id,
      contactId: contact.id,
      accountId: contact.accountId,
      priority,
      status,
      isNew: true,
    } as const
    const created = {
      type: 'ticket.created',
      data: { direction: input.direction, channel: 'api', segment: contact.segment, priority, teamId, tags },
    } as const
    if (!isInbound) {
      await record(tx, recorded, [created])
      // It may be another team's from the start.
      await writeMessage(tx.as({ ...tx.actor, visible: 'all' }), ticket.id, {
        kind: 'reply',
        ...input.message,
        ...(input.sendAnyway ? { sendAnyway: true } : {}),
      })
      return ticket.id
    }
    const messageId = newId('msg', tx.now())
    const clean =
      html === undefined ? null : tx.ports.mail.sanitise(html, { attachmentUrl: () => undefined, maskCards: true })
    await insertMessage(tx, {
      id: messageId,
      ticketId: ticket.id,
      kind: 'inbound',
      channel: 'api',
      sourceId: null,
      author: { kind: 'contact', id: contact.id, name: contact.name },
      from: { email: input.requester.email, name: contact.name },
      to: [],
      cc: [],
      text: words,
      parts: null,
      html: clean?.html ?? null,
      remoteImages: clean?.remoteImages ?? 0,
      providerId: null,
      inReplyTo: null,
      references: [],
      threading: null,
      flags: cardMasked ? ['card_masked'] : [],
      attachmentCount: 0,
    })
    await record(tx, recorded, [created, { type: 'message.received', data: { messageId, kind: 'human', auto: false } }])
    await tx.enqueue({ name: 'inbox.index', payload: { messageId } })
    return ticket.id
  })
}

/** The first team, or one of their own for somebody who would not see it there. */
async function ownTeamId(desk: Desk): Promise<Id<'tea'>> {
  const first = await defaultTeamId(desk)
  const { visible } = desk.actor
  return visible === 'all' || visible.includes(first) ? first : (visible[0] ?? first)
}
