import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { balanceTransaction } from '../shapes/customer.ts'
import { refuseUneven } from './amount-steps.ts'
import { change, create } from './changes.ts'
import { type Context, must } from './context.ts'

type Entry = {
  amount: number
  currency: string
  type: string
  invoice?: string
  credit_note?: string
  description?: string | null
}

/** Moves a customer's balance (negative = credit) and records why. */
export function moveBalance(ctx: Context, customerId: string, entry: Entry): Stripe.CustomerBalanceTransaction {
  const customer = must(ctx, 'customer', customerId, 'customer')
  if (customer.balance !== 0 && customer.currency !== entry.currency) {
    throw invalid(`The customer's balance is kept in ${customer.currency}, not ${entry.currency}.`, 'currency')
  }
  refuseUneven(entry.amount, entry.currency, 'amount')
  const recorded = create(ctx, 'customer_balance_transaction', balanceTransaction(ctx, customer, entry))
  const currency = customer.balance === 0 ? entry.currency : customer.currency
  change(ctx, 'customer', customer, { balance: recorded.ending_balance, currency }, 'customer.updated')
  return recorded
}
