import { toStripe } from '#contract/money.ts'
import type { Desk } from '#server/desk.ts'
import { refreshCustomer } from '../actions/refresh-customer.ts'
import { operationEvent } from '../operation-event.ts'
import { creditBlock } from '../rules/balance-credit.ts'
import type { BalanceCreditCall } from '../rules/stripe-call.ts'
import type { StoredOperation } from '../store/operations.ts'
import { atStripe } from './at-stripe.ts'
import type { OperationKind, Verdict } from './operation-kind.ts'

type Credit = StoredOperation & { plan: BalanceCreditCall; money: NonNullable<StoredOperation['money']> }

/** Credit on a customer's balance, which Stripe takes off the next invoice. */
export const balanceCredit: OperationKind = {
  ...atStripe,
  check: async (desk, operation) => {
    const { plan, money } = asCredit(operation)
    return creditBlock(await refreshCustomer(desk, plan.customer), money)?.sentence
  },
  made: (_operation, found) => ({ effectId: found }),
  verify: (desk, operation) => verify(desk, asCredit(operation)),
}

function asCredit(operation: StoredOperation): Credit {
  if (operation.money === null) throw new Error(`${operation.id} is a credit without an amount`)
  return operation as Credit
}

async function verify(desk: Desk, operation: Credit): Promise<Verdict> {
  const { plan, money, effectId } = operation
  const entry = effectId && (await desk.ports.payments.balanceTransaction(plan.customer, effectId))
  await refreshCustomer(desk, plan.customer)
  if (!entry)
    return {
      state: 'unknown',
      problem: 'Stripe answered that it is done, but the credit cannot be found. Look in the Stripe dashboard.',
    }
  const isSame = entry.amount === -toStripe(money) && entry.currency === money.currency.toLowerCase()
  if (!isSame)
    return { state: 'unknown', problem: `Stripe made another credit (${entry.id}). Look in the Stripe dashboard.` }
  const facts = { customer: plan.customer, transaction: entry.id, amount: money.amount, currency: money.currency }
  return { state: 'done', problem: null, events: [operationEvent(operation, 'balance.credited', facts)] }
}
