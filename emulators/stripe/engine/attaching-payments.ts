import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { invoicePayment } from '../shapes/invoice.ts'
import { create } from './changes.ts'
import { type Context, idOf, must } from './context.ts'
import { creditInvoice, linkIntent, paymentOf } from './paying.ts'

/** Adds a payment intent to an invoice's payments; it is credited once it succeeds, or at once when it has. */
export function attachPayment(ctx: Context, invoice: Stripe.Invoice, intent: Stripe.PaymentIntent): Stripe.Invoice {
  if (invoice.status !== 'open')
    throw invalid(
      `Payments can only be attached to open invoices; this invoice is ${invoice.status}.`,
      'payment_intent',
    )
  if (intent.currency !== invoice.currency || ownerOf(intent) !== ownerOf(invoice))
    throw invalid('The PaymentIntent must have the same currency and customer as the invoice.', 'payment_intent')
  if (intent.status === 'canceled')
    throw invalid('A canceled PaymentIntent cannot be attached to an invoice.', 'payment_intent')
  if (paymentOf(ctx, intent.id))
    throw invalid('This PaymentIntent is already attached to an invoice.', 'payment_intent')
  if (intent.status !== 'succeeded' && intent.amount > invoice.amount_remaining)
    throw invalid('The amount of the PaymentIntent exceeds the amount remaining on the invoice.', 'payment_intent')
  const given = { intent: intent.id, is_default: false, amount: intent.amount }
  const payment = create(ctx, 'invoice_payment', invoicePayment(ctx, invoice, given))
  linkIntent(ctx, intent.id, payment.id)
  if (intent.status === 'succeeded') creditInvoice(ctx, intent)
  return must(ctx, 'invoice', invoice.id)
}

const ownerOf = ({ customer }: { customer: string | { id: string } | null }) =>
  customer === null ? null : idOf(customer)
