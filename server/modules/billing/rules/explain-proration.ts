import { mismatch, row, type Around, type ExplainedLine, type Fault } from './explanation.ts'
import type { InvoiceFacts, InvoiceLineFacts } from './facts.ts'
import { agreeing, creditedLines, creditShares, nearest, remainingShare } from './line-proration.ts'
import { fullPrice } from './line-price.ts'
import { invoiceName, planName } from './plan-name.ts'
import { amountWords, counted, dayWords, spanWords } from './words.ts'

/** A line of a change in the middle of a period: unused time given back, or remaining time charged. */
export function explainProration(line: InvoiceLineFacts, around: Around): ExplainedLine | Fault {
  return line.amount < 0 ? givenBack(line, around) : remaining(line, around)
}

function givenBack(line: InvoiceLineFacts, around: Around): ExplainedLine | Fault {
  const { creditedInvoices: invoices = [] } = around
  const missing = missingLines(line, invoices)
  if (missing) return missing
  const name = planName(line, around.names)
  const what = `Unused time on ${times(line, name)}`
  const when = `On ${dayWords(line.periodStart, around)} ${times(line, name)} was changed or ended`
  const back = amountWords(-line.amount, line.currency)
  const named = creditedLines(line, invoices)
  if (!named || !line.credits)
    return prorated(
      line,
      'proration_credit',
      what,
      `${when}; the unused time until ${dayWords(line.periodEnd, around)} is given back: ${back}.`,
    )
  const source = invoiceName(line.credits.invoice, invoices)
  const billed = named.reduce((all, part) => all + part.amount, 0)
  if (-line.amount > billed)
    return mismatch(
      line.id,
      line.currency,
      { stated: -line.amount, reached: billed },
      `${back} is given back from ${source}, more than the ${amountWords(billed, line.currency)} it billed there.`,
    )
  const shares = creditShares(line, named)
  const share = agreeing(-line.amount, shares, named.length)
  if (!share) {
    const close = nearest(-line.amount, shares)
    return mismatch(
      line.id,
      line.currency,
      { stated: -line.amount, reached: close?.amount ?? 0 },
      `${back} is given back from ${source}, but the unused time on it is ${amountWords(close?.amount ?? 0, line.currency)} (${close?.words ?? 'nothing'}).`,
    )
  }
  return prorated(
    line,
    'proration_credit',
    what,
    `${when}; of what ${source} billed, the unused time is given back: ${share.words} = ${back}.`,
  )
}

function remaining(line: InvoiceLineFacts, around: Around): ExplainedLine | Fault {
  const name = planName(line, around.names)
  const what = `Remaining time on ${times(line, name)}`
  const cost = amountWords(line.amount, line.currency)
  const opening = `${times(line, name)} for the rest of the period, ${spanWords(line.periodStart, line.periodEnd, around)}`
  const full = fullPrice(
    line,
    around.prices?.find((price) => price.id === line.price),
  )
  const whole = wholePeriod(line, around)
  if (!full || !whole) return prorated(line, 'proration_charge', what, `${opening}: ${cost}.`)
  const share = remainingShare(line, full.amount, whole)
  if (agreeing(line.amount, [share]))
    return prorated(
      line,
      'proration_charge',
      what,
      `${opening}: ${amountWords(full.amount, line.currency)} × ${share.words} = ${cost}.`,
    )
  if (line.amount < share.amount && around.subscription?.discounted)
    return prorated(line, 'proration_charge', what, `${opening}: ${cost}, with the discount already taken off.`)
  return mismatch(
    line.id,
    line.currency,
    { stated: line.amount, reached: share.amount },
    `"${what}" is billed at ${cost}, but ${amountWords(full.amount, line.currency)} × ${share.words} is ${amountWords(share.amount, line.currency)}.`,
  )
}

/** What a proration should be to the unit, where that can be reckoned. */
export function expectedProration(line: InvoiceLineFacts, around: Around): number | undefined {
  if (line.amount < 0) {
    const named = creditedLines(line, around.creditedInvoices ?? [])
    const share = named && nearest(-line.amount, creditShares(line, named))
    return share && -share.amount
  }
  const full = fullPrice(
    line,
    around.prices?.find((price) => price.id === line.price),
  )
  const whole = wholePeriod(line, around)
  return full && whole ? remainingShare(line, full.amount, whole).amount : undefined
}

/** The whole period a remaining part belongs to: of the subscription's item, or of a line given back that ends with it. */
function wholePeriod(line: InvoiceLineFacts, { subscription, creditedInvoices = [] }: Around) {
  const item = subscription?.items.find(({ id }) => id === line.subscriptionItem)
  if (item && item.periodEnd === line.periodEnd && item.periodStart <= line.periodStart)
    return { start: item.periodStart, end: item.periodEnd }
  const twin = creditedInvoices
    .flatMap((invoice) => invoice.lines)
    .find(
      (one) =>
        !one.proration &&
        one.subscriptionItem === line.subscriptionItem &&
        one.periodEnd === line.periodEnd &&
        one.periodStart <= line.periodStart,
    )
  return twin ? { start: twin.periodStart, end: twin.periodEnd } : undefined
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
