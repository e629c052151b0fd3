import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { findContact, findOrMakeContact } from '#modules/customers/index.ts'
import { newId } from '#platform/ids.ts'
import { changeStatus } from '../actions/change-status.ts'
import { record, type Happening } from '../record.ts'
import { absenceEnd } from '../rules/absence.ts'
import { isThanks } from '../rules/thanks.ts'
import { LostRace } from '../store/receipts.ts'
import { insertAbsence } from '../store/absences.ts'
import { addParticipants, lockTicket, touchTicket } from '../store/tickets.ts'
import { received, type Filing } from './filing.ts'
import { keepForwarder } from './keep-forwarder.ts'
import { keepMessage } from './keep-message.ts'
import { markBounced } from './mark-bounced.ts'
import { peopleOf, sender } from './people.ts'

/** Adds the mail to a ticket: a customer's word reopens it, a machine's is only noted. */
export async function joinTicket(
  desk: Desk,
  filing: Filing,
  ticketId: Id<'tkt'>,
): Promise<{ ticketId: Id<'tkt'>; messageId: Id<'msg'> }> {
  const { decision, classification, message } = filing
  const ticket = await lockTicket(desk, ticketId)
  // Merged away while we waited for it: the next try is threaded into the ticket that has everything now.
  if (ticket.mergedIntoId) throw new LostRace('its ticket was merged away meanwhile')
  // A machine that writes to us is no customer: it is known only if a customer's address wrote before.
  const noted = decision.action === 'note' && !classification.mayOpen
  const contact = noted
    ? ((await findContact(desk, sender(message).email)) ?? null)
    : await findOrMakeContact(desk, sender(message))
  const messageId = newId('msg', desk.now())
  await keepMessage(desk, filing, ticketId, messageId, contact)
  const happenings: Happening[] = [received(messageId, filing), ...(await keepForwarder(desk, filing, ticketId))]
  if (decision.action !== 'note' && contact) {
    await addParticipants(desk, ticketId, peopleOf(filing, contact, 'cc'))
    // The customer has spoken: whatever it waited for, it is ours again.
    if (ticket.status !== 'new') {
      const changes = await changeStatus(desk, ticket, 'open', 'customer_wrote')
      happenings.push(...(isThanks(filing.shown.reply) ? changes.map(byThanks) : changes))
    }
    await touchTicket(desk, ticketId, { preview: filing.shown.preview, author: 'contact' })
  } else {
    if (isAbsence(filing)) {
      const email = sender(message).email.toLowerCase()
      await insertAbsence(desk, { messageId, email, until: absenceEnd(message, writtenOn(desk, message.sentAt)) })
    }
    if (filing.report) await markBounced(desk, filing.report, ticket, messageId)
    await touchTicket(desk, ticketId, null)
  }
  await record(
    desk,
    {
      id: ticketId,
      contactId: ticket.contactId,
      accountId: ticket.accountId,
      priority: ticket.priority,
      status: ticket.status,
    },
    happenings,
  )
  return { ticketId, messageId }
}

/** What answers by itself for a person. Read receipts and robots answer too, but nobody is away. */
function isAbsence({ classification }: Filing): boolean {
  return classification.kind === 'auto_reply' && classification.code !== 'read_receipt'
}

/** The day of the notice by its own date, or today where that cannot be. */
function writtenOn(desk: Desk, sentAt: string | undefined): Temporal.PlainDate {
  const now = desk.now()
  const said = sentAt ? Temporal.Instant.from(sentAt) : now
  const days = Math.abs(said.since(now).total('hours')) / 24
  return (days < 400 ? said : now).toZonedDateTimeISO('UTC').toPlainDate()
}

/** Opened again by a word of thanks: it is open, and counts for nothing. */
function byThanks(happening: Happening): Happening {
  return happening.type === 'ticket.reopened' ? { ...happening, data: { thanks: true } } : happening
}
