import { isCounting } from './explain-after.ts'
import { isCarriedOver } from './explain-due.ts'
import { explainChange, prorationPairs } from './explain-change.ts'
import type { Around, ExplainedLine, ExplainInput } from './explanation.ts'
import type { InvoiceFacts } from './facts.ts'
import { priceKnown } from './line-price.ts'
import { planName } from './plan-name.ts'
import { amountWords, dayWords, listed, methodWords, periodWords } from './words.ts'

/** Plain words an agent can send. Only for input that explainCharge found to close. */
export function explainParagraphs(input: ExplainInput, lines: readonly ExplainedLine[]): string[] {
  const { charge, invoice } = input
  const amount = amountWords(charge.amountCaptured, charge.currency)
  const opening = `On ${dayWords(charge.created, input)} we charged ${amount} to ${yours(methodWords(charge.method))}`
  if (!invoice) {
    const what = charge.description ? ` for "${charge.description}"` : ''
    return [`${opening}${what}. It was a one-off payment, not part of an invoice.`, ...givenBack(input)]
  }
  const name = invoice.number ? `invoice ${invoice.number}` : 'the invoice'
  return [
    `${opening} for ${name}: ${invoicePurpose(invoice, input)}.`,
    ...lineWords(lines, invoice, input),
    ...adjustmentWords(invoice),
    ...givenBack(input),
  ]
}

const told = new Set(['usage', 'trial', 'reverse_charge', 'tax_exempt', 'balance_carried'])

/** What a customer may not see at once: changes in the middle of a period, usage, steps of a price, trials, tax not charged. */
export function lineWords(lines: readonly ExplainedLine[], invoice: InvoiceFacts, around: Around): string[] {
  const changes = prorationPairs(invoice.lines).map((pair) => explainChange(pair, { ...around, invoice }))
  const rows = lines.filter(({ code, sentence }) => told.has(code) || sentence.includes('each step at its own price'))
  const steps = lines.filter(({ code }) => code === 'step').map(({ sentence }) => sentence)
  return [...changes, ...rows.map(({ sentence }) => sentence), ...(steps.length ? [steps.join(' ')] : [])]
}

/** "the renewal of Team, for 3 Nov – 3 Dec, with Setup" */
export function invoicePurpose(invoice: InvoiceFacts, input: Around): string {
  const plain = invoice.lines.filter((line) => !line.proration)
  const plans = plain.filter((line) => line.kind === 'subscription_item')
  // What was used is billed afterwards: its period is not the one that is bought.
  const [bought] = plans.filter((line) => !priceKnown(line, input.prices)?.metered)
  const [first = bought] = plans
  const period = first ? `, for ${periodWords((bought ?? first).periodStart, (bought ?? first).periodEnd, input)}` : ''
  const names = listed([...new Set(plans.map((line) => planName(line, input.names)))])
  const items = listed(
    plain.filter((line) => line.kind !== 'subscription_item').map((line) => planName(line, input.names)),
  )
  const also = plans.length && items ? `, with ${items}` : ''
  if (plans.length && !bought) return `what was used of ${names}${period}${also}`
  switch (invoice.billingReason) {
    case 'subscription_create':
      return plans.length ? `the first payment for ${names}${period}${also}` : items || 'the start of your subscription'
    case 'subscription_cycle':
      return plans.length ? `the renewal of ${names}${period}${also}` : items || 'the renewal of your subscription'
    case 'subscription_update':
      return plans.length
        ? `a change of your subscription to ${names}${period}${also}`
        : 'a change of your subscription'
    default:
      return plans.length ? `${names}${period}${also}` : items || 'the items on it'
  }
}

/** Discounts, credit, taxes, balance and credit notes in one paragraph; none without them. */
export function adjustmentWords(invoice: InvoiceFacts): string[] {
  const words = (amount: number): string => amountWords(amount, invoice.currency)
  const sumOf = (behavior: string): number =>
    invoice.taxes.reduce((all, tax) => (tax.behavior === behavior ? all + tax.amount : all), 0)
  const discount = invoice.discounts.reduce((all, part) => all + part.amount, 0)
  const balance = invoice.startingBalance - (invoice.endingBalance ?? invoice.startingBalance)
  const told: string[] = []
  if (discount) told.push(`A discount of ${words(discount)} was taken off.`)
  if (invoice.creditGrants) told.push(`${words(invoice.creditGrants)} was paid from prepaid credit.`)
  if (sumOf('exclusive')) told.push(`Tax of ${words(sumOf('exclusive'))} was added.`)
  if (sumOf('inclusive')) told.push(`The price includes ${words(sumOf('inclusive'))} of tax.`)
  if (balance) told.push(...balanceWords(invoice, balance, words(Math.abs(balance))))
  if (invoice.prePaymentCreditNotes)
    told.push(`A credit note of ${words(invoice.prePaymentCreditNotes)} lowered the amount before it was paid.`)
  return told.length ? [told.join(' ')] : []
}

/** What the account took or gave; one that is too small to charge is told by its row. */
function balanceWords(invoice: InvoiceFacts, balance: number, amount: string): string[] {
  if (invoice.total < 0) return [`It came to less than nothing, so ${amount} is kept as credit on your account.`]
  if (isCarriedOver(invoice)) return []
  if (balance < 0) return [`${amount} of it was covered by credit on your account.`]
  return [`${amount} was still owed from before and was added.`]
}

function givenBack(input: ExplainInput): string[] {
  const { charge } = input
  const failed = (input.refunds ?? []).filter((refund) => refund.status === 'failed')
  const told = failed.map(
    (refund) =>
      `A refund of ${amountWords(refund.amount, refund.currency)} on ${dayWords(refund.created, input)} was turned down by the bank.`,
  )
  const returned = (input.refunds ?? []).filter(isCounting).reduce((all, refund) => all + refund.amount, 0)
  if (returned) {
    const back = amountWords(returned, charge.currency)
    const left = charge.amountCaptured - returned
    const kept = left ? `; ${amountWords(left, charge.currency)} remains charged` : ', which is all of it'
    told.push(`We have since refunded ${back}${kept}.`)
  }
  return told.length ? [told.join(' ')] : []
}

function yours(method: string): string {
  return method.startsWith('a ') || method.startsWith('an ') ? method : `your ${method}`
}
