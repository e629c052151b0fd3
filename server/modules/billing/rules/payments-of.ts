import type { ChargeFacts, InvoiceFacts, InvoicePaymentFacts } from './facts.ts'

/** The paid payments of an invoice, this charge's apart from the rest. Both empty when none are known. */
export function paymentsOf(
  invoice: InvoiceFacts,
  charge: ChargeFacts,
  apart: readonly InvoicePaymentFacts[] = [],
): { ours: InvoicePaymentFacts[]; others: InvoicePaymentFacts[] } {
  const all = invoice.payments.length ? invoice.payments : apart
  const paid = all.filter((payment) => payment.status === 'paid' && payment.invoice === invoice.id)
  const isOurs = (payment: InvoicePaymentFacts): boolean =>
    payment.charge === charge.id || (!!charge.paymentIntent && payment.paymentIntent === charge.paymentIntent)
  return { ours: paid.filter(isOurs), others: paid.filter((payment) => !isOurs(payment)) }
}
