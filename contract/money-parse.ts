import { isCurrency, isoExponent } from './currencies.ts'
import { formatMoney } from './money-text.ts'
import { money, type Money } from './money.ts'

export type ParsedMoney = { ok: true; money: Money } | { ok: false; sentence: string }

/**
 * Reads what a person typed. Separators, digits and grouping (India's too) are the locale's; spaces and apostrophes group
 * everywhere. Anything that could mean two amounts ("12,50" in English), names another currency or has more decimals than
 * the currency is refused with a sentence, never guessed.
 */
export function parseMoney(text: string, currency: string, locale = 'en'): ParsedMoney {
  if (!isCurrency(currency)) return refused(`${currency} is not a currency.`)
  const style = styleOf(locale)
  const bare = latin(text, style.zero).replace(currencyMark(currency, locale), '').trim()
  const foreign = otherCurrency(bare)
  if (foreign) return refused(`This amount is in ${currency}, not ${foreign}.`)
  const unsigned = bare.replace(/^-\s*/, '')
  const [whole = '', fraction, ...more] = unsigned.split(style.decimal)
  const digits = isoExponent(currency)
  if (more.length || !isGrouped(whole, style) || (fraction !== undefined && !/^\d+$/.test(fraction))) {
    const example = formatMoney(money(123456789, currency), locale)
    const meanings = twoMeanings(unsigned, digits)
    const why = meanings ? `could mean ${meanings}` : 'is not an amount'
    return refused(`"${text.trim()}" ${why}; write it like ${example}.`)
  }
  if ((fraction?.length ?? 0) > digits)
    return refused(digits ? `${currency} has ${digits} decimals.` : `${currency} has no decimals.`)
  const units = Number(whole.replace(/\D/g, '') + (fraction ?? '').padEnd(digits, '0'))
  if (!Number.isSafeInteger(units)) return refused('This amount is too large.')
  return { ok: true, money: money(bare.startsWith('-') ? -units : units, currency) }
}

/** How a locale writes numbers; `zero` is its digit nought, `groups` how many digits stand between two separators. */
type Style = { decimal: string; group: string; zero: string; groups: number }

function styleOf(locale: string): Style {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(1234567.5)
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  const groups = parts.filter((part) => part.type === 'integer').at(-2)?.value.length ?? 3
  const zero = new Intl.NumberFormat(locale, { useGrouping: false }).format(0)
  return { decimal: of('decimal') || '.', group: of('group') || ',', zero, groups }
}

/** Digits as 0–9, every dash a minus, marks of writing direction gone. */
function latin(text: string, zero: string): string {
  const first = zero.codePointAt(0) ?? 48
  const digits = text.replace(/\p{Nd}/gu, (digit) => {
    const value = (digit.codePointAt(0) ?? 48) - first
    return value >= 0 && value <= 9 ? String(value) : digit
  })
  return digits
    .normalize('NFC')
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/[−–]/g, '-')
    .trim()
}

/** Whole digits, plain or grouped as the locale groups, by one separator throughout. */
function isGrouped(whole: string, { group, groups }: Style): boolean {
  const separator = `[\\s'’]|${escaped(group)}`
  return new RegExp(`^(?:\\d+|\\d{1,${groups}}(?:(${separator})(?:\\d{${groups}}\\1)*)\\d{3})$`).test(whole)
}

/** The two readings of digits with one point or comma, where the separator could be decimal or group. */
function twoMeanings(text: string, digits: number): string | undefined {
  const [, whole, fraction] = /^(\d{1,3})[.,](\d{1,3})$/.exec(text) ?? []
  if (!whole || !fraction || fraction.length > digits) return undefined
  return `${whole}.${fraction.padEnd(digits, '0')} or ${Number(whole + fraction)}`
}

/** Another currency's code or sign left in the text. */
function otherCurrency(bare: string): string | undefined {
  const code = /[A-Za-z]{3}/.exec(bare)?.[0].toUpperCase()
  return code && isCurrency(code) ? code : /\p{Sc}/u.exec(bare)?.[0]
}

/** The currency by its code, or by its sign in the locale, full width or not. */
function currencyMark(currency: string, locale: string): RegExp {
  const parts = new Intl.NumberFormat(locale, { style: 'currency', currency }).formatToParts(1)
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency
  const marks = [currency, symbol, symbol.normalize('NFKC')].map((mark) => escaped(latin(mark, '0')))
  return new RegExp(marks.join('|'), 'i')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
}

function refused(sentence: string): ParsedMoney {
  return { ok: false, sentence }
}
