import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { uuidOf } from '#platform/ids.ts'
import type { LockedTicket } from '../store/tickets.ts'
import { askForRating } from './ask-for-rating.ts'
import { sendAutomaticMail } from './send-automatic-mail.ts'

/** Solved without a reply: the customer is told so, and asked for a rating, where ratings are wanted and the ticket came by mail. */
export async function sendSolvedMail(desk: Desk, ticket: LockedTicket): Promise<void> {
  const { csat } = await getSettings(desk)
  if (!csat || !ticket.sourceId) return
  const { rows } = await desk.connection.query<{ name: string; email: string | null }>({
    name: 'requester-address',
    text: 'select name, email from contacts where id = $1',
    values: [uuidOf(ticket.contactId)],
  })
  const requester = rows[0]
  if (!requester?.email) return
  const mail = await sendAutomaticMail(desk, ticket, {
    to: { email: requester.email, name: requester.name },
    subject: `Solved: ${ticket.subject}`,
    text: `Hello,\n\nwe have marked your request #${ticket.number} as solved. If it is not, just answer this mail and it is open again.`,
    sourceId: ticket.sourceId,
    teamId: ticket.teamId,
  })
  if (mail.sent) await askForRating(desk, ticket, { inMessage: mail.sent })
}
