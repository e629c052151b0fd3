import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { type Context, find, idOf } from './context.ts'
import { exponent, spoken, stepOf, times } from './money.ts'
import { graduatedParts, packages, type PricePart, type Tier, volumeParts } from './tiers.ts'

type Options = Record<string, { unit_amount: number | null; unit_amount_decimal: string }>

/** The unit price in a currency as exact decimal text in minor units: the price's own, or one of its `currency_options`. */
export function unitPrice(ctx: Context, price: Stripe.Price, currency: string): string {
  if (price.currency === currency) return String(price.unit_amount_decimal ?? 0)
  const option = ctx.store.get<Options>('stripe.price_options', price.id)?.[currency]
  if (option) return option.unit_amount_decimal
  throw invalid(
    `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
    'currency',
  )
}

export function tiersOf(ctx: Pick<Context, 'store'>, price: string): Stripe.Price.Tier[] {
  return ctx.store.get<{ tiers: Stripe.Price.Tier[] }>('stripe.price_tiers', price)?.tiers ?? []
}

/** What a quantity is billed as: one part, or for tiered prices one per tier and flat amount. */
export function priceParts(ctx: Context, price: Stripe.Price, currency: string, quantity: number): PricePart[] {
  const unit = unitPrice(ctx, price, currency)
  if (price.billing_scheme !== 'tiered') {
    const count = price.transform_quantity ? packages(quantity, price.transform_quantity) : quantity
    return [{ quantity: count, unit, tier: null, flat: false }]
  }
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value as string))
  const tiers: Tier[] = tiersOf(ctx, price.id).map((tier) => ({
    up_to: tier.up_to,
    unit: text(tier.unit_amount_decimal),
    flat: text(tier.flat_amount_decimal),
  }))
  return price.tiers_mode === 'volume' ? volumeParts(tiers, quantity) : graduatedParts(tiers, quantity)
}

/** What a quantity costs for a whole period; every part is rounded on its own, as its line is. */
export const itemAmount = (ctx: Context, price: Stripe.Price, currency: string, quantity: number): number =>
  priceParts(ctx, price, currency, quantity).reduce(
    (sum, part) => sum + times(part.unit, part.quantity, stepOf(currency)),
    0,
  )

export const isMetered = (price: Stripe.Price): boolean => price.recurring?.usage_type === 'metered'

export function productName(ctx: Context, price: Stripe.Price): string {
  return find(ctx, 'product', idOf(price.product))?.name ?? 'Product'
}

/** The sentence of a plain line, e.g. `5 × Team (at $12.00 / month)`, `3 × Team (Tier 2 at $4.00 / month)`. */
export function lineWords(ctx: Context, price: Stripe.Price, currency: string, part: PricePart): string {
  const { unit, quantity, tier, flat } = part
  const at = /^\d+$/.test(unit)
    ? spoken(Number(unit), currency)
    : `${(Number(unit) / 10 ** exponent(currency)).toString()} ${currency.toUpperCase()}`
  const which = tier === null ? '' : flat ? `Flat fee for tier ${tier} ` : `Tier ${tier} `
  return `${quantity} × ${productName(ctx, price)} (${which}at ${at} / ${every(price.recurring)})`
}

function every(recurring: Stripe.Price.Recurring | null): string {
  if (!recurring) return 'each'
  const { interval, interval_count } = recurring
  return interval_count === 1 ? interval : `every ${interval_count} ${interval}s`
}
