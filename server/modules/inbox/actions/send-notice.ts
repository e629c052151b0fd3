import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { lockTicket } from '../store/tickets.ts'
import { sendAutomaticMail } from './send-automatic-mail.ts'

/**
 * Mails something to an address on behalf of another module, kept in the ticket it is about. Inside the caller's
 * transaction it leaves if and only if that commits. Refused when the loop guard holds it back, because somebody waits for it.
 */
export async function sendNotice(
  desk: Desk,
  mail: { ticketId: Id<'tkt'>; to: string; subject: string; text: string; secret: string },
): Promise<void> {
  await desk.transaction(async (tx) => {
    const ticket = await lockTicket(tx, mail.ticketId)
    const outcome = await sendAutomaticMail(tx, ticket, {
      to: { email: mail.to, name: null },
      subject: mail.subject,
      text: mail.text,
      secret: mail.secret,
      asked: true,
      sourceId: ticket.sourceId,
      teamId: ticket.teamId,
    })
    if (outcome.sent) return
    if (outcome.code.startsWith('address_'))
      throw new DeskError('conflict', `Mail to ${mail.to} came back or was reported as unwanted, so none is sent.`)
    throw new DeskError('rate_limited', `The mail to ${mail.to} was held back (${outcome.code}). Try again later.`)
  })
}
