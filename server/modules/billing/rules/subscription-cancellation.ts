import type { AuthorityLevel } from './authority.ts'
import type { SubscriptionFacts } from './facts.ts'
import type { OperationDecision } from './operation-decision.ts'
import { overrideApproval } from './override-approval.ts'
import type { RefundPolicy } from './policy.ts'
import type { Reason } from './refund-request.ts'
import type { CancelAtPeriodEndCall, CancelNowCall } from './stripe-call.ts'
import { dayWords, type Dates } from './words.ts'

export type When = 'now' | 'period_end'
export type FoundSubscription = { facts: SubscriptionFacts; schedule: string | null }

export type CancellationRequest = {
  subscription: FoundSubscription | undefined
  when: When
  authority: AuthorityLevel | 'not_asked'
  policy: RefundPolicy
  dates: Dates
}

/** Why this subscription cannot be ended so; undefined when it can. */
export function cancellationBlock(found: FoundSubscription | undefined, when: When): Reason | undefined {
  if (!found) return { code: 'no_subscription', sentence: 'Stripe does not know this subscription.' }
  const { facts, schedule } = found
  if (facts.status === 'canceled' || facts.status === 'incomplete_expired')
    return { code: 'ended', sentence: 'This subscription has ended already.' }
  if (facts.source === 'apple' || facts.source === 'google' || facts.source === 'partner')
    return { code: 'foreign_source', sentence: 'This subscription was bought elsewhere and is ended there.' }
  if (schedule)
    return {
      code: 'scheduled',
      sentence: `A schedule (${schedule}) decides about this subscription; release it in Stripe first.`,
    }
  if (when === 'period_end' && (facts.cancelAtPeriodEnd || facts.cancelAt !== undefined))
    return { code: 'ending', sentence: 'This subscription ends by itself already.' }
  return undefined
}

/** Whether a subscription may be ended, who must approve, and what it does. */
export function decideCancellation(request: CancellationRequest): OperationDecision {
  const { subscription, when, policy, dates } = request
  const block = cancellationBlock(subscription, when)
  const shared = { trace: [], policyVersion: policy.version, allowed: null, proposed: null }
  if (block || !subscription)
    return { ...shared, outcome: 'refuse', approvals: [], reasons: block ? [block] : [], effects: [] }
  return {
    ...shared,
    outcome: 'proceed',
    approvals: overrideApproval(request.authority),
    reasons: [],
    effects: [{ kind: 'subscription', sentence: effectOf(subscription.facts, when, dates) }],
  }
}

function effectOf({ items }: SubscriptionFacts, when: When, dates: Dates): string {
  if (when === 'now')
    return 'The subscription and its access end at once. Nothing is refunded or credited, pending prorations are dropped, and open invoices are no longer collected.'
  const ends = Math.max(0, ...items.map(({ periodEnd }) => periodEnd))
  return `Access stays until ${dayWords(ends, dates)}, when what is paid runs out; then the subscription ends and does not renew.`
}

/** The one call, always with its proration said. */
export function planCancellation(
  operationId: string,
  subscription: string,
  when: When,
): CancelAtPeriodEndCall | CancelNowCall {
  const lookUp = { list: 'subscriptions' as const, params: { subscription } }
  if (when === 'period_end')
    return {
      call: 'subscriptions.update',
      subscription,
      params: { cancel_at_period_end: true, metadata: { operation_id: operationId } },
      lookUp,
    }
  return {
    call: 'subscriptions.cancel',
    subscription,
    params: { prorate: false, invoice_now: false, cancellation_details: { comment: operationId } },
    lookUp,
  }
}
