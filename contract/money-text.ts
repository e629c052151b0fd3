import { isoExponent } from './currencies.ts'
import { type Money } from './money.ts'

/**
 * "49.00 USD" in the locale's digits and separators, always with the currency's ISO decimals (Intl would drop HUF's).
 * `symbol` gives Intl's own style ("$49.00") for text a customer reads.
 */
export function formatMoney(value: Money, locale = 'en', style: 'code' | 'symbol' = 'code'): string {
  const decimal = decimalText(value)
  if (style === 'symbol') return writer(locale, value.currency, true).format(decimal)
  return `${writer(locale, value.currency, false).format(decimal)} ${value.currency}`
}

/** Making one costs fifty times what using one does. */
const writers = new Map<string, Intl.NumberFormat>()

function writer(locale: string, currency: string, symbol: boolean): Intl.NumberFormat {
  const digits = isoExponent(currency)
  const key = `${locale} ${symbol ? currency : digits}`
  const known = writers.get(key)
  if (known) return known
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const made = new Intl.NumberFormat(locale, symbol ? { ...decimals, style: 'currency', currency } : decimals)
  writers.set(key, made)
  return made
}

/** Plain digits with a point, such as "-49.00": for CSV files and inputs, not for people. */
export function decimalText(value: Money): Intl.StringNumericLiteral {
  const digits = isoExponent(value.currency)
  const text = String(Math.abs(value.amount)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const sign = value.amount < 0 ? '-' : ''
  return `${sign}${whole}${digits ? `.${text.slice(-digits)}` : ''}` as Intl.StringNumericLiteral
}
