import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { findOrMakeContact } from '#modules/customers/index.ts'
import { newId } from '#platform/ids.ts'
import { planRecord, record } from '../record.ts'
import { insertWholeTicket } from '../store/new-ticket.ts'
import { linkTickets } from '../store/tickets.ts'
import { received, type Filing } from './filing.ts'
import { keepForwarder } from './keep-forwarder.ts'
import { keepMessage } from './keep-message.ts'
import { peopleOf, sender } from './people.ts'

/** Opens a ticket with the mail as its first message, linked to what it may belong to. */
export async function openTicket(desk: Desk, filing: Filing): Promise<{ ticketId: Id<'tkt'>; messageId: Id<'msg'> }> {
  const { message, mailbox, decision } = filing
  const contact = await findOrMakeContact(desk, sender(message))
  const ticketId = newId('tkt', desk.now())
  const messageId = newId('msg', desk.now())
  const ticket = {
    id: ticketId,
    contactId: contact.id,
    accountId: contact.accountId,
    priority: 'normal' as const,
    status: 'new' as const,
    isNew: true,
  }
  const { events, clocks } = await planRecord(desk, ticket, [
    {
      type: 'ticket.created',
      data: {
        direction: 'inbound',
        channel: 'email',
        segment: contact.segment,
        priority: 'normal',
        teamId: mailbox.teamId,
      },
    },
    received(messageId, filing),
  ])
  await insertWholeTicket(
    desk,
    {
      ...ticket,
      subject: message.subject.slice(0, 500) || '(no subject)',
      segment: contact.segment,
      channel: 'email',
      sourceId: mailbox.id,
      requesterId: contact.id,
      teamId: mailbox.teamId,
      tags: [],
      preview: filing.shown.preview,
      lastAuthor: 'contact',
    },
    peopleOf(filing, contact, 'requester'),
    clocks,
  )
  await keepMessage(desk, filing, ticketId, messageId, contact)
  if (decision.linkedTicketId && decision.link)
    await linkTickets(desk, ticketId, decision.linkedTicketId as Id<'tkt'>, decision.link)
  await desk.emit(...events)
  const noted = await keepForwarder(desk, filing, ticketId)
  if (noted.length > 0) await record(desk, { ...ticket, isNew: false }, noted)
  return { ticketId, messageId }
}
