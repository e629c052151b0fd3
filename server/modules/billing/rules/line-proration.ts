import { stripeStep } from '#contract/currencies.ts'
import { scale } from '#contract/money.ts'
import type { CouponFacts, InvoiceFacts, InvoiceLineFacts, PriceFacts } from './facts.ts'
import type { Priced } from './line-price.ts'
import { amountWords } from './words.ts'

/** Rounding may fall either way for each line a proration is made of. */
const slack = 1
const day = 86_400

export type Span = { start: number; end: number }
export type Share = { amount: number; words: string }

/** Gives time back, also where what was billed for it was nothing. */
export function isCredit(line: InvoiceLineFacts): boolean {
  return (
    line.amount < 0 || line.credits !== undefined || (line.amount === 0 && /^unused time/i.test(line.description ?? ''))
  )
}

/** Lines of a known invoice that a credit names; undefined when that invoice, or one of the lines, is not known. */
export function creditedLines(
  line: InvoiceLineFacts,
  invoices: readonly InvoiceFacts[],
): InvoiceLineFacts[] | undefined {
  const credited = invoices.find((invoice) => invoice.id === line.credits?.invoice)
  const named = credited?.lines.filter((source) => line.credits?.lines.includes(source.id))
  return named?.length ? named : undefined
}

/**
 * What a credit should be: of each line it names, the part of its time that was left, reckoned to the second. What was billed
 * counts before or after its discount (the two billing modes differ), and for fewer units when only some were given up.
 */
export function creditShares(line: InvoiceLineFacts, named: readonly InvoiceLineFacts[]): Share[] {
  const ways = [grossOf, netOf]
  return ways.flatMap((billed) => {
    const whole = shareOf(line, named, billed, 1, 1)
    const [had] = named
    if (!had?.quantity || !line.quantity || line.quantity >= had.quantity) return [whole]
    return [whole, shareOf(line, named, billed, line.quantity, had.quantity)]
  })
}

/** What the time of a line costs of each full price, in each period it may be part of, with the discounts off or not. */
export function timeShares(
  line: InvoiceLineFacts,
  full: readonly Priced[],
  spans: readonly Span[],
  coupons: readonly CouponFacts[],
): Share[] {
  const part = { start: line.periodStart, end: line.periodEnd }
  const bases = full.flatMap((price) => [price, ...afterCoupons(price, coupons, line.currency)])
  return bases.flatMap(({ amount, words }) =>
    spans.map((whole) => ({
      amount: scale(amount, part.end - part.start, whole.end - whole.start),
      words: `${words} × ${timeWords(part, whole)}`,
    })),
  )
}

/** Full periods by the price's interval that end with the line, counted back from its end in the calendar. */
export function intervalSpan(line: InvoiceLineFacts, price: PriceFacts | undefined): Span | undefined {
  if (!price?.every) return undefined
  const { interval, count } = price.every
  const end = Temporal.Instant.fromEpochMilliseconds(line.periodEnd * 1000).toZonedDateTimeISO('UTC')
  const start = end.subtract({ [`${interval}s`]: count }).epochMilliseconds / 1000
  return start <= line.periodStart ? { start, end: line.periodEnd } : undefined
}

/** The share that what a line gives or takes agrees with, if any; a currency with steps is rounded to those. */
export function agreeing(line: InvoiceLineFacts, shares: readonly Share[], lines = 1): Share | undefined {
  const amount = Math.abs(line.amount)
  const close = nearest(amount, shares)
  const step = stripeStep(line.currency.toUpperCase())
  if (!close || Math.abs(close.amount - amount) > slack * step * lines) return undefined
  if (step === 1 || close.amount === amount) return close
  return { ...close, words: `${close.words}, rounded to ${amountWords(step, line.currency)}` }
}

export function nearest(amount: number, shares: readonly Share[]): Share | undefined {
  return [...shares].sort((a, b) => Math.abs(a.amount - amount) - Math.abs(b.amount - amount))[0]
}

function afterCoupons(price: Priced, coupons: readonly CouponFacts[], currency: string): Priced[] {
  if (!coupons.length) return []
  const amount = coupons.reduce((left, { percentOff, amountOff }) => {
    if (percentOff !== undefined) return left - scale(left, Math.round(percentOff * 10_000), 1_000_000)
    return Math.max(0, left - (amountOff ?? 0))
  }, price.amount)
  const off = coupons.map(({ name, code }) => code ?? name).join(' and ')
  return [{ amount, words: `${amountWords(amount, currency)} (with ${off} off)` }]
}

function shareOf(
  line: InvoiceLineFacts,
  named: readonly InvoiceLineFacts[],
  billed: (source: InvoiceLineFacts) => number,
  part: number,
  of: number,
): Share {
  const amounts = named.map((source) => {
    const left = Math.max(
      0,
      Math.min(line.periodEnd, source.periodEnd) - Math.max(line.periodStart, source.periodStart),
    )
    const whole = source.periodEnd - source.periodStart
    return whole > 0 ? scale(billed(source), left * part, whole * of) : scale(billed(source), part, of)
  })
  const [first] = named
  const span = { start: line.periodStart, end: line.periodEnd }
  const isOne = named.every((one) => one.periodStart === first?.periodStart && one.periodEnd === first.periodEnd)
  const time = first && isOne ? timeWords(span, { start: first.periodStart, end: first.periodEnd }) : ''
  const base = named.reduce((all, source) => all + billed(source), 0)
  const units = part === of ? '' : ` × ${part}/${of} units`
  const amount = amounts.reduce((all, one) => all + one, 0)
  return { amount, words: `${amountWords(base, line.currency)}${time ? ` × ${time}` : ', by the time left,'}${units}` }
}

function grossOf(line: InvoiceLineFacts): number {
  return line.amount
}

function netOf(line: InvoiceLineFacts): number {
  return line.amount - line.discounts.reduce((all, part) => all + part.amount, 0)
}

/** "21/30 days"; where the change fell within a day also the seconds it was reckoned by. */
function timeWords(part: Span, whole: Span): string {
  const [left, all] = [part.end - part.start, whole.end - whole.start]
  if (left === all) return 'all of its time'
  if (left % day === 0 && all % day === 0) return `${left / day}/${all / day} days`
  const days = (seconds: number) => Number((seconds / day).toFixed(2))
  return `${days(left)}/${days(all)} days (${left}/${all} seconds)`
}
