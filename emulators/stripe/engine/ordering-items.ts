import type { Stripe } from 'stripe'
import { absent } from '../http/params.ts'
import { invoiceItem } from '../shapes/invoice-line.ts'
import { change, create, mergeMetadata } from './changes.ts'
import { type Context, idOf } from './context.ts'
import { addToDraft, redrawLine, refuseFinalized } from './draft-lines.ts'
import { ratesNamed } from './tax-rates.ts'
import { type DiscountOrder, redeem } from './redeeming.ts'
import { orderCurrency, priceItem, type PriceOrder } from './item-pricing.ts'

export type ItemOrder = PriceOrder & {
  currency?: string
  description?: string
  discountable?: boolean
  discounts?: DiscountOrder[] | null
  metadata?: Record<string, string> | null
  period?: { start: number; end: number }
  tax_rates?: string[] | null
}

/** Makes an invoice item: on the given draft at once, or pending for the customer's next invoice. */
export function orderItem(
  ctx: Context,
  customer: Stripe.Customer,
  order: ItemOrder,
  place: { draft?: Stripe.Invoice; subscription?: string } = {},
): Stripe.InvoiceItem {
  const { draft, subscription } = place
  if (draft) refuseFinalized(draft)
  const currency = order.currency ?? orderCurrency(ctx, order) ?? draft?.currency ?? customer.currency ?? undefined
  if (currency === undefined) throw absent('currency')
  const { amount, quantity, pricing, product } = priceItem(ctx, order, currency)
  const owner = { type: 'subscription_details' as const }
  const fresh = invoiceItem(ctx, {
    amount,
    currency,
    customer: customer.id,
    description: order.description ?? product,
    discountable: order.discountable ?? true,
    invoice: draft?.id ?? null,
    metadata: mergeMetadata({}, order.metadata),
    parent: subscription === undefined ? null : { ...owner, subscription_details: { subscription } },
    period: order.period ?? { start: ctx.now, end: ctx.now },
    pricing,
    quantity,
    tax_rates: ratesNamed(ctx, order.tax_rates ?? null, 'tax_rates'),
  })
  const discounts = itemDiscounts(ctx, fresh, order.discounts ?? [])
  const item = create(ctx, 'invoiceitem', { ...fresh, discounts }, 'invoiceitem.created')
  if (draft) addToDraft(ctx, draft, item)
  return item
}

/** Changes an invoice item that is pending or on a draft, whose line and sums follow. */
export function reorderItem(
  ctx: Context,
  before: Stripe.InvoiceItem,
  order: Omit<ItemOrder, 'currency'>,
  draft: Stripe.Invoice | undefined,
): Stripe.InvoiceItem {
  if (draft) refuseFinalized(draft)
  const { metadata, amount, quantity, unit_amount_decimal, pricing, price_data, discounts, tax_rates, ...given } = order
  const asked = { amount, quantity, unit_amount_decimal, pricing, price_data }
  const priced = Object.values(asked).some((part) => part !== undefined) ? repriced(ctx, before, asked) : {}
  const redeemed = discounts === undefined ? {} : { discounts: itemDiscounts(ctx, before, discounts ?? []) }
  const taxes = tax_rates === undefined ? {} : { tax_rates: ratesNamed(ctx, tax_rates, 'tax_rates') }
  const patch = { ...given, ...priced, ...redeemed, ...taxes, metadata: mergeMetadata(before.metadata, metadata) }
  const after = change(ctx, 'invoiceitem', before, patch)
  if (draft) redrawLine(ctx, draft, after)
  return after
}

function itemDiscounts(ctx: Context, item: Stripe.InvoiceItem, orders: DiscountOrder[]): string[] {
  const { currency, id, amount } = item
  const known = (item.discounts ?? []).map(idOf)
  return redeem(ctx, orders, { customer: idOf(item.customer), currency, owner: { invoice_item: id }, known, amount })
}

/** A new quantity alone keeps the unit price. */
function repriced(ctx: Context, before: Stripe.InvoiceItem, asked: PriceOrder): Partial<Stripe.InvoiceItem> {
  const { quantity, ...how } = asked
  const unit = String(before.pricing?.unit_amount_decimal ?? before.amount)
  const same = Object.values(how).every((part) => part === undefined) ? { unit_amount_decimal: unit } : how
  const count = quantity ?? before.quantity
  const priced = priceItem(ctx, { ...same, quantity: count }, before.currency)
  const pricing = same === how ? priced.pricing : before.pricing
  return { amount: priced.amount, net_amount: priced.amount, quantity: count, pricing }
}
