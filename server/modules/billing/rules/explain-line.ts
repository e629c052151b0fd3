import { fromStripe } from '#contract/money.ts'
import { expectedProration, explainProration } from './explain-proration.ts'
import { mismatch, row, type Around, type ExplainedLine, type Fault, type InvoiceInput } from './explanation.ts'
import type { InvoiceLineFacts, PriceFacts } from './facts.ts'
import { priceKnown, priceOfLine } from './line-price.ts'
import { planName } from './plan-name.ts'
import type { TierStep } from './tier-steps.ts'
import { isTrial } from './trial-line.ts'
import { amountWords, dayWords, spanWords } from './words.ts'

/**
 * One invoice line as a row with its arithmetic; a fault where the arithmetic does not give the line's amount. `step` says
 * which part of a tiered price it is.
 */
export function explainLine(line: InvoiceLineFacts, around: InvoiceInput, step?: TierStep): ExplainedLine | Fault {
  if (line.proration) return explainProration(line, around)
  const price = priceKnown(line, around.prices)
  if (isTrial(line, around)) return freeRow(line, around)
  const priced = priceOfLine(line, price)
  const name = planName(line, around.names)
  if (priced && priced.amount !== line.amount)
    return mismatch(
      line.id,
      line.currency,
      { stated: line.amount, reached: priced.amount },
      `"${name}" is billed at ${amountWords(line.amount, line.currency)}, but ${priced.words}.`,
    )
  const unit = wholeUnit(line)
  return {
    ...row(
      line.currency,
      step ? 'step' : codeOf(line, price),
      step ? `${timesName(line, around)}, ${step.what}` : timesName(line, around),
      line.amount,
      sentenceOf(line, around, price, step?.words ?? priced?.words),
    ),
    period: { start: line.periodStart, end: line.periodEnd },
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(unit === undefined ? {} : { unitAmount: fromStripe(unit, line.currency) }),
  }
}

/** The first line that its own price contradicts, with what it should be. */
export function lineOffPrice(
  lines: readonly InvoiceLineFacts[],
  around: InvoiceInput,
): { line: InvoiceLineFacts; amount: number } | undefined {
  for (const line of lines) {
    const due = line.proration ? expectedProration(line, around) : pricedAt(line, around)
    if (due !== undefined && due !== line.amount) return { line, amount: due }
  }
  return undefined
}

function pricedAt(line: InvoiceLineFacts, around: Around): number | undefined {
  return isTrial(line, around) ? undefined : priceOfLine(line, priceKnown(line, around.prices))?.amount
}

/** "5 × Team"; what Stripe wrote where the plan has no name. */
function timesName(line: InvoiceLineFacts, { names = {} }: Around): string {
  const known = names[line.price ?? ''] ?? names[line.product ?? '']
  if (!known) return line.description ?? (line.amount < 0 ? 'Credit' : 'Item')
  return (line.quantity ?? 1) === 1 ? known : `${line.quantity} × ${known}`
}

function codeOf(line: InvoiceLineFacts, price: PriceFacts | undefined): string {
  if (line.kind === 'subscription_item') return price?.metered ? 'usage' : 'subscription'
  return line.kind === 'invoice_item' ? 'item' : 'line'
}

function sentenceOf(
  line: InvoiceLineFacts,
  around: Around,
  price: PriceFacts | undefined,
  words: string | undefined,
): string {
  const name = planName(line, around.names)
  const when = line.periodEnd > line.periodStart ? `, ${spanWords(line.periodStart, line.periodEnd, around)}` : ''
  const amount = words ?? amountWords(line.amount, line.currency)
  if (line.amount < 0) return `A credit for ${name}${when}: ${amount}.`
  if (price?.metered) return `What was used of ${name}${when}: ${amount}.`
  const tiers = price?.tiersMode && price.tiers.length && line.unitAmount === undefined ? tierWords(price) : ''
  return `${name}${when}: ${amount}${tiers}.`
}

function tierWords({ tiersMode }: PriceFacts): string {
  return tiersMode === 'volume' ? ', all units at the price of the step they reach' : ', each step at its own price'
}

function freeRow(line: InvoiceLineFacts, around: Around): ExplainedLine {
  const until = dayWords(line.periodEnd, around)
  const name = planName(line, around.names)
  return {
    ...row(
      line.currency,
      'trial',
      timesName(line, around),
      0,
      `${name} is on trial until ${until}; nothing is charged for that time.`,
    ),
    period: { start: line.periodStart, end: line.periodEnd },
  }
}

function wholeUnit(line: InvoiceLineFacts): number | undefined {
  return line.unitAmount !== undefined && /^-?\d+(?:\.0+)?$/.test(line.unitAmount)
    ? Number.parseInt(line.unitAmount, 10)
    : undefined
}
