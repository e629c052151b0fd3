import '../../messages/rooms/billing.ts'
import { expect, test } from 'vitest'
import { money } from '#contract/money.ts'
import { readAmount } from './amount-problem.ts'

const usd = { min: money(1, 'USD'), max: money(49_00, 'USD') }

test.each([
  ['49', 49_00],
  ['49.00 USD', 49_00],
  [' $12.5 ', 12_50],
  ['0.01', 1],
])('%j is read as %d minor units', (typed, amount) => {
  expect(readAmount(typed, usd)).toEqual({ amount, error: null })
})

test.each([
  ['49.01', /At most 49\.00 USD/],
  ['0', /At least 0\.01 USD/],
  ['-5', /At least/],
  ['12,50', /could mean 12.50 or 1250/],
  ['12 EUR', /in USD, not EUR/],
  ['', /not an amount/],
])('%j is refused with a sentence', (typed, sentence) => {
  expect(readAmount(typed, usd)).toEqual({ amount: null, error: expect.stringMatching(sentence) })
})

test('a currency without decimals takes whole amounts only', () => {
  const jpy = { min: money(1, 'JPY'), max: money(9_800, 'JPY') }
  expect(readAmount('9,800', jpy).amount).toBe(9_800)
  expect(readAmount('98.00', jpy).error).toMatch(/no decimals/)
})
