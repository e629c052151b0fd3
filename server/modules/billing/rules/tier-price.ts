import { sumOfProducts } from '#contract/money-decimal.ts'
import type { PriceFacts, TierFacts } from './facts.ts'
import { amountWords, unitWords } from './words.ts'

/** What a tier adds: `units` of it at its unit price, and its flat fee once. */
type TierPart = { units: number; from: number; tier: TierFacts }

/**
 * A quantity priced by tiers: graduated takes each step at its own price, volume all units at the price of the step the
 * whole quantity reaches. Nothing used still reaches the first step, so its flat fee is due. Rounded once; undefined where
 * the tiers do not cover the quantity.
 */
export function tierPrice(
  price: PriceFacts,
  quantity: number,
  currency: string,
): { amount: number; words: string } | undefined {
  const parts =
    price.tiersMode === 'volume' ? volumeParts(price.tiers, quantity) : graduatedParts(price.tiers, quantity)
  if (!parts.length) return undefined
  const amount = sumOfProducts(
    parts.flatMap(({ units, tier }): [string, string][] => [
      [tier.unit ?? '0', String(units)],
      [tier.flat ?? '0', '1'],
    ]),
  )
  if (amount === undefined) return undefined
  const steps = parts.map((part, index) =>
    partWords(part, currency, price.tiersMode === 'volume' ? 'all' : index ? 'next' : 'first'),
  )
  return { amount, words: `${steps.join(' + ')} = ${amountWords(amount, currency)}` }
}

function graduatedParts(tiers: readonly TierFacts[], quantity: number): TierPart[] {
  const parts: TierPart[] = []
  let from = 0
  for (const tier of tiers) {
    const units = Math.min(quantity, tier.upTo ?? quantity) - from
    if (units > 0 || (from === 0 && parts.length === 0)) parts.push({ units: Math.max(0, units), from, tier })
    from = tier.upTo ?? quantity
    if (from >= quantity) return parts
  }
  return []
}

function volumeParts(tiers: readonly TierFacts[], quantity: number): TierPart[] {
  const tier = tiers.find((one) => one.upTo === undefined || quantity <= one.upTo)
  return tier ? [{ units: quantity, from: 0, tier }] : []
}

function partWords({ units, tier }: TierPart, currency: string, which: string): string {
  const each = tier.unit === undefined ? '' : `${which} ${units} × ${unitWords(tier.unit, currency)}`
  const flat = tier.flat === undefined || Number(tier.flat) === 0 ? '' : `${unitWords(tier.flat, currency)} flat`
  return [each, flat].filter(Boolean).join(' + ') || `${which} ${units} free`
}
