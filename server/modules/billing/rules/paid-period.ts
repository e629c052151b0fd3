import { allocate, money, scale } from '#contract/money.ts'
import type { InvoiceLineFacts } from './facts.ts'
import type { Interval } from './policy.ts'
import type { RefundRequest } from './refund-request.ts'

const day = 86_400
/** Longer than any run of months a plan is sold by below a year. */
const yearLike = 300 * day

export type Occasion = 'first' | 'renewal' | 'other'

/** What kind of payment this was: how long a period it bought, and whether it was the first, a renewal or neither. */
export function paymentKind(request: RefundRequest): { interval: Interval; occasion: Occasion } {
  return { interval: intervalOf(request), occasion: occasionOf(request) }
}

/** Of the cash paid, the part whose time had not come at `effectiveAt`; in Stripe units. Null when no period is known. */
export function unusedPart(request: RefundRequest, unit: 'days' | 'months'): { amount: number; input: string } | null {
  const spans = paidSpans(request)
  if (!spans.length) return null
  const from = (request.effectiveAt ?? request.now) / 1000
  const counts = spans.map((span) => unusedUnits(span, from, unit))
  const byTime = spans.reduce((all, span, index) => {
    const { left, whole } = counts[index] ?? { left: 0, whole: 1 }
    return all + scale(span.cash, left, whole)
  }, 0)
  const { usage } = request
  const byUse =
    usage && usage.included > 0
      ? scale(request.charge.amountCaptured, Math.max(0, usage.included - usage.used), usage.included)
      : byTime
  const main = counts[0] ?? { left: 0, whole: 1 }
  const used = usage ? `, ${usage.used} of ${usage.included} used` : ''
  return { amount: Math.min(byTime, byUse), input: `${main.left} of ${main.whole} ${unit} unused${used}` }
}

type Span = { start: number; end: number; cash: number }

/** The periods this charge paid for with the cash that fell on each; what a line took of credit or balance never counts. */
function paidSpans({ charge, invoice, subscription }: RefundRequest): Span[] {
  const lines = (invoice?.lines ?? []).filter((line) => line.amount > 0)
  if (lines.length) {
    // Split in Stripe's units: only the proportions matter here.
    const shares = allocate(
      money(charge.amountCaptured, charge.currency),
      lines.map((line) => line.amount),
    )
    return lines.flatMap((line, index) =>
      line.periodEnd > line.periodStart && line.kind === 'subscription_item'
        ? [{ start: line.periodStart, end: line.periodEnd, cash: shares[index]?.amount ?? 0 }]
        : [],
    )
  }
  const item = subscription?.items.find((part) => part.periodStart <= charge.created && charge.created < part.periodEnd)
  return item ? [{ start: item.periodStart, end: item.periodEnd, cash: charge.amountCaptured }] : []
}

/** Whole units left and in all. A unit that has begun is used. */
function unusedUnits(span: Span, from: number, unit: 'days' | 'months'): { left: number; whole: number } {
  const at = Math.min(Math.max(from, span.start), span.end)
  if (unit === 'days') {
    const whole = Math.max(1, Math.round((span.end - span.start) / day))
    return { left: Math.min(whole, Math.floor((span.end - at) / day)), whole }
  }
  const whole = Math.max(1, monthsBetween(span.start, span.end))
  return { left: Math.min(whole, monthsBetween(at, span.end)), whole }
}

function monthsBetween(start: number, end: number): number {
  const [from, to] = [start, end].map((at) =>
    Temporal.Instant.fromEpochMilliseconds(Math.round(at * 1000)).toZonedDateTimeISO('UTC'),
  )
  return from && to ? from.until(to, { largestUnit: 'month' }).months : 0
}

function intervalOf({ invoice, subscription }: RefundRequest): Interval {
  const spans = (invoice?.lines ?? []).filter(isPlan).map((line) => line.periodEnd - line.periodStart)
  if (spans.length) return Math.max(...spans) >= yearLike ? 'year' : 'month'
  const item = invoice ? undefined : subscription?.items[0]
  if (!item) return 'one_off'
  return item.interval === 'year' || (item.interval === 'month' && item.intervalCount >= 12) ? 'year' : 'month'
}

function occasionOf({ invoice }: RefundRequest): Occasion {
  if (invoice?.billingReason === 'subscription_create' || invoice?.billingReason === 'manual' || !invoice)
    return 'first'
  return invoice.billingReason === 'subscription_cycle' ? 'renewal' : 'other'
}

function isPlan(line: InvoiceLineFacts): boolean {
  return line.kind === 'subscription_item' && line.amount > 0
}
