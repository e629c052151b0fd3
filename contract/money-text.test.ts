import { describe, expect, it } from 'vitest'
import { decimalText, formatMoney } from './money-text.ts'
import { money } from './money.ts'

describe('formatMoney', () => {
  it('shows the decimals of the currency, not those of Intl', () => {
    expect(formatMoney(money(4900, 'USD'))).toBe('49.00 USD')
    expect(formatMoney(money(1000, 'JPY'))).toBe('1,000 JPY')
    expect(formatMoney(money(1250, 'KWD'))).toBe('1.250 KWD')
    expect(formatMoney(money(500, 'ISK'))).toBe('500 ISK')
    expect(formatMoney(money(17_550, 'HUF'))).toBe('175.50 HUF')
    expect(formatMoney(money(123_456_789, 'EUR'), 'de')).toBe('1.234.567,89 EUR')
    expect(formatMoney(money(-4900, 'USD'), 'en', 'symbol')).toBe('-$49.00')
    expect(formatMoney(money(500, 'JPY'), 'ja', 'symbol')).toMatch(/^[¥￥]500$/)
  })

  it('is exact where a float is not', () => {
    expect(formatMoney(money(Number.MAX_SAFE_INTEGER, 'USD'))).toBe('90,071,992,547,409.91 USD')
    expect(decimalText(money(-5, 'USD'))).toBe('-0.05')
    expect(decimalText(money(7, 'JPY'))).toBe('7')
  })
})
