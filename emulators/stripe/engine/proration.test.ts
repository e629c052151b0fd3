import { expect, test } from 'vitest'
import { times } from './money.ts'
import { remaining } from './proration.ts'

const MONTH = 30 * 86_400

test.each([
  // 20.00 and 50.00 with half the month left.
  ['2000', 1, MONTH / 2, MONTH, 1000],
  ['5000', 1, MONTH / 2, MONTH, 2500],
  // 3 and 5 seats of 10.00 with a quarter left.
  ['1000', 3, MONTH / 4, MONTH, 750],
  ['1000', 5, MONTH / 4, MONTH, 1250],
  // Thirds round half away from zero: 333.3 and 666.7; exactly half a cent goes away from zero.
  ['1000', 1, 1, 3, 333],
  ['2000', 1, 1, 3, 667],
  ['5', 1, 1, 2, 3],
  ['15', 1, 1, 2, 8],
  // One second of a month at 9.99 is worth nothing; the whole period everything, none of it nothing.
  ['999', 2, 1, MONTH, 0],
  ['2500', 1, MONTH, MONTH, 2500],
  ['2500', 1, 0, MONTH, 0],
  // A unit price of half a cent: seven units are 3.5, rounded to 4 before the share is taken.
  ['0.5', 7, 1, 2, 2],
  // One week of a 31-day month at 12,000 yen: 2709.67.
  ['12000', 1, 7, 31, 2710],
])('%s × %i with %i of %i left is %i', (unit, quantity, left, whole, expected) => {
  expect(remaining({ amount: times(unit, quantity), start: 0, end: whole }, whole - left)).toBe(expected)
})
