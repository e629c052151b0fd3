import * as z from 'zod'
import { isCurrency, isoExponent, minimumCharges, stripeExponent, stripeStep } from './currencies.ts'

/** Integer minor units by ISO 4217's exponent (1,000 JPY is 1000, 1 KWD is 1000) and an upper-case ISO code. May be negative. */
export const Money = z.object({
  amount: z.int(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .refine(isCurrency, 'is not an ISO 4217 currency'),
})
export type Money = z.infer<typeof Money>

/** Throws RangeError when the amount is not a safe integer: such a number has already lost money. */
export function money(amount: number, currency: string): Money {
  return { amount: safe(amount), currency: currency.toUpperCase() }
}

/** Throws RangeError when the currencies differ, as do subtract and compare. */
export function add(a: Money, b: Money): Money {
  return money(a.amount + sameCurrency(a, b).amount, a.currency)
}

export function subtract(a: Money, b: Money): Money {
  return money(a.amount - sameCurrency(a, b).amount, a.currency)
}

export function negate(a: Money): Money {
  return money(-a.amount, a.currency)
}

/** Negative, zero or positive, as for sort. */
export function compare(a: Money, b: Money): number {
  return Math.sign(a.amount - sameCurrency(a, b).amount)
}

export function isZero(a: Money): boolean {
  return a.amount === 0
}

export function sum(list: readonly Money[], currency: string): Money {
  return list.reduce(add, money(0, currency))
}

/** amount × numerator ÷ denominator, exact, rounded half away from zero once. The denominator is positive. */
export function scale(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(amount) * BigInt(numerator)
  const size = product < 0n ? -product : product
  const rounded = Number((size * 2n + BigInt(denominator)) / (BigInt(denominator) * 2n))
  return safe(product < 0n ? -rounded : rounded)
}

/**
 * Splits by whole non-negative weights so that the parts sum to the whole: each gets its floor, what is left goes one unit
 * each to the largest remainders, the earlier of equals first. Throws RangeError on weights that give nobody anything.
 */
export function allocate(whole: Money, weights: readonly number[]): Money[] {
  const total = weights.reduce((all, weight) => all + weight, 0)
  if (
    weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0) ||
    !Number.isSafeInteger(total) ||
    total === 0
  )
    throw new RangeError('weights must be whole, not negative, and not all zero')
  const size = BigInt(Math.abs(whole.amount))
  const shares = weights.map((weight, index) => {
    const product = size * BigInt(weight)
    return { index, units: Number(product / BigInt(total)), remainder: product % BigInt(total) }
  })
  let left = Math.abs(whole.amount) - shares.reduce((all, share) => all + share.units, 0)
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
  )
  for (const share of byRemainder) if (left-- > 0) share.units += 1
  return shares.map((share) => money(whole.amount < 0 ? -share.units : share.units, whole.currency))
}

/** False for amounts our minor units cannot hold, such as half a króna. Check before fromStripe where the amount may be odd. */
export function isExactFromStripe(amount: number, currency: string): boolean {
  return Number.isSafeInteger(amount) && Number.isSafeInteger(isoUnits(amount, currency.toUpperCase()))
}

/** From Stripe's integer and lower-case code. Throws RangeError when the amount has no exact ISO minor units. */
export function fromStripe(amount: number, currency: string): Money {
  const code = currency.toUpperCase()
  return money(isoUnits(amount, code), code)
}

/** False when Stripe would refuse the amount: parts of a unit it does not send, or off its step (KWD's last digit, ISK's 00). */
export function isExactForStripe(value: Money): boolean {
  const units = stripeUnits(value)
  return Number.isSafeInteger(units) && units % stripeStep(value.currency) === 0
}

/** To Stripe's integer. Throws RangeError when Stripe has no such amount. */
export function toStripe(value: Money): number {
  return safe(stripeUnits(value))
}

/** Rounds an amount in Stripe units to one Stripe accepts; down unless told otherwise, so that nobody is charged or refunded more. */
export function roundToStripeStep(amount: number, currency: string, way: 'down' | 'up' | 'nearest' = 'down'): number {
  const step = stripeStep(currency.toUpperCase())
  const steps = amount / step
  const whole =
    way === 'down'
      ? Math.floor(steps)
      : way === 'up'
        ? Math.ceil(steps)
        : Math.sign(steps) * Math.round(Math.abs(steps))
  return safe(whole * step)
}

/** The smallest charge Stripe takes, where a table names one; `minimums` replaces the built-in table. */
export function minimumCharge(
  currency: string,
  minimums: Readonly<Record<string, number>> = minimumCharges.amounts,
): Money | undefined {
  const amount = minimums[currency]
  return amount === undefined ? undefined : money(amount, currency)
}

function safe(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a whole number of minor units`)
  return amount === 0 ? 0 : amount
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} cannot be reckoned together`)
  return b
}

function isoUnits(amount: number, currency: string): number {
  return shift(amount, isoExponent(currency) - stripeExponent(currency))
}

function stripeUnits(value: Money): number {
  return shift(value.amount, stripeExponent(value.currency) - isoExponent(value.currency))
}

function shift(amount: number, digits: number): number {
  return digits < 0 ? amount / 10 ** -digits : amount * 10 ** digits
}
