import { stripeExponent } from '#contract/currencies.ts'
import { fromStripe, isExactFromStripe } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import type { PaymentMethodFacts } from './facts.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const brands: Record<string, string> = {
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
}

const methods: Record<string, string> = {
  acss_debit: 'a Canadian bank debit',
  bacs_debit: 'a Bacs debit',
  customer_balance: 'a bank transfer',
  link: 'Link',
  paypal: 'PayPal',
  sepa_debit: 'a SEPA debit',
  us_bank_account: 'a bank account',
}

/** How dates are written: the reader's zone, and `now` (epoch ms) so that the current year stays unsaid. */
export type Dates = { now: number; timeZone: string }

/** "3 Nov", with the year when it is not the current one. `at` is epoch seconds. */
export function dayWords(at: number, dates: Dates): string {
  const day = zoned(at * 1000, dates.timeZone)
  const year = day.year === zoned(dates.now, dates.timeZone).year ? '' : ` ${day.year}`
  return `${day.day} ${months[day.month - 1]}${year}`
}

/** "3 Nov – 3 Dec"; one day when start and end fall on the same. */
export function periodWords(start: number, end: number, dates: Dates): string {
  const [from, to] = [dayWords(start, dates), dayWords(end, dates)]
  return from === to ? from : `${from} – ${to}`
}

/** "3 Nov to 3 Dec" within a sentence; one day when start and end fall on the same. */
export function spanWords(start: number, end: number, dates: Dates): string {
  const [from, to] = [dayWords(start, dates), dayWords(end, dates)]
  return from === to ? from : `${from} to ${to}`
}

/** "Visa 4242", or the payment method's name where there is no card. */
export function methodWords(method: PaymentMethodFacts | undefined): string {
  if (!method) return 'an unknown payment method'
  if (method.brand) return [brands[method.brand] ?? titled(method.brand), method.last4].filter(Boolean).join(' ')
  return methods[method.type] ?? titled(method.type)
}

/** An amount in Stripe units as words; one its currency cannot hold is shown raw rather than rounded. */
export function amountWords(amount: number, currency: string): string {
  if (!isExactFromStripe(amount, currency)) return `${amount} of Stripe's ${currency} units`
  return formatMoney(fromStripe(amount, currency))
}

/** A unit price in Stripe units as a decimal text; parts of the smallest coin stay: "1.25" US cents are 0.0125 USD. */
export function unitWords(unit: string, currency: string): string {
  if (/^-?\d+(?:\.0+)?$/.test(unit)) return amountWords(Number.parseInt(unit, 10), currency)
  const code = currency.toUpperCase()
  const places = stripeExponent(code)
  const [whole = '', fraction = ''] = unit.replace('-', '').split('.')
  const digits = whole.padStart(places + 1, '0')
  const sign = unit.startsWith('-') ? '-' : ''
  return `${sign}${digits.slice(0, digits.length - places)}.${places ? digits.slice(-places) : ''}${fraction} ${code}`
}

/** "5 seats", "1 seat", "three days" stays the caller's business. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** "a, b and c" */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

function zoned(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
}

function titled(code: string): string {
  const spaced = code.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
