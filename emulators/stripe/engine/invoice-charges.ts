import type { Stripe } from 'stripe'
import { by, type Context, idOf, must } from './context.ts'

/** The charges that paid an invoice, newest first, by way of its invoice payments. */
export function chargesOf(ctx: Context, invoice: string): Stripe.Charge[] {
  const paid = by(ctx, 'invoice_payment', 'invoice', invoice).filter((payment) => payment.status === 'paid')
  const charges = paid.flatMap((payment) => {
    const intent = must(ctx, 'payment_intent', String(payment.payment.payment_intent), 'payment_intent')
    return intent.latest_charge === null ? [] : [must(ctx, 'charge', idOf(intent.latest_charge), 'charge')]
  })
  return charges.toReversed()
}
