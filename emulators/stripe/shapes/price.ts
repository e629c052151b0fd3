import { Stripe } from 'stripe'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'

type PriceGiven = {
  currency: string
  product: string
  /** Exact decimal text in minor units; null when the price is tiered. */
  unit: string | null
  recurring: { interval: string; interval_count: number; meter?: string | null; usage_type?: string } | null
  tiers_mode?: 'graduated' | 'volume'
  transform_quantity?: { divide_by: number; round: 'down' | 'up' }
  active?: boolean
  nickname?: string | null
  lookup_key?: string | null
  metadata?: Stripe.Metadata
  tax_behavior?: string
}

export function price(ctx: Context, given: PriceGiven): Stripe.Price {
  return {
    id: newId('price'),
    object: 'price',
    active: given.active ?? true,
    billing_scheme: given.unit === null ? 'tiered' : 'per_unit',
    created: ctx.now,
    currency: given.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: given.metadata ?? {},
    nickname: given.nickname ?? null,
    product: given.product,
    recurring: given.recurring && { meter: null, trial_period_days: null, usage_type: 'licensed', ...given.recurring },
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: given.tiers_mode ?? null,
    transform_quantity: given.transform_quantity ?? null,
    type: given.recurring ? 'recurring' : 'one_time',
    ...(given.unit === null ? { unit_amount: null, unit_amount_decimal: null } : amounts(given.unit)),
  }
}

/** A unit price as both fields show it; `unit_amount` is null when it has a fraction of a minor unit. */
export function amounts(unit: string): { unit_amount: number | null; unit_amount_decimal: Stripe.Decimal } {
  const whole = /^-?\d+$/.test(unit) ? Number(unit) : null
  return { unit_amount: whole, unit_amount_decimal: Stripe.Decimal.from(unit) }
}

/** The legacy plan that the API still shows beside each subscription item's price. */
export function planOf(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: price.transform_quantity,
    trial_period_days: null,
    usage_type: price.recurring?.usage_type ?? 'licensed',
  }
}
