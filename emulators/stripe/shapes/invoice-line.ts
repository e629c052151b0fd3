import { Stripe } from 'stripe'
import { newId } from '../engine/ids.ts'
import type { Context } from '../engine/context.ts'
import { find, idOf } from '../engine/context.ts'

type LineGiven = {
  amount: number
  currency: string
  description: string | null
  period: { start: number; end: number }
  quantity: number
  parent: Stripe.InvoiceLineItem.Parent
  pricing: Stripe.InvoiceLineItem.Pricing | null
  subscription: string | null
  metadata?: Stripe.Metadata
  discountable?: boolean
  discounts?: (string | Stripe.Discount)[]
}

export function invoiceLine(given: LineGiven): Stripe.InvoiceLineItem {
  return {
    id: newId('line_item'),
    object: 'line_item',
    amount: given.amount,
    currency: given.currency,
    description: given.description,
    discount_amounts: [],
    discountable: given.discountable ?? true,
    discounts: given.discounts ?? [],
    invoice: null,
    livemode: false,
    metadata: given.metadata ?? {},
    parent: given.parent,
    period: given.period,
    pretax_credit_amounts: [],
    pricing: given.pricing,
    quantity: given.quantity,
    quantity_decimal: Stripe.Decimal.from(given.quantity),
    subscription: given.subscription,
    subtotal: given.amount,
    taxes: [],
  }
}

export function pricing(price: Stripe.Price, unit: string): Stripe.InvoiceLineItem.Pricing {
  return {
    price_details: { price: price.id, product: idOf(price.product) },
    type: 'price_details',
    unit_amount_decimal: Stripe.Decimal.from(unit),
  }
}

type ItemGiven = Pick<
  Stripe.InvoiceItem,
  'amount' | 'currency' | 'customer' | 'description' | 'period' | 'quantity' | 'pricing'
> &
  Partial<Stripe.InvoiceItem>

export function invoiceItem(ctx: Context, given: ItemGiven): Stripe.InvoiceItem {
  return {
    id: newId('invoiceitem'),
    object: 'invoiceitem',
    customer_account: null,
    date: ctx.now,
    discountable: true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    net_amount: given.amount,
    parent: null,
    proration: false,
    quantity_decimal: Stripe.Decimal.from(given.quantity),
    tax_rates: [],
    test_clock: find(ctx, 'customer', idOf(given.customer))?.test_clock ?? null,
    ...given,
  }
}
