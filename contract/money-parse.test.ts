import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMoney } from './money-parse.ts'
import { formatMoney } from './money-text.ts'
import { money } from './money.ts'

const parsed = (text: string, currency: string, locale?: string): number | string => {
  const result = parseMoney(text, currency, locale)
  return result.ok ? result.money.amount : result.sentence
}

describe('parseMoney', () => {
  it('reads what people type', () => {
    expect(parsed('49', 'USD')).toBe(4900)
    expect(parsed('$1,234.5', 'USD')).toBe(123_450)
    expect(parsed(' 49.00 usd ', 'USD')).toBe(4900)
    expect(parsed('-0.05', 'USD')).toBe(-5)
    expect(parsed('1000', 'JPY')).toBe(1000)
  })

  it.each([
    ['1.234,56 €', 'EUR', 'de', 123_456],
    ['1 234,5', 'EUR', 'fr', 123_450],
    ["1'234.50", 'CHF', 'de-CH', 123_450],
    ['¥1,000', 'JPY', 'en', 1000],
    ['¥1,000', 'JPY', 'ja', 1000],
    ['\uffe51,000', 'JPY', 'ja', 1000],
    ['12,34,567.00', 'INR', 'en-IN', 123_456_700],
    ['1 234,50 zł', 'PLN', 'pl', 123_450],
    ['−49 kr', 'SEK', 'sv', -4900],
    ['1.250', 'KWD', 'en', 1250],
    ['١٬٢٣٤٫٥٠', 'USD', 'ar-EG', 123_450],
  ])('reads %s as %s in %s', (text, currency, locale, amount) => {
    expect(parsed(text, currency, locale)).toBe(amount)
  })

  it('refuses rather than guesses', () => {
    expect(parsed('12,50', 'EUR')).toBe('"12,50" could mean 12.50 or 1250; write it like 1,234,567.89 EUR.')
    expect(parsed('12.50', 'EUR', 'de')).toContain('could mean 12.50 or 1250; write it like 1.234.567,89 EUR')
    expect(parsed('49.005', 'USD')).toBe('USD has 2 decimals.')
    expect(parsed('1.234', 'EUR')).toBe('EUR has 2 decimals.')
    expect(parsed('49.5', 'JPY')).toBe('JPY has no decimals.')
    expect(parsed('49 EUR', 'USD')).toBe('This amount is in USD, not EUR.')
    expect(parsed('€49', 'USD')).toBe('This amount is in USD, not €.')
    expect(parsed('$49', 'CAD')).toBe('This amount is in CAD, not $.')
    for (const text of ['', '.', 'abc', '1.2.3', '1e3', '--5', '99999999999999999', '1,23,456', '12,34', '1 234,567'])
      expect(typeof parsed(text, 'USD'), text).toBe('string')
    expect(typeof parsed('1,234,567', 'INR', 'en-IN')).toBe('string')
  })

  it('reads back everything formatMoney writes', () => {
    const locales = 'en de fr ja de-CH pt-BR en-IN hi es pl sv nb tr ru zh he ar-EG fa bn'.split(' ')
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'ISK', 'HUF', 'CLF', 'INR'),
        fc.constantFrom(...locales),
        fc.constantFrom('code' as const, 'symbol' as const),
        (value, code, tag, style) => {
          expect(parseMoney(formatMoney(money(value, code), tag, style), code, tag)).toEqual({
            ok: true,
            money: money(value, code),
          })
        },
      ),
      { numRuns: 600 },
    )
  })
})
