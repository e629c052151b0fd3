import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { asksFirst } from '../rules/address-state.ts'
import { addressStates } from '../store/mail-addresses.ts'

const why = {
  hard: 'mail to it came back for good',
  complained: 'mail to it was reported as unwanted',
  unsubscribed: 'it asked for no more mail like this',
}

/**
 * A person's mail to an address that does not work or complained is refused once, with a sentence; `sendAnyway` sends it.
 * A mail that goes to many, one by one, asks about those as well who declined such mail. Resolves to the addresses that were written to against that advice. `details.suppressed` names them.
 */
export async function askBeforeSending(
  desk: Desk,
  recipients: readonly { email: string }[],
  sendAnyway: boolean,
  mail: { toMany?: boolean } = {},
): Promise<string[]> {
  const emails = [...new Set(recipients.map(({ email }) => email.toLowerCase()))]
  const states = await addressStates(desk, emails)
  const doubtful = emails.flatMap((email): { email: string; state: keyof typeof why }[] => {
    const known = states.get(email)
    if (known && asksFirst(known.state)) return [{ email, state: known.state }]
    return known?.unsubscribed && mail.toMany ? [{ email, state: 'unsubscribed' }] : []
  })
  if (doubtful.length === 0 || sendAnyway) return doubtful.map(({ email }) => email)
  const names = doubtful.map(({ email, state }) => `${email} (${why[state]})`).join(', ')
  throw new DeskError('conflict', `This would go to ${names}. Send it anyway, or use another address.`, {
    suppressed: doubtful,
  })
}

/** That somebody wrote against that advice stays in the ledger. */
export async function recordSentAnyway(
  desk: Desk,
  ticket: { id: Id<'tkt'>; contactId: Id<'con'> },
  messageId: Id<'msg'>,
  addresses: readonly string[],
): Promise<void> {
  if (addresses.length === 0) return
  await desk.emit({
    type: 'message.sent_anyway',
    ticketId: ticket.id,
    contactId: ticket.contactId,
    data: { messageId, recipients: addresses.length },
  })
}
