import { randomBytes } from 'node:crypto'
import type { Stripe } from 'stripe'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'

export function customer(ctx: Context): Stripe.Customer {
  return {
    id: newId('customer'),
    object: 'customer',
    address: null,
    balance: 0,
    created: ctx.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomBytes(4).toString('hex').toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  }
}

export function balanceTransaction(
  ctx: Context,
  customer: Stripe.Customer,
  given: {
    amount: number
    currency: string
    type: string
    invoice?: string
    credit_note?: string
    description?: string | null
  },
): Stripe.CustomerBalanceTransaction {
  return {
    id: newId('customer_balance_transaction'),
    object: 'customer_balance_transaction',
    amount: given.amount,
    checkout_session: null,
    created: ctx.now,
    credit_note: given.credit_note ?? null,
    currency: given.currency,
    customer: customer.id,
    customer_account: null,
    description: given.description ?? null,
    ending_balance: customer.balance + given.amount,
    invoice: given.invoice ?? null,
    livemode: false,
    metadata: {},
    type: given.type,
  }
}
