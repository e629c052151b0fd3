import { fromStripe, isExactFromStripe } from '#contract/money.ts'
import { explainAfter } from './explain-after.ts'
import { explainHistory } from './explain-history.ts'
import { explainParagraphs } from './explain-paragraphs.ts'
import { explainSettled } from './explain-settled.ts'
import { invoiceRows } from './invoice-rows.ts'
import {
  isFault,
  mismatch,
  partsSum,
  refusal,
  row,
  type ExplainedLine,
  type ExplainInput,
  type Explanation,
  type Fault,
} from './explanation.ts'
import type { InvoiceFacts } from './facts.ts'
import { paymentsOf } from './payments-of.ts'
import { amountWords, dayWords, methodWords } from './words.ts'

/** Why a charge was made, as rows that sum to the cent, or a refusal naming the line at fault. */
export function explainCharge(input: ExplainInput): Explanation {
  const { charge } = input
  const lines = chargeFault(input) ?? (input.invoice ? invoiceLines(input.invoice, input) : [bareLine(input)])
  if (isFault(lines)) return refusal(lines)
  const after = explainAfter(input)
  if (isFault(after)) return refusal(after)
  const settled = explainSettled(input)
  if (isFault(settled)) return refusal(settled)
  const amount = amountWords(charge.amountCaptured, charge.currency)
  if (partsSum(lines) !== fromStripe(charge.amountCaptured, charge.currency).amount)
    return refusal({ faultLine: 'charged', sentence: `The lines do not give the ${amount} charged.` })
  return {
    closes: true,
    sentence: `= ${amount} charged on ${dayWords(charge.created, input)} to ${methodWords(charge.method)}`,
    lines,
    faultLine: null,
    difference: null,
    after,
    settled,
    history: explainHistory(input),
    paragraphs: explainParagraphs(input, lines),
  }
}

function chargeFault({ charge, invoice }: ExplainInput): Fault | undefined {
  if (charge.status === 'failed') {
    const why = charge.failure ? ` The bank said: ${charge.failure.replace(/\.$/, '')}.` : ''
    return { faultLine: 'charge', sentence: `This payment failed; nothing was charged.${why}` }
  }
  if (charge.status !== 'succeeded') return { faultLine: 'charge', sentence: 'This payment is not complete yet.' }
  if (!charge.captured)
    return { faultLine: 'charge', sentence: 'This amount is only held on the card; nothing was charged.' }
  if (![charge.amountCaptured, charge.amountRefunded].every((amount) => isExactFromStripe(amount, charge.currency)))
    return { faultLine: 'amount', sentence: 'This charge has an amount its currency cannot hold.' }
  if (invoice && invoice.currency !== charge.currency)
    return { faultLine: 'currency', sentence: 'The charge is in another currency than its invoice.' }
  return undefined
}

/** The invoice's rows, less what other payments covered of it and what is still to pay, more what was paid too much. */
function invoiceLines(invoice: InvoiceFacts, input: ExplainInput): ExplainedLine[] | Fault {
  const lines = invoiceRows(invoice, input)
  if (isFault(lines)) return lines
  const { charge } = input
  const { currency } = charge
  const { ours, others } = paymentsOf(invoice, charge, input.payments)
  if (others.length && !ours.length)
    return { faultLine: 'payments', sentence: 'This charge is not among the payments of its invoice.' }
  const covered = others.reduce((sum, payment) => sum + payment.amountPaid, 0)
  const outside = invoice.paidOffStripe
  const open = invoice.status === 'paid' ? 0 : invoice.amountRemaining
  const due = invoice.amountDue - covered - outside - open + invoice.amountOverpaid
  if (due !== charge.amountCaptured) {
    const [asked, got] = [invoice.amountDue, covered + outside + charge.amountCaptured].map((sum) =>
      amountWords(sum, currency),
    )
    const name = invoice.number ?? invoice.id
    return mismatch(
      'payments',
      currency,
      { stated: charge.amountCaptured, reached: due },
      `Invoice ${name} asked for ${asked}, but ${got} was paid on it.`,
    )
  }
  const rows = others.map((payment) => {
    const day = payment.paidAt ? ` on ${dayWords(payment.paidAt, input)}` : ''
    return row(
      payment.currency,
      'other_payment',
      `Paid separately${day}`,
      -payment.amountPaid,
      'Another payment covered this part.',
    )
  })
  if (outside)
    rows.push(
      row(
        currency,
        'paid_outside',
        'Paid outside Stripe',
        -outside,
        'This part was paid another way and marked as paid by hand.',
      ),
    )
  if (invoice.amountOverpaid)
    rows.push(
      row(
        currency,
        'overpaid',
        'Paid too much, kept as credit',
        invoice.amountOverpaid,
        'More was paid than was due; it is credit for later invoices.',
      ),
    )
  if (open) rows.push(row(currency, 'still_open', 'Still to pay', -open, 'This part of the invoice is not paid yet.'))
  return [...lines, ...rows]
}

function bareLine({ charge }: ExplainInput): ExplainedLine {
  const held = charge.amount - charge.amountCaptured
  const less =
    held > 0 ? ` ${amountWords(charge.amount, charge.currency)} had been held on the card; the rest was let go.` : ''
  return row(
    charge.currency,
    'payment',
    charge.description ?? 'One-off payment',
    charge.amountCaptured,
    `A one-off payment; it belongs to no invoice.${less}`,
  )
}
