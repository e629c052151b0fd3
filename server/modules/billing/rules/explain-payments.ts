import { mismatch, row, type ExplainedLine, type Fault, type InvoiceInput } from './explanation.ts'
import type { ChargeFacts, InvoiceFacts, InvoicePaymentFacts } from './facts.ts'
import { amountWords, dayWords, methodWords } from './words.ts'

/**
 * What was paid on an invoice and what is left. Nothing is said of an invoice that asked for nothing. Paid, overpaid and
 * remaining must agree with what was due, and the payments with what was paid.
 */
export function paymentRows(input: InvoiceInput): ExplainedLine[] | Fault {
  const { invoice } = input
  const { currency } = invoice
  const paid = paidPayments(invoice, input.payments)
  const fault = remainingFault(invoice) ?? paidFault(invoice, paid)
  if (fault) return fault
  const rows = paid.filter((payment) => payment.amountPaid !== 0).map((payment) => paymentRow(payment, input))
  const outside = outsideStripe(invoice, paid)
  if (outside)
    rows.push(
      row(
        currency,
        'paid_outside',
        'Paid outside Stripe',
        -outside,
        `${amountWords(outside, currency)} was paid by transfer, cash or another way and marked as paid by hand.`,
      ),
    )
  const over = invoice.amountOverpaid
  if (over)
    rows.push(
      row(
        currency,
        'overpaid',
        'Paid too much, kept as credit',
        over,
        `${amountWords(over, currency)} more was paid than was due; it is credit for later invoices.`,
      ),
    )
  const left = leftToPay(invoice)
  if (!rows.length && left === invoice.amountDue) return []
  return [
    ...rows,
    row(currency, 'remaining', left ? 'Still to pay' : 'Nothing left to pay', left, remainingWords(invoice), 'total'),
  ]
}

/** What nobody paid through Stripe although the invoice counts as paid. */
export function outsideStripe(invoice: InvoiceFacts, paid: readonly InvoicePaymentFacts[]): number {
  if (invoice.status !== 'paid') return invoice.paidOffStripe
  const through = paid.reduce((all, payment) => all + payment.amountPaid, 0)
  return Math.max(invoice.paidOffStripe, invoice.amountDue + invoice.amountOverpaid - through, 0)
}

export function paidPayments(invoice: InvoiceFacts, apart: readonly InvoicePaymentFacts[] = []): InvoicePaymentFacts[] {
  const all = invoice.payments.length ? invoice.payments : apart
  return all.filter((payment) => payment.status === 'paid' && payment.invoice === invoice.id)
}

function leftToPay(invoice: InvoiceFacts): number {
  return invoice.status === 'paid' || invoice.status === 'void' ? 0 : invoice.amountRemaining
}

function paymentRow(payment: InvoicePaymentFacts, input: InvoiceInput): ExplainedLine {
  const charge = chargeOf(payment, input.attempts ?? [])
  const by = charge ? ` by ${methodWords(charge.method)}` : ''
  const day = payment.paidAt ? ` on ${dayWords(payment.paidAt, input)}` : ''
  const part = payment.amountPaid < input.invoice.amountDue ? 'A part' : 'All of it'
  return row(
    payment.currency,
    'payment',
    `Paid${day}`,
    -payment.amountPaid,
    `${part} was paid${day}${by}: ${amountWords(payment.amountPaid, payment.currency)}.`,
  )
}

function chargeOf(payment: InvoicePaymentFacts, charges: readonly ChargeFacts[]): ChargeFacts | undefined {
  return charges.find(
    (charge) =>
      charge.status === 'succeeded' &&
      (charge.id === payment.charge || (!!payment.paymentIntent && charge.paymentIntent === payment.paymentIntent)),
  )
}

function remainingWords(invoice: InvoiceFacts): string {
  if (invoice.status === 'void') return 'The invoice was voided; nothing is owed on it.'
  if (invoice.status === 'uncollectible') return 'It was given up as uncollectible; it may still be paid.'
  return leftToPay(invoice) ? 'What is due less what was paid.' : 'What was due has been paid.'
}

function remainingFault(invoice: InvoiceFacts): Fault | undefined {
  const {
    amountDue: due,
    amountPaid: paid,
    amountRemaining: left,
    amountOverpaid: over,
    status,
    paidOffStripe: off,
  } = invoice
  const rest = Math.max(0, due - paid)
  // Marked paid by hand, an invoice keeps nothing paid at Stripe while nothing remains; voided, it keeps what was open or clears it.
  const allowed = [rest, Math.max(0, due - paid - off)]
  if (status === 'paid' || status === 'void') allowed.push(0)
  if (!allowed.includes(left))
    return mismatch(
      'remaining',
      invoice.currency,
      { stated: left, reached: rest },
      `${amountWords(due, invoice.currency)} was due and ${amountWords(paid, invoice.currency)} paid, but ${amountWords(left, invoice.currency)} is said to remain.`,
    )
  if (over > 0 && ![due, due + over].includes(paid))
    return mismatch(
      'overpaid',
      invoice.currency,
      { stated: over, reached: Math.max(0, paid - due) },
      `${amountWords(over, invoice.currency)} is said to be overpaid.`,
    )
  return undefined
}

function paidFault(invoice: InvoiceFacts, paid: readonly InvoicePaymentFacts[]): Fault | undefined {
  const through = paid.reduce((all, payment) => all + payment.amountPaid, 0)
  const { amountPaid, amountOverpaid, paidOffStripe } = invoice
  const allowed = [amountPaid, amountPaid + amountOverpaid, amountPaid - paidOffStripe]
  // Without any payment through Stripe the whole was paid outside it.
  const byHand =
    invoice.status === 'paid' && [0, invoice.amountDue, invoice.amountDue + amountOverpaid].includes(amountPaid)
  if (allowed.includes(through) || (through === 0 && byHand)) return undefined
  const name = invoice.number ?? invoice.id
  return mismatch(
    'payments',
    invoice.currency,
    { stated: amountPaid, reached: through },
    `Invoice ${name} counts ${amountWords(amountPaid, invoice.currency)} as paid, but ${amountWords(through, invoice.currency)} was paid on it.`,
  )
}
