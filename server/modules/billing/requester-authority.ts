import type { Authority } from '#contract/billing.ts'
import type { Contact } from '#contract/customers.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { readContact } from '#modules/customers/index.ts'
import { notFound } from '#platform/errors.ts'
import type { TicketRequester } from './ports.ts'
import { decideAuthority, type AuthorityDecision, type AuthorityInput } from './rules/authority.ts'
import { readGrants } from './store/authority.ts'
import { linksOfCustomers, type StoredLink } from './store/links.ts'

export type RequesterAuthority = {
  contact: Contact
  requester: TicketRequester
  link: StoredLink | null
  decision: AuthorityDecision
  /** What was decided on. */
  input: AuthorityInput
}

const order = { confirmed: 0, proposed: 1, rejected: 2 } as const

/** Who wrote this ticket and what they may have changed about this Stripe customer. Throws when the actor may not see the ticket. */
export async function readAuthority(
  desk: Desk,
  ticketId: Id<'tkt'>,
  customer: string | null,
): Promise<RequesterAuthority> {
  const requester = await desk.ports.requesters.ofTicket(desk, ticketId)
  if (!requester) throw notFound('ticket')
  const contact = await readContact(desk, requester.contactId)
  const link = customer ? await bestLink(desk, contact, customer) : null
  const grants = await readGrants(desk, ticketId)
  const override = grants.find(({ kind }) => kind === 'override')
  const code = grants.find(({ kind, customerId }) => kind === 'code' && (!customer || customerId === customer))
  const input: AuthorityInput = {
    sender: requester.sender,
    link: link && { owner: link.owner.kind, state: link.state },
    ...(contact.account ? { accountRole: contact.account.role } : {}),
    ...(code?.sentTo ? { code: { sentTo: code.sentTo, at: code.at.epochMilliseconds } } : {}),
    ...(override
      ? { override: { byName: override.byName, reason: override.reason ?? '', at: override.at.epochMilliseconds } }
      : {}),
    now: desk.now().epochMilliseconds,
  }
  return { contact, requester, link, input, decision: decideAuthority(input) }
}

/** The strongest tie between a contact, or the account it is in, and a customer. */
async function bestLink(desk: Desk, contact: Contact, customer: string): Promise<StoredLink | null> {
  const links = await linksOfCustomers(desk, desk.ports.payments.account, [customer])
  const theirs = links.filter(
    ({ owner }) =>
      (owner.kind === 'contact' && owner.id === contact.id) ||
      (owner.kind === 'account' && owner.id === contact.account?.id),
  )
  return theirs.sort((a, b) => order[a.state] - order[b.state])[0] ?? null
}

/** As the contract shows it: telling is not changing, so only full authority counts as such. */
export function presentAuthority({ contact, decision }: Pick<RequesterAuthority, 'contact' | 'decision'>): Authority {
  return {
    level: decision.level === 'full' ? 'full' : 'none',
    requester: { id: contact.id, name: contact.name, email: contact.email },
    how: decision.how,
    needs: decision.needs,
  }
}

/** Where no ticket is behind it: the desk acts on its own account, and that is on record. */
export const nobodyAsked: Authority = {
  level: 'full',
  requester: null,
  how: 'No ticket is behind this; the desk acts on its own account.',
  needs: null,
}
