import { Stripe } from 'stripe'
import { type Context, must } from '../engine/context.ts'
import { invalid } from '../http/errors.ts'
import * as p from '../http/params.ts'
import { amounts } from '../shapes/price.ts'

export const recurringParams = p.object({
  interval: p.needed(p.oneOf('day', 'week', 'month', 'year')),
  interval_count: p.integer(1),
  meter: p.string(),
  usage_type: p.oneOf('licensed', 'metered'),
})
type RecurringGiven = { interval: string; interval_count?: number; meter?: string; usage_type?: string }

/** How often a price recurs, and by which meter when it bills usage. */
export function recurringOf(ctx: Context, given: RecurringGiven | undefined) {
  if (!given) return null
  const { interval, interval_count = 1, meter, usage_type = 'licensed' } = given
  if (usage_type === 'metered') {
    if (meter === undefined) throw p.absent('recurring[meter]')
    if (must(ctx, 'meter', meter, 'recurring[meter]').status !== 'active')
      throw invalid('The meter is inactive and cannot be used for a new price.', 'recurring[meter]')
  } else if (meter !== undefined)
    throw invalid('A meter can only be set when usage_type is metered.', 'recurring[meter]')
  return { interval, interval_count, meter: meter ?? null, usage_type }
}

export const unitParams = { unit_amount: p.integer(0), unit_amount_decimal: p.decimal }

/** The unit price as exact decimal text in minor units, from whichever of the two parameters was given. */
export function unitOf(given: { unit_amount?: number; unit_amount_decimal?: string }): string {
  const unit = either(given.unit_amount, given.unit_amount_decimal, 'unit_amount')
  if (unit === null) throw p.absent('unit_amount')
  return unit
}

function either(amount: number | undefined, decimal: string | undefined, name: string): string | null {
  if (amount !== undefined && decimal !== undefined)
    throw invalid(
      `You may only specify one of these parameters: ${name}, ${name}_decimal.`,
      name,
      'parameters_exclusive',
    )
  return decimal ?? amount?.toString() ?? null
}

export const schemeParams = {
  billing_scheme: p.oneOf('per_unit', 'tiered'),
  tiers: p.list(
    p.object({
      ...unitParams,
      flat_amount: p.integer(0),
      flat_amount_decimal: p.decimal,
      up_to: p.needed(p.either(p.literal('inf'), p.integer(1))),
    }),
  ),
  tiers_mode: p.oneOf('graduated', 'volume'),
  transform_quantity: p.object({ divide_by: p.needed(p.integer(1)), round: p.needed(p.oneOf('down', 'up')) }),
}
type TierGiven = {
  unit_amount?: number
  unit_amount_decimal?: string
  flat_amount?: number
  flat_amount_decimal?: string
  up_to: number | 'inf'
}
type SchemeGiven = {
  billing_scheme?: string
  tiers?: TierGiven[]
  tiers_mode?: 'graduated' | 'volume'
  transform_quantity?: { divide_by: number; round: 'down' | 'up' }
  unit_amount?: number
  unit_amount_decimal?: string
}

/** The tiers of a tiered price, checked; null for a price per unit. */
export function schemeOf(given: SchemeGiven): Stripe.Price.Tier[] | null {
  const { billing_scheme: scheme = 'per_unit', tiers, tiers_mode, transform_quantity } = given
  if (scheme === 'per_unit') {
    const stray = tiers ? 'tiers' : tiers_mode ? 'tiers_mode' : undefined
    if (stray) throw invalid('Tiers can only be set when billing_scheme is tiered.', stray)
    return null
  }
  if (!tiers || tiers.length === 0) throw p.absent('tiers')
  if (!tiers_mode) throw p.absent('tiers_mode')
  if (transform_quantity) throw invalid('transform_quantity cannot be combined with tiers.', 'transform_quantity')
  if (given.unit_amount !== undefined || given.unit_amount_decimal !== undefined)
    throw invalid('A tiered price has no unit amount of its own.', 'unit_amount')
  return tiers.map((tier, index) => tierOf(tiers, tier, index))
}

function tierOf(tiers: TierGiven[], tier: TierGiven, index: number): Stripe.Price.Tier {
  const at = `tiers[${index}]`
  const last = index === tiers.length - 1
  if ((tier.up_to === 'inf') !== last)
    throw invalid('The last tier, and only the last, must have up_to set to inf.', `${at}[up_to]`)
  const below = tiers[index - 1]?.up_to
  if (typeof below === 'number' && typeof tier.up_to === 'number' && tier.up_to <= below)
    throw invalid('Each tier must reach further than the one before.', `${at}[up_to]`)
  const unit = either(tier.unit_amount, tier.unit_amount_decimal, `${at}[unit_amount]`)
  const flat = either(tier.flat_amount, tier.flat_amount_decimal, `${at}[flat_amount]`)
  if (unit === null && flat === null) throw p.absent(`${at}[unit_amount]`)
  const shown = unit === null ? { unit_amount: null, unit_amount_decimal: null } : amounts(unit)
  return {
    flat_amount: flat !== null && /^\d+$/.test(flat) ? Number(flat) : null,
    flat_amount_decimal: flat === null ? null : Stripe.Decimal.from(flat),
    ...shown,
    up_to: tier.up_to === 'inf' ? null : tier.up_to,
  }
}
