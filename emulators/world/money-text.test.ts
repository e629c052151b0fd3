import { expect, test } from 'vitest'
import { moneyText, parseMoney } from './money-text.ts'

test('amounts follow the decimals of the currency at Stripe, and are never rounded', () => {
  expect(moneyText(4900, 'usd')).toBe('49.00 USD')
  expect(moneyText(-5, 'eur')).toBe('-0.05 EUR')
  expect(moneyText(5900, 'jpy')).toBe('5,900 JPY')
  expect(moneyText(1234567, 'kwd')).toBe('1,234.567 KWD')
  expect(moneyText(999_999_999_999, 'usd')).toBe('9,999,999,999.99 USD')
})

test('typed amounts are read in minor units or not at all', () => {
  expect(parseMoney('49', 'usd')).toBe(4900)
  expect(parseMoney('1,234.5', 'usd')).toBe(123_450)
  expect(parseMoney('5900', 'jpy')).toBe(5900)
  expect(parseMoney('49.005', 'usd')).toBeUndefined()
  expect(parseMoney('5900.5', 'jpy')).toBeUndefined()
  expect(parseMoney('-1', 'usd')).toBeUndefined()
})
