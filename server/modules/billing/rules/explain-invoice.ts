import { fromStripe } from '#contract/money.ts'
import { issued, noteFault } from './explain-after.ts'
import { isCarriedOver } from './explain-due.ts'
import { explainHistory } from './explain-history.ts'
import { adjustmentWords, invoicePurpose, lineWords } from './explain-paragraphs.ts'
import { outsideStripe, paidPayments, paymentRows } from './explain-payments.ts'
import { isFault, partsSum, refusal, type Explanation, type InvoiceInput } from './explanation.ts'
import { invoiceRows } from './invoice-rows.ts'
import { amountWords, dayWords } from './words.ts'

/** What an invoice asks for and what became of it, paid or not, as rows that sum to the cent, or a refusal naming the line. */
export function explainInvoice(input: InvoiceInput): Explanation {
  const { invoice } = input
  const lines = invoiceRows(invoice, input)
  if (isFault(lines)) return refusal(lines)
  const notes = noteFault(invoice, issued(input.creditNotes), input.creditNotes !== undefined)
  if (notes) return refusal(notes)
  const after = paymentRows(input)
  if (isFault(after)) return refusal(after)
  const due = amountWords(invoice.amountDue, invoice.currency)
  if (partsSum(lines) !== fromStripe(invoice.amountDue, invoice.currency).amount)
    return refusal({ faultLine: 'amount_due', sentence: `The lines do not give the ${due} due.` })
  const state = stateWords(input)
  const name = invoice.number ? `Invoice ${invoice.number}` : 'This invoice'
  return {
    closes: true,
    sentence: `= ${due}, ${state}`,
    lines,
    faultLine: null,
    difference: null,
    after,
    settled: [],
    history: explainHistory(input),
    paragraphs: [
      `${name} is for ${invoicePurpose(invoice, input)}: ${due}, ${state}.`,
      ...lineWords(lines, invoice, input),
      ...adjustmentWords(invoice),
    ],
  }
}

/** "paid on 3 Nov", "overdue since 3 Dec, the next attempt is on 5 Dec". */
function stateWords(input: InvoiceInput): string {
  const { invoice } = input
  const day = (at: number): string => dayWords(at, input)
  switch (invoice.status) {
    case 'paid':
      return paidWords(input)
    case 'void':
      return `voided${invoice.voidedAt ? ` on ${day(invoice.voidedAt)}` : ''}; nothing is owed`
    case 'uncollectible':
      return 'given up as uncollectible'
    case 'open': {
      const { dueDate, nextAttempt, tries } = invoice
      const isLate = dueDate !== undefined && dueDate * 1000 < input.now
      const terms =
        dueDate === undefined ? 'open' : isLate ? `overdue since ${day(dueDate)}` : `to be paid by ${day(dueDate)}`
      const tried = tries ? `, tried ${tries === 1 ? 'once' : `${tries} times`}` : ''
      return `${terms}${tried}${nextAttempt ? `, the next attempt is on ${day(nextAttempt)}` : ''}`
    }
    default:
      return 'in a state not known here'
  }
}

function paidWords(input: InvoiceInput): string {
  const { invoice } = input
  if (isCarriedOver(invoice)) return 'nothing to pay now; the next invoice asks for it'
  if (invoice.amountDue === 0) return 'nothing to pay'
  const paid = paidPayments(invoice, input.payments)
  const by = outsideStripe(invoice, paid) ? `, ${paid.length ? 'partly ' : ''}outside Stripe` : ''
  return `paid${invoice.paidAt ? ` on ${dayWords(invoice.paidAt, input)}` : ''}${by}`
}
