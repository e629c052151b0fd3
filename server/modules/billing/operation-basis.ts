import type { Authority } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { governingPolicy } from './governing-policy.ts'
import { nobodyAsked, presentAuthority, readAuthority } from './requester-authority.ts'
import type { AuthorityLevel } from './rules/authority.ts'
import type { Rates } from './rules/limits.ts'
import type { RefundPolicy } from './rules/policy.ts'
import { readPolicies } from './store/policies.ts'
import { readRates } from './store/rates.ts'

export type OperationBasis = {
  level: AuthorityLevel | 'not_asked'
  authority: Authority
  contact: { id: Id<'con'>; name: string } | null
  policy: RefundPolicy
  rates?: Rates
}

/** Who asks, through which ticket, and under which limits, for what is done about a customer rather than about a charge. */
export async function readBasis(
  desk: Desk,
  customer: string | null,
  ticketId: Id<'tkt'> | null,
): Promise<OperationBasis> {
  const who = ticketId ? await readAuthority(desk, ticketId, customer) : undefined
  const now = desk.now().epochMilliseconds
  const policy = governingPolicy(
    (await readPolicies(desk)).map(({ data }) => data),
    now,
    now,
  )
  const rates = await readRates(desk, policy.baseCurrency)
  return {
    level: who ? who.decision.level : 'not_asked',
    authority: who ? presentAuthority(who) : nobodyAsked,
    contact: who ? { id: who.contact.id, name: who.contact.name } : null,
    policy,
    ...(rates ? { rates } : {}),
  }
}

/** Throws when the actor may not see the ticket that is behind what they ask. */
export async function refuseHiddenTicket(desk: Desk, ticketId: Id<'tkt'> | undefined): Promise<void> {
  if (ticketId && !(await desk.ports.requesters.ofTicket(desk, ticketId))) throw notFound('ticket')
}
