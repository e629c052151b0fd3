import type { Desk } from '#server/desk.ts'
import { stripeWords } from '../rules/attempts.ts'
import type { StripeCall } from '../rules/stripe-call.ts'
import type { StoredOperation } from '../store/operations.ts'
import type { OperationKind } from './operation-kind.ts'

/** What all kinds share whose plan is a call of Stripe. */
export const atStripe: Pick<OperationKind, 'words' | 'carryOut' | 'find'> = {
  words: stripeWords,
  carryOut: (desk, operation, key) => desk.ports.payments.carryOut(planOf(operation), key),
  find: async (desk: Desk, operation) => {
    const found = await desk.ports.payments.find(planOf(operation).lookUp, operation.id)
    return found === null ? { outcome: 'absent' } : { outcome: 'found', found }
  },
}

function planOf(operation: StoredOperation): StripeCall {
  return operation.plan as StripeCall
}
