import { share } from './money.ts'

/** One discount on an invoice or line: per cent as exact decimal text, or an amount in minor units; null products = all. */
export type Rebate = { id: string; percent: string | null; amount: number | null; products: string[] | null }
export type Discountable = { amount: number; discountable: boolean; product: string | null; own: Rebate[] }
type Amount = { amount: number; discount: string }

/**
 * What each discount takes off each line: a line's own discounts first, then the invoice's, each in order on what the ones
 * before left over. A percentage is rounded per line, half away from zero; an amount is spread over the lines it fits by
 * what they have left, to the last unit, or to the currency's step. No line goes below zero, and credits take no discount.
 */
export function discountAmounts(lines: Discountable[], shared: Rebate[], step = 1): Amount[][] {
  const taken: Amount[][] = lines.map(() => [])
  const left = lines.map(({ amount, discountable }) => (discountable ? Math.max(0, amount) : 0))
  const apply = (rebate: Rebate, reach: number[]) => {
    const parts = partsOf(
      rebate,
      reach.map((index) => left[index] ?? 0),
      step,
    )
    for (const [place, index] of reach.entries()) {
      const amount = parts[place] ?? 0
      left[index] = (left[index] ?? 0) - amount
      taken[index]?.push({ amount, discount: rebate.id })
    }
  }
  for (const [index, line] of lines.entries()) for (const rebate of line.own) apply(rebate, [index])
  for (const rebate of shared) {
    const fits = ({ amount, discountable, product }: Discountable) =>
      discountable && amount > 0 && (rebate.products === null || rebate.products.includes(product ?? ''))
    apply(
      rebate,
      lines.flatMap((line, index) => (fits(line) ? [index] : [])),
    )
  }
  return taken
}

function partsOf({ percent, amount }: Rebate, left: number[], step: number): number[] {
  if (percent !== null) return left.map((rest) => percentOf(rest, percent, step))
  const whole = left.reduce((sum, rest) => sum + rest, 0)
  const steps = Math.floor(Math.min(amount ?? 0, whole) / step)
  return spread(steps, left, whole).map((part) => part * step)
}

/** A percentage given as decimal text, e.g. `12.5`, of an amount in minor units. */
export function percentOf(amount: number, percent: string, step = 1): number {
  const [whole = '0', fraction = ''] = percent.split('.')
  return share(amount, Number(whole + fraction), 100 * 10 ** fraction.length, step)
}

/** Splits a total by weight without losing a unit: what rounding down leaves goes to the largest remainders. */
export function spread(total: number, weights: number[], whole: number): number[] {
  if (whole === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight))
  const parts = exact.map((value) => Number(value / BigInt(whole)))
  const rest = total - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value % BigInt(whole) }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of byRemainder.slice(0, rest)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}
