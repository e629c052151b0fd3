import type { Desk } from '#server/desk.ts'
import { refreshSubscription } from '../actions/refresh-subscription.ts'
import { operationEvent } from '../operation-event.ts'
import { cancellationBlock } from '../rules/subscription-cancellation.ts'
import type { CancelAtPeriodEndCall, CancelNowCall } from '../rules/stripe-call.ts'
import type { StoredOperation } from '../store/operations.ts'
import { atStripe } from './at-stripe.ts'
import type { OperationKind, Verdict } from './operation-kind.ts'

type Cancellation = StoredOperation & { plan: CancelAtPeriodEndCall | CancelNowCall }

/** The end of a subscription, at once without giving anything back, or when what is paid runs out. */
export const subscriptionCancellation: OperationKind = {
  ...atStripe,
  check: async (desk, operation) => {
    const { plan } = operation as Cancellation
    return cancellationBlock(await refreshSubscription(desk, plan.subscription), whenOf(plan))?.sentence
  },
  made: (_operation, found) => ({ effectId: found }),
  verify: (desk, operation) => verify(desk, operation as Cancellation),
}

async function verify(desk: Desk, operation: Cancellation): Promise<Verdict> {
  const { plan } = operation
  const found = await refreshSubscription(desk, plan.subscription)
  const isEnded = found?.facts.status === 'canceled'
  const isWanted = whenOf(plan) === 'now' ? isEnded : isEnded || found?.facts.cancelAtPeriodEnd === true
  if (!isWanted)
    return {
      state: 'unknown',
      problem: 'Stripe answered that it is done, but the subscription goes on. Look in the Stripe dashboard.',
    }
  const facts = { subscription: plan.subscription, when: whenOf(plan) }
  return { state: 'done', problem: null, events: [operationEvent(operation, 'subscription.cancelled', facts)] }
}

function whenOf(plan: Cancellation['plan']): 'now' | 'period_end' {
  return plan.call === 'subscriptions.cancel' ? 'now' : 'period_end'
}
