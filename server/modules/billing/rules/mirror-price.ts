import * as z from 'zod'
import type { PriceFacts, TaxRateFacts, TierFacts } from './facts.ts'
import { read, ref, text, whole, type Read } from './mirror-object.ts'

/** The whole-number field says the same as the decimal one where that is absent. */
const Tier = z.object({
  up_to: whole,
  unit_amount: whole,
  unit_amount_decimal: text,
  flat_amount: whole,
  flat_amount_decimal: text,
})

const tiers = z
  .array(Tier)
  .nullish()
  .transform((list) =>
    (list ?? []).map((tier): TierFacts => ({
      upTo: tier.up_to,
      unit: tier.unit_amount_decimal ?? tier.unit_amount?.toString(),
      flat: tier.flat_amount_decimal ?? tier.flat_amount?.toString(),
    })),
  )

const amounts = { unit_amount: z.int().nullish(), unit_amount_decimal: text, tiers }

/** A price as it stands on a subscription item, or read by itself; only then with tiers and other currencies. */
export const Price = z.object({
  id: z.string(),
  product: ref,
  nickname: text,
  currency: z.string(),
  ...amounts,
  tiers_mode: text,
  transform_quantity: z.object({ divide_by: z.int(), round: z.string() }).nullish(),
  recurring: z.object({ interval: z.string(), interval_count: z.int(), usage_type: text }).nullish(),
  currency_options: z.record(z.string(), z.object(amounts)).nullish(),
})

export function priceDetail(raw: z.infer<typeof Price>): PriceFacts {
  return {
    id: raw.id,
    currency: raw.currency,
    unitAmount: unitOf(raw),
    tiersMode: raw.tiers_mode,
    tiers: raw.tiers,
    divideBy: raw.transform_quantity?.divide_by,
    roundUp: raw.transform_quantity?.round === 'up',
    metered: raw.recurring?.usage_type === 'metered',
    ...(raw.recurring ? { every: { interval: raw.recurring.interval, count: raw.recurring.interval_count } } : {}),
    elsewhere: Object.fromEntries(
      Object.entries(raw.currency_options ?? {}).map(([currency, option]) => [
        currency,
        { unitAmount: unitOf(option), tiers: option.tiers },
      ]),
    ),
  }
}

function unitOf(raw: { unit_amount?: number | null | undefined; unit_amount_decimal?: string | undefined }) {
  return raw.unit_amount_decimal ?? raw.unit_amount?.toString()
}

const TaxRate = z.object({ id: z.string(), display_name: z.string(), percentage: z.number() })

export const priceFacts = (json: unknown): Read<PriceFacts> =>
  read(Price.extend({ object: z.literal('price') }).transform(priceDetail), 'price', json)
export const taxRateFacts = (json: unknown): Read<TaxRateFacts> =>
  read(
    TaxRate.transform(({ display_name: name, ...rate }) => ({ ...rate, name })),
    'tax rate',
    json,
  )
