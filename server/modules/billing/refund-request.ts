import type { Authority, RefundCause } from '#contract/billing.ts'
import type { Segment } from '#contract/customers.ts'
import type { Id } from '#contract/ids.ts'
import type { Money } from '#contract/money.ts'
import type { Desk } from '#server/desk.ts'
import { readContact } from '#modules/customers/index.ts'
import type { ChargeFile } from './charge-file.ts'
import { chargesOfCard, givenBefore } from './given-before.ts'
import { governingPolicy } from './governing-policy.ts'
import { nobodyAsked, presentAuthority, readAuthority } from './requester-authority.ts'
import type { RefundRequest } from './rules/refund-request.ts'
import { linksOfCustomers } from './store/links.ts'
import { pendingRefunds } from './store/operations.ts'
import { readPolicies } from './store/policies.ts'
import { readRates } from './store/rates.ts'

export type Asked = { cause: RefundCause; amount: Money | null; ticketId: Id<'tkt'> | null }

export type GatheredRequest = {
  request: RefundRequest
  authority: Authority
  contact: { id: Id<'con'>; name: string } | null
  /** What the authority was decided on; null where nobody asked. */
  authorityInput: unknown
}

/** Everything a refund is decided on, as it stands now. */
export async function gatherRequest(desk: Desk, file: ChargeFile, asked: Asked): Promise<GatheredRequest> {
  const { charge } = file
  const customer = charge.customer ?? null
  const who = asked.ticketId ? await readAuthority(desk, asked.ticketId, customer) : undefined
  const owner = who ? who.contact : await ownerOf(desk, customer)
  const policies = (await readPolicies(desk)).map(({ data }) => data)
  const now = desk.now().epochMilliseconds
  const policy = governingPolicy(policies, charge.created * 1000, now)
  const rates = await readRates(desk, policy.baseCurrency)
  const request: RefundRequest = {
    policy,
    charge,
    ...(file.invoice ? { invoice: file.invoice } : {}),
    ...(file.subscription ? { subscription: file.subscription } : {}),
    refunds: file.refunds,
    creditNotes: file.creditNotes,
    disputes: file.disputes,
    pendingOperations: await pendingRefunds(desk, charge.id),
    cause: asked.cause,
    ...(asked.amount ? { requestedAmount: asked.amount } : {}),
    requester: { authority: who ? who.decision.level : 'not_asked' },
    segment: owner?.segment ?? 'consumer',
    ...(file.customer?.country ? { country: file.customer.country } : {}),
    givenBefore: await givenBefore(desk, customer, [charge.id, ...(await chargesOfCard(desk, charge))]),
    ...(rates ? { rates } : {}),
    now,
  }
  return {
    request,
    authority: who ? presentAuthority(who) : nobodyAsked,
    contact: owner && { id: owner.id, name: owner.name },
    authorityInput: who?.input ?? null,
  }
}

/** The contact a customer belongs to where no ticket names one. */
async function ownerOf(
  desk: Desk,
  customer: string | null,
): Promise<{ id: Id<'con'>; name: string; segment: Segment } | null> {
  const links = customer ? await linksOfCustomers(desk, desk.ports.payments.account, [customer]) : []
  const link = links.find(({ owner, state }) => owner.kind === 'contact' && state === 'confirmed')
  return link ? readContact(desk, link.owner.id as Id<'con'>) : null
}
