import { mismatch, row, type Around, type ExplainedLine, type Fault, type InvoiceInput } from './explanation.ts'
import type { InvoiceFacts, InvoiceLineFacts } from './facts.ts'
import {
  agreeing,
  creditedLines,
  creditShares,
  intervalSpan,
  isCredit,
  nearest,
  timeShares,
  type Share,
  type Span,
} from './line-proration.ts'
import { fullPrices, priceKnown } from './line-price.ts'
import { invoiceName, planName } from './plan-name.ts'
import { amountWords, counted, dayWords, spanWords } from './words.ts'

/** A line of a change in the middle of a period: unused time given back, or remaining time charged. */
export function explainProration(line: InvoiceLineFacts, around: InvoiceInput): ExplainedLine | Fault {
  return isCredit(line) ? givenBack(line, around) : remaining(line, around)
}

function givenBack(line: InvoiceLineFacts, around: InvoiceInput): ExplainedLine | Fault {
  const { creditedInvoices: invoices = [] } = around
  const missing = missingLines(line, invoices)
  if (missing) return missing
  const name = planName(line, around.names)
  const what = `Unused time on ${times(line, name)}`
  const when = `On ${dayWords(line.periodStart, around)} ${times(line, name)} was changed or ended`
  const back = amountWords(-line.amount, line.currency)
  const told = (sentence: string) => prorated(line, 'proration_credit', what, sentence)
  const named = creditedLines(line, invoices)
  const { billed, current } = creditWays(line, around)
  const share = agreeing(line, billed, named?.length)
  if (share) {
    const from =
      named && line.credits ? `what ${invoiceName(line.credits.invoice, invoices)} billed` : 'what was charged for it'
    return told(`${when}; of ${from}, the unused time is given back: ${share.words} = ${back}.`)
  }
  const now = agreeing(line, current)
  if (now) return told(`${when}; the unused time is given back at what it cost by then: ${now.words} = ${back}.`)
  if (!named || !line.credits)
    return told(`${when}; the unused time until ${dayWords(line.periodEnd, around)} is given back: ${back}.`)
  const source = invoiceName(line.credits.invoice, invoices)
  const whole = named.reduce((all, part) => all + part.amount, 0)
  if (-line.amount > whole)
    return mismatch(
      line.id,
      line.currency,
      { stated: -line.amount, reached: whole },
      `${back} is given back from ${source}, more than the ${amountWords(whole, line.currency)} it billed there.`,
    )
  const close = nearest(-line.amount, billed)
  return mismatch(
    line.id,
    line.currency,
    { stated: -line.amount, reached: close?.amount ?? 0 },
    `${back} is given back from ${source}, but the unused time on it is ${amountWords(close?.amount ?? 0, line.currency)} (${close?.words ?? 'nothing'}).`,
  )
}

/**
 * A credit gives back a share of what was billed: on the invoice it names, or beside it on its own invoice where that was
 * not billed yet. Classic billing gives back what the item cost at the moment of the change, billed or not.
 */
function creditWays(line: InvoiceLineFacts, around: InvoiceInput): { billed: Share[]; current: Share[] } {
  const named = creditedLines(line, around.creditedInvoices ?? [])
  const beside = around.invoice.lines.filter(
    (one) =>
      one !== line &&
      one.proration &&
      !isCredit(one) &&
      one.subscription === line.subscription &&
      one.price === line.price &&
      one.periodStart <= line.periodStart &&
      one.periodEnd === line.periodEnd,
  )
  return {
    billed: named ? creditShares(line, named) : beside.flatMap((one) => creditShares(line, [one])),
    current: currentShares(line, around),
  }
}

/** What the line's time costs at the price it names, in every period and with every discount that may apply. */
function currentShares(line: InvoiceLineFacts, around: InvoiceInput): Share[] {
  const price = priceKnown(line, around.prices)
  const full = fullPrices(line, price)
  const guess = intervalSpan(line, price)
  const spans = [...wholePeriods(line, around), ...(guess ? [guess] : [])]
  const coupons = [around.invoice, ...(line.credits ? (around.creditedInvoices ?? []) : [])].flatMap((invoice) => {
    const all = Object.values(invoice.coupons)
    return [all, ...(all.length > 1 ? all.map((coupon) => [coupon]) : [])]
  })
  return coupons.flatMap((set) => timeShares(line, full, spans, set))
}

function remaining(line: InvoiceLineFacts, around: InvoiceInput): ExplainedLine | Fault {
  const name = planName(line, around.names)
  const what = `Remaining time on ${times(line, name)}`
  const cost = amountWords(line.amount, line.currency)
  const opening = `${times(line, name)} for the rest of the period, ${spanWords(line.periodStart, line.periodEnd, around)}`
  const told = (sentence: string) => prorated(line, 'proration_charge', what, `${opening}: ${sentence}.`)
  const share = agreeing(line, currentShares(line, around))
  if (share) return told(`${share.words} = ${cost}`)
  // The calendar's guess at a period is good enough to agree with, not to contradict.
  const full = fullPrices(line, priceKnown(line, around.prices))
  const known = timeShares(line, full, wholePeriods(line, around), [])
  const close = nearest(line.amount, known)
  if (!close) return told(cost)
  const discounted = around.subscription?.discounted || Object.keys(around.invoice.coupons).length > 0
  if (line.amount < close.amount && discounted) return told(`${cost}, with the discount already taken off`)
  return mismatch(
    line.id,
    line.currency,
    { stated: line.amount, reached: close.amount },
    `"${what}" is billed at ${cost}, but ${close.words} is ${amountWords(close.amount, line.currency)}.`,
  )
}

/** What a proration should be to the unit, where that can be reckoned. */
export function expectedProration(line: InvoiceLineFacts, around: InvoiceInput): number | undefined {
  if (isCredit(line)) {
    const { billed, current } = creditWays(line, around)
    const share = nearest(-line.amount, [...billed, ...(billed.length ? current : [])])
    return share && -share.amount
  }
  const full = fullPrices(line, priceKnown(line, around.prices))
  return nearest(line.amount, timeShares(line, full, wholePeriods(line, around), []))?.amount
}

/** Whole periods a part may belong to: of the subscription's item, or of a line given back that ends with it. */
function wholePeriods(line: InvoiceLineFacts, { subscription, creditedInvoices = [] }: Around): Span[] {
  const item = subscription?.items.find(
    ({ id, price }) => id === line.subscriptionItem || (!line.subscriptionItem && price === line.price),
  )
  const twins = creditedInvoices
    .flatMap((invoice) => invoice.lines)
    .filter(
      (one) =>
        !one.proration &&
        (line.subscriptionItem
          ? one.subscriptionItem === line.subscriptionItem
          : one.subscription === line.subscription) &&
        one.periodEnd === line.periodEnd &&
        one.periodStart <= line.periodStart,
    )
  const spans = [
    ...(item ? [{ start: item.periodStart, end: item.periodEnd }] : []),
    ...twins.map((one) => ({ start: one.periodStart, end: one.periodEnd })),
  ]
  return spans.filter(({ start, end }) => end === line.periodEnd && start <= line.periodStart && end > start)
}

function missingLines(line: InvoiceLineFacts, invoices: readonly InvoiceFacts[]): Fault | undefined {
  const credited = invoices.find((invoice) => invoice.id === line.credits?.invoice)
  if (!line.credits || !credited) return undefined
  const named = credited.lines.filter((source) => line.credits?.lines.includes(source.id))
  if (named.length === line.credits.lines.length) return undefined
  return {
    faultLine: line.id,
    sentence: `A credit names ${counted(line.credits.lines.length, 'line')} of ${invoiceName(credited.id, invoices)} that it does not have.`,
  }
}

function prorated(line: InvoiceLineFacts, code: string, what: string, sentence: string): ExplainedLine {
  return {
    ...row(line.currency, code, what, line.amount, sentence),
    period: { start: line.periodStart, end: line.periodEnd },
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
  }
}

function times(line: InvoiceLineFacts, name: string): string {
  return (line.quantity ?? 1) === 1 ? name : `${line.quantity} × ${name}`
}
