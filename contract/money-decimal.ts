/**
 * Exact products of decimal texts, as Stripe writes unit amounts and quantities ("0.0125", "1200"): no float on the way.
 * A decimal is an optional minus, digits and at most twelve places.
 */
export type Decimal = { digits: bigint; places: number }

const form = /^-?\d{1,15}(?:\.\d{1,12})?$/

/** Undefined when the text is no such decimal. */
export function decimal(text: string): Decimal | undefined {
  if (!form.test(text)) return undefined
  const [whole = '', fraction = ''] = text.split('.')
  return { digits: BigInt(whole + fraction), places: fraction.length }
}

/** The product rounded once, half away from zero; undefined for texts that are no decimals or products past 2^53. */
export function timesDecimal(...factors: readonly string[]): number | undefined {
  let [digits, places] = [1n, 0]
  for (const factor of factors) {
    const value = decimal(factor)
    if (!value) return undefined
    digits *= value.digits
    places += value.places
  }
  return rounded(digits, places)
}

/** The sum of products, rounded once: graduated tiers are reckoned so. */
export function sumOfProducts(products: readonly (readonly [string, string])[]): number | undefined {
  const deep = 24
  let sum = 0n
  for (const [left, right] of products) {
    const [a, b] = [decimal(left), decimal(right)]
    if (!a || !b) return undefined
    sum += a.digits * b.digits * 10n ** BigInt(deep - a.places - b.places)
  }
  return rounded(sum, deep)
}

function rounded(digits: bigint, places: number): number | undefined {
  const unit = 10n ** BigInt(places)
  const size = digits < 0n ? -digits : digits
  const whole = Number((size * 2n + unit) / (unit * 2n))
  if (!Number.isSafeInteger(whole)) return undefined
  return digits < 0n && whole !== 0 ? -whole : whole
}
