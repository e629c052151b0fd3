import { paymentsOf } from './payments-of.ts'
import type { Reason, RefundRequest } from './refund-request.ts'

/** How Stripe is asked: a credit note that makes the refund, or a bare refund, or not at all. */
export type RefundWay =
  | { kind: 'credit_note' }
  | { kind: 'refund' }
  /** The invoice was paid more than once: what is too much is returned without lowering the invoice. */
  | { kind: 'refund_overpaid' }
  | { kind: 'refused'; reason: Reason }

/** A finalised paid invoice takes a credit note, so that tax and revenue follow; a bare refund is for charges with no invoice. */
export function refundWay({
  charge,
  invoice,
  payments,
  cause,
}: Pick<RefundRequest, 'charge' | 'invoice' | 'payments' | 'cause'>): RefundWay {
  if (!invoice) return { kind: 'refund' }
  const name = `Invoice ${invoice.number ?? invoice.id}`
  switch (invoice.status) {
    case 'paid':
      break
    case 'void':
      return { kind: 'refund' }
    case 'draft':
    case 'open':
    case 'uncollectible':
      return refused('invoice_not_paid', `${name} is ${invoice.status}, not paid; settle or void it first.`)
    default:
      return refused('invoice_unknown', `${name} has a status this desk does not know.`)
  }
  if (invoice.amountOverpaid > 0 && cause === 'duplicate') return { kind: 'refund_overpaid' }
  const { ours, others } = paymentsOf(invoice, charge, payments)
  if (others.length && !ours.length) return refused('other_invoice', `${name} was not paid by this charge.`)
  if (ours.length + others.length > 1)
    return refused(
      'several_payments',
      `${name} was paid in several payments; one credit note cannot name which to return.`,
    )
  return { kind: 'credit_note' }
}

function refused(code: string, sentence: string): RefundWay {
  return { kind: 'refused', reason: { code, sentence } }
}
