import type { Stripe } from 'stripe'
import { account } from './account.ts'
import { create } from './changes.ts'
import type { Context } from './context.ts'
import { newId } from './ids.ts'
import { settle, share } from './money.ts'

type Movement = {
  type: Stripe.BalanceTransaction['type']
  category: string
  source: string
  amount: number
  currency: string
  description: string | null
  /** Fee in minor units of the settlement currency; kept by Stripe. */
  fee?: number
  feeDescription?: string
}

/** Writes a balance transaction in the account's currency at the day's rate. `amount` is signed, in the currency of the charge. */
export function move(ctx: Context, movement: Movement): Stripe.BalanceTransaction {
  const currency = account(ctx).default_currency ?? 'usd'
  const { amount, rate } = settle(movement.amount, movement.currency, currency, ctx.now)
  const fee = movement.fee ?? 0
  const details = [
    {
      amount: fee,
      application: null,
      currency,
      description: movement.feeDescription ?? 'Stripe processing fees',
      type: 'stripe_fee',
    },
  ]
  return create(ctx, 'balance_transaction', {
    id: newId('balance_transaction'),
    object: 'balance_transaction',
    amount,
    available_on: ctx.now + 2 * 86_400,
    balance_type: 'payments',
    created: ctx.now,
    currency,
    description: movement.description,
    exchange_rate: rate,
    fee,
    fee_details: fee === 0 ? [] : details,
    net: amount - fee,
    reporting_category: movement.category,
    source: movement.source,
    status: 'pending',
    type: movement.type,
  })
}

/** Stripe's processing fee: 2.9 % of the settled amount and thirty cents (or their like). */
export function processingFee(ctx: Context, amount: number, currency: string): number {
  const home = account(ctx).default_currency ?? 'usd'
  return share(settle(amount, currency, home, ctx.now).amount, 29, 1000) + 30
}
