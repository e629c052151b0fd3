import { sumOfProducts, timesDecimal } from '#contract/money-decimal.ts'
import type { PriceFacts, TierFacts } from './facts.ts'
import { amountWords, unitWords } from './words.ts'

/** What a tier adds: `units` of it after the first `from`, at its unit price, and its flat fee once. `step` counts from 1. */
export type TierPart = { units: number; from: number; step: number; tier: TierFacts }

/**
 * A quantity priced by tiers: graduated takes each step at its own price, volume all units at the price of the step the
 * whole quantity reaches. Nothing used still reaches the first step, so its flat fee is due. Rounded once, or where that
 * differs part by part; none where the tiers do not cover the quantity.
 */
export function tierPrice(price: PriceFacts, quantity: number, currency: string): { amount: number; words: string }[] {
  const parts = tierParts(price, quantity)
  if (!parts.length) return []
  const products = parts.flatMap(({ units, tier }): [string, string][] => [
    [tier.unit ?? '0', String(units)],
    [tier.flat ?? '0', '1'],
  ])
  const steps = parts.map((part, index) =>
    partWords(part, currency, price.tiersMode === 'volume' ? 'all' : index ? 'next' : 'first'),
  )
  return [sumOfProducts(products), sumOfRounded(products)].flatMap((amount) =>
    amount === undefined ? [] : [{ amount, words: `${steps.join(' + ')} = ${amountWords(amount, currency)}` }],
  )
}

export function tierParts({ tiers, tiersMode }: PriceFacts, quantity: number): TierPart[] {
  return tiersMode === 'volume' ? volumeParts(tiers, quantity) : graduatedParts(tiers, quantity)
}

function graduatedParts(tiers: readonly TierFacts[], quantity: number): TierPart[] {
  const parts: TierPart[] = []
  let from = 0
  for (const [index, tier] of tiers.entries()) {
    const units = Math.min(quantity, tier.upTo ?? quantity) - from
    if (units > 0 || index === 0) parts.push({ units: Math.max(0, units), from, step: index + 1, tier })
    from = tier.upTo ?? quantity
    if (from >= quantity) return parts
  }
  return []
}

function volumeParts(tiers: readonly TierFacts[], quantity: number): TierPart[] {
  const index = tiers.findIndex((one) => one.upTo === undefined || quantity <= one.upTo)
  const tier = tiers[index]
  return tier ? [{ units: quantity, from: 0, step: index + 1, tier }] : []
}

function sumOfRounded(products: readonly [string, string][]): number | undefined {
  const amounts = products.map(([left, right]) => timesDecimal(left, right))
  return amounts.reduce<number | undefined>(
    (all, amount) => (all === undefined || amount === undefined ? undefined : all + amount),
    0,
  )
}

function partWords({ units, tier }: TierPart, currency: string, which: string): string {
  const each = tier.unit === undefined ? '' : `${which} ${units} × ${unitWords(tier.unit, currency)}`
  const flat = tier.flat === undefined || Number(tier.flat) === 0 ? '' : `${unitWords(tier.flat, currency)} flat`
  return [each, flat].filter(Boolean).join(' + ') || `${which} ${units} free`
}
