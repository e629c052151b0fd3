import { isExactFromStripe } from '#contract/money.ts'
import { explainLine, lineOffPrice } from './explain-line.ts'
import { itemReductionRows, reductionRows } from './explain-reductions.ts'
import { includedTaxes, taxRows } from './explain-taxes.ts'
import { dueRows } from './explain-due.ts'
import {
  collected,
  isFault,
  mismatch,
  partsSum,
  row,
  type Around,
  type ExplainedLine,
  type Fault,
  type InvoiceInput,
} from './explanation.ts'
import type { InvoiceFacts } from './facts.ts'
import { itemDiscounts } from './item-discounts.ts'
import { planName } from './plan-name.ts'
import { tierSteps } from './tier-steps.ts'
import { amountWords } from './words.ts'

/**
 * The rows from the lines to the amount due, in the order subtotal, discounts, prepaid credit, taxes, total, balance, credit
 * notes before payment. Each line is checked against its price, each sum against the one Stripe states.
 */
export function invoiceRows(invoice: InvoiceFacts, around: Around): ExplainedLine[] | Fault {
  const input = { ...around, invoice }
  const unreadable = unreadableFault(invoice) ?? subtotalFault(invoice, input)
  if (unreadable) return unreadable
  const steps = tierSteps(invoice.lines, input)
  if (isFault(steps)) return steps
  const lines = collected([
    ...invoice.lines.map((line) => explainLine(line, input, steps.get(line.id))),
    ...itemReductionRows(invoice, around),
  ])
  if (isFault(lines)) return lines
  const extras = collected([...reductionRows(invoice, around), ...taxRows(invoice)])
  if (isFault(extras)) return extras
  const due = dueRows(invoice)
  const fault = totalFault(invoice, [...lines, ...extras])
  if (fault) return fault
  if (isFault(due)) return due
  const inside = includedTaxes(invoice)
  const total = row(invoice.currency, 'total', 'Total', invoice.total, totalWords(extras.length > 0, inside), 'total')
  const subtotal = row(invoice.currency, 'subtotal', 'Subtotal', invoice.subtotal, 'All lines together.', 'total')
  return [
    ...lines,
    ...(extras.length ? [subtotal, ...extras] : []),
    ...(extras.length || inside || due.length ? [total] : []),
    ...due,
  ]
}

function totalWords(changed: boolean, inside: string): string {
  const what = changed ? 'The subtotal less what was taken off, with what was added' : 'All lines together'
  return inside ? `${what}; it ${inside}.` : `${what}.`
}

function unreadableFault(invoice: InvoiceFacts): Fault | undefined {
  const name = invoice.number ?? invoice.id
  if (invoice.status === 'draft')
    return { faultLine: 'invoice', sentence: `Invoice ${name} is still a draft; its amounts may change.` }
  if (!invoice.linesComplete)
    return { faultLine: 'lines', sentence: `Invoice ${name} has more lines than are mirrored here.` }
  const foreign = invoice.lines.find((line) => line.currency !== invoice.currency)
  if (foreign)
    return { faultLine: foreign.id, sentence: `A line of invoice ${name} is in another currency than the invoice.` }
  const odd = invoice.lines.find((line) => !isExactFromStripe(line.amount, line.currency))
  if (odd) return { faultLine: odd.id, sentence: `A line of invoice ${name} has an amount its currency cannot hold.` }
  const sums = [invoice.total, invoice.subtotal, invoice.amountDue, invoice.startingBalance, invoice.endingBalance ?? 0]
  const parts = [...invoice.discounts, ...invoice.taxes].map((part) => part.amount)
  const rest = [invoice.creditGrants, invoice.amountShipping, invoice.prePaymentCreditNotes]
  const paid = [invoice.amountPaid, invoice.amountRemaining, invoice.amountOverpaid, invoice.postPaymentCreditNotes]
  if (![...sums, ...parts, ...rest, ...paid].every((amount) => isExactFromStripe(amount, invoice.currency)))
    return { faultLine: 'total', sentence: `A sum of invoice ${name} has an amount its currency cannot hold.` }
  if (invoice.taxes.some((part) => part.behavior === 'other'))
    return { faultLine: 'tax', sentence: `Invoice ${name} carries a tax that is neither included nor added.` }
  return undefined
}

function subtotalFault(invoice: InvoiceFacts, around: InvoiceInput): Fault | undefined {
  const off = invoice.lines.flatMap(itemDiscounts).reduce((all, part) => all + part.amount, 0)
  const reached = invoice.lines.reduce((all, line) => all + line.amount, -off)
  if (reached === invoice.subtotal) return undefined
  const told = `The lines sum to ${amountWords(reached, invoice.currency)}, the invoice says ${amountWords(invoice.subtotal, invoice.currency)}`
  const wrong = lineOffPrice(invoice.lines, around)
  const stated = { stated: invoice.subtotal, reached }
  if (!wrong) return mismatch('subtotal', invoice.currency, stated, `${told}.`)
  const [billed, due] = [wrong.line.amount, wrong.amount].map((amount) => amountWords(amount, invoice.currency))
  return mismatch(
    wrong.line.id,
    invoice.currency,
    { stated: wrong.line.amount, reached: wrong.amount },
    `${told}; "${planName(wrong.line, around.names)}" is billed at ${billed}, but ${wrong.line.proration ? 'by the time it covers' : 'its unit price times its quantity'} is ${due}.`,
  )
}

function totalFault(invoice: InvoiceFacts, rows: readonly ExplainedLine[]): Fault | undefined {
  const total = row(invoice.currency, 'total', 'Total', invoice.total, '', 'total').money.amount
  if (partsSum(rows) === total) return undefined
  const stated = amountWords(invoice.total, invoice.currency)
  const added = invoice.taxes.reduce((all, tax) => (tax.behavior === 'exclusive' ? all + tax.amount : all), 0)
  const own = invoice.lines.flatMap(itemDiscounts).reduce((all, part) => all + part.amount, 0)
  const off = invoice.discounts.reduce((all, part) => all + part.amount, invoice.creditGrants)
  const reached = invoice.subtotal + own - off + invoice.amountShipping + added
  return mismatch(
    'total',
    invoice.currency,
    { stated: invoice.total, reached },
    `Subtotal, discounts and taxes do not give the total of ${stated}.`,
  )
}
