import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import type { Filed, Filing } from '../filing/filing.ts'
import { joinTicket } from '../filing/join-ticket.ts'
import { openTicket } from '../filing/open-ticket.ts'

/** Carries a threading decision out: opens, joins, reopens, notes or suppresses. */
export async function fileMail(desk: Desk, filing: Filing): Promise<Filed> {
  const { decision } = filing
  const { disposition, reason, code } = decision
  if (decision.action === 'suppress') return { disposition, reason, code, ticketId: null, messageId: null }
  const joined = decision.ticketId as Id<'tkt'> | undefined
  return joined
    ? { disposition, reason, code, ...(await joinTicket(desk, filing, joined)) }
    : { disposition, reason, code, ...(await openTicket(desk, filing)) }
}
