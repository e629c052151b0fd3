import { randomInt } from 'node:crypto'
import type { Authority } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { verifyIdentity } from '#modules/customers/index.ts'
import { getSettings } from '#modules/team/index.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { presentAuthority, readAuthority } from '../requester-authority.ts'
import { billingCustomerFacts } from '../rules/mirror-object.ts'
import { countCodes, countTry, insertCode, insertGrant, useCode } from '../store/authority.ts'
import { readObjects } from '../store/mirror-read.ts'

const life = { minutes: 15 }
const mostTries = 5
const mostPerHour = 3

/** Mails a code to the billing address on file, which only who reads that mailbox can read back. Returns the address. */
export async function sendAuthorityCode(desk: Desk, ticketId: Id<'tkt'>, customer: string): Promise<string> {
  return desk.transaction(async (tx) => {
    const { contact, link, requester } = await readAuthority(tx, ticketId, customer)
    if (!link || link.state === 'rejected')
      throw new DeskError('conflict', 'This Stripe customer is not linked to the requester. Link it first.')
    const facts = billingCustomerFacts(
      (await readObjects(tx, tx.ports.payments.account, 'customer', [customer])).get(customer),
    )
    if (!facts.ok) throw notFound('Stripe customer')
    const sentTo = facts.facts.email
    if (!sentTo)
      throw new DeskError(
        'conflict',
        'Stripe has no billing address for this customer. A lead can vouch for the requester.',
      )
    if ((await countCodes(tx, ticketId, tx.now().subtract({ hours: 1 }))) >= mostPerHour)
      throw new DeskError('rate_limited', 'Three codes were sent within the hour. Wait before sending another.')
    const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
    await insertCode(tx, {
      ticketId,
      customerId: customer,
      sentTo,
      hash: hashOf(tx, ticketId, code),
      expiresAt: tx.now().add(life),
    })
    const { companyName } = await getSettings(tx)
    const { notices } = tx.ports
    const words = wordsFor(notices.hidden, companyName, requester.ticketNumber)
    // Neither the agent nor whoever is quoted the ticket may read the code.
    await notices.send(tx, { ticketId, to: sentTo, ...words, secret: code })
    await tx.emit({ type: 'authority.code_sent', ticketId, contactId: contact.id, data: { customer } })
    return sentTo
  })
}

/** Checks what the customer read back. Every try counts, also when it is refused. */
export async function checkAuthorityCode(desk: Desk, ticketId: Id<'tkt'>, code: string): Promise<Authority> {
  const { contact } = await readAuthority(desk, ticketId, null)
  const outcome = await desk.transaction(async (tx) => {
    const sent = await countTry(tx, ticketId)
    const refusal = refusalOf(tx, ticketId, sent, code)
    if (!sent || refusal) return { refusal: refusal ?? 'No code was sent for this ticket.' }
    await useCode(tx, sent.id)
    await insertGrant(tx, ticketId, { kind: 'code', customerId: sent.customerId, sentTo: sent.sentTo, reason: null })
    // Whoever reads this mailbox read the code: where the address is theirs, that is now shown.
    await verifyIdentity(tx, contact.id, sent.sentTo, 'code')
    await tx.emit({
      type: 'authority.verified',
      ticketId,
      contactId: contact.id,
      data: { how: 'code', customer: sent.customerId },
    })
    return { customer: sent.customerId }
  })
  if (outcome.customer === undefined) throw new DeskError('policy_refused', outcome.refusal)
  return presentAuthority(await readAuthority(desk, ticketId, outcome.customer))
}

type Sent = Awaited<ReturnType<typeof countTry>>

function refusalOf(desk: Desk, ticketId: Id<'tkt'>, sent: Sent, code: string): string | undefined {
  if (!sent) return 'No code was sent for this ticket.'
  if (sent.tries > mostTries) return 'This code was tried too often. Send a new one.'
  if (Temporal.Instant.compare(desk.now(), sent.expiresAt) >= 0) return 'This code has expired. Send a new one.'
  return desk.secrets.verify('authority-code', `${ticketId} ${code}`, sent.hash) ? undefined : 'This is not the code.'
}

function hashOf(desk: Desk, ticketId: Id<'tkt'>, code: string): string {
  return desk.secrets.sign('authority-code', `${ticketId} ${code}`, 43)
}

/** `code` is what stands for it: the ticket must not show what only the mailbox may. */
function wordsFor(code: string, company: string, ticket: number): { subject: string; text: string } {
  return {
    subject: `Your code for ${company} support`,
    text: [
      'Hello,',
      `somebody asked ${company} support about the billing of this account (#${ticket}). If that was you, read this code back to us:`,
      `    ${code}`,
      'It is good for 15 minutes. If it was not you, do nothing and tell nobody the code; nothing will be changed.',
    ].join('\n\n'),
  }
}
