import { scale } from '#contract/money.ts'
import type { InvoiceFacts, InvoiceLineFacts } from './facts.ts'
import { amountWords } from './words.ts'

/** Rounding may fall either way for each line a proration is made of. */
const slack = 1
const day = 86_400

type Span = { start: number; end: number }
export type Share = { amount: number; words: string }

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

/** What the remaining time of a period costs at the full price. */
export function remainingShare(line: InvoiceLineFacts, full: number, whole: Span): Share {
  const span = { start: line.periodStart, end: line.periodEnd }
  return {
    amount: scale(full, span.end - span.start, whole.end - whole.start),
    words: timeWords(span, whole),
  }
}

/** The share that the amount agrees with, if any. */
export function agreeing(amount: number, shares: readonly Share[], lines = 1): Share | undefined {
  return shares.find((share) => Math.abs(share.amount - amount) <= slack * lines)
}

export function nearest(amount: number, shares: readonly Share[]): Share | undefined {
  return [...shares].sort((a, b) => Math.abs(a.amount - amount) - Math.abs(b.amount - amount))[0]
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
  const [only] = named
  const span = { start: line.periodStart, end: line.periodEnd }
  const time = only && named.length === 1 ? timeWords(span, { start: only.periodStart, end: only.periodEnd }) : ''
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

/** "21/30 days", or seconds where the change fell within a day. */
function timeWords(part: Span, whole: Span): string {
  const [left, all] = [part.end - part.start, whole.end - whole.start]
  if (left % day === 0 && all % day === 0) return `${left / day}/${all / day} days`
  return `${left}/${all} seconds`
}
