import '../../messages/rooms/billing.ts'
import { expect, test } from 'vitest'
import type { ContactBilling } from '#contract/billing.ts'
import { money } from '#contract/money.ts'
import { billedCurrencies } from './billed-currencies.ts'
import { readCredit } from './read-credit.ts'

test.each([
  ['12.5', 'USD', 12_50],
  ['1,200 USD', 'USD', 1200_00],
  ['9,800', 'JPY', 9_800],
])('%j is a credit in %s', (typed, currency, amount) => {
  expect(readCredit(typed, currency)).toEqual({ money: money(amount, currency), error: null })
})

test.each([
  ['0', /above zero/],
  ['-5', /above zero/],
  ['12,50', /could mean/],
  ['12 EUR', /in USD, not EUR/],
])('%j is refused with a sentence', (typed, sentence) => {
  expect(readCredit(typed, 'USD')).toEqual({ money: null, error: expect.stringMatching(sentence) })
})

test('the currencies offered are those the customer is billed in, the subscription’s first', () => {
  const customer = {
    subscriptions: [{ unit: money(4900, 'EUR') }, { unit: null }],
    charges: [{ money: money(100, 'USD') }, { money: money(100, 'EUR') }],
    invoices: [],
  } as unknown as ContactBilling['customers'][number]
  expect(billedCurrencies(customer)).toEqual(['EUR', 'USD'])
  expect(billedCurrencies(undefined)).toEqual([])
})
