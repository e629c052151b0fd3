import { share } from './money.ts'

/** What was or will be billed (minor units, after discounts) for a span of time, in seconds. */
export type Billed = { amount: number; start: number; end: number }

/** The part of what was billed that falls after a moment, to the second, rounded half away from zero to the currency's step. */
export const remaining = ({ amount, start, end }: Billed, at: number, step = 1): number =>
  end <= start ? 0 : share(amount, end - at, end - start, step)
