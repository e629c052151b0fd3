import type { Stripe } from 'stripe'
import { change } from './changes.ts'
import { by, type Context, find, idOf, must, put } from './context.ts'
import { moveBalance } from './customer-balance.ts'
import { subscriptionOf } from './drafting.ts'
import { emit } from './events.ts'
import { applyPendingUpdate } from './pending-updates.ts'
import { resumeIfPaid } from './resumption.ts'

type Link = { id: string; payment: string }
const LINK = 'stripe.intent_payment'

/** Remembers that a payment intent pays an invoice, for the moment it succeeds or is cancelled. */
export function linkIntent(ctx: Context, intent: string, payment: string): void {
  ctx.store.put(LINK, intent, { id: intent, payment } satisfies Link)
}

/** The invoice payment that a payment intent serves. */
export function paymentOf(ctx: Pick<Context, 'store'>, intent: string): Stripe.InvoicePayment | undefined {
  const link = ctx.store.get<Link>(LINK, intent)
  return link && find(ctx, 'invoice_payment', link.payment)
}

/** Credits a succeeded intent to its invoice. What exceeds the rest is overpaid and goes onto the customer's balance. */
export function creditInvoice(ctx: Context, intent: Stripe.PaymentIntent): void {
  const payment = paymentOf(ctx, intent.id)
  if (payment?.status !== 'open') return
  const received = intent.amount_received
  const transitions = { ...payment.status_transitions, paid_at: ctx.now }
  const paid = change(ctx, 'invoice_payment', payment, {
    status: 'paid',
    amount_paid: received,
    status_transitions: transitions,
  })
  emit(ctx, 'invoice_payment.paid', paid)
  const invoice = must(ctx, 'invoice', idOf(payment.invoice), 'invoice')
  const owes = invoice.status === 'open' || invoice.status === 'uncollectible'
  const applied = owes ? Math.min(received, invoice.amount_remaining) : 0
  const after = owes ? payPart(ctx, invoice, applied) : invoice
  if (received > applied) overpaid(ctx, after, received - applied)
}

function payPart(ctx: Context, invoice: Stripe.Invoice, amount: number): Stripe.Invoice {
  if (amount === invoice.amount_remaining) return markPaid(ctx, invoice, amount)
  const patch = { amount_paid: invoice.amount_paid + amount, amount_remaining: invoice.amount_remaining - amount }
  const after = change(ctx, 'invoice', invoice, patch, 'invoice.updated')
  matchDefault(ctx, after)
  return after
}

function overpaid(ctx: Context, invoice: Stripe.Invoice, excess: number): void {
  const entry = { amount: -excess, currency: invoice.currency, invoice: invoice.id, type: 'invoice_overpaid' }
  if (invoice.customer !== null) moveBalance(ctx, idOf(invoice.customer), entry)
  const amount_overpaid = invoice.amount_overpaid + excess
  emit(ctx, 'invoice.overpaid', change(ctx, 'invoice', invoice, { amount_overpaid }, 'invoice.updated'))
}

/** The default payment and its intent always ask for what the invoice still owes. */
export function matchDefault(ctx: Context, invoice: Stripe.Invoice): void {
  const payment = openPaymentOf(ctx, invoice.id)
  if (!payment) return
  put(ctx, 'invoice_payment', { ...payment, amount_requested: invoice.amount_remaining })
  const intent = find(ctx, 'payment_intent', String(payment.payment.payment_intent))
  if (intent && intent.status !== 'succeeded')
    put(ctx, 'payment_intent', { ...intent, amount: invoice.amount_remaining })
}

/** An invoice has all it asked for, the last `amount` of it just now (0 when nothing was due); its subscription comes back to life. */
export function markPaid(ctx: Context, invoice: Stripe.Invoice, amount: number): Stripe.Invoice {
  dropDefault(ctx, invoice, 'automatic')
  const after = change(
    ctx,
    'invoice',
    invoice,
    {
      status: 'paid',
      attempted: true,
      amount_paid: invoice.amount_paid + amount,
      amount_remaining: 0,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, paid_at: ctx.now },
    },
    'invoice.updated',
  )
  emit(ctx, 'invoice.paid', after)
  emit(ctx, 'invoice.payment_succeeded', after)
  revive(ctx, after)
  return after
}

/** Cancels the default payment of an invoice that no longer waits for it, and the intent behind it. */
export function dropDefault(ctx: Context, invoice: Stripe.Invoice, reason: 'automatic' | 'void_invoice'): void {
  const payment = openPaymentOf(ctx, invoice.id)
  if (!payment) return
  closePayment(ctx, payment)
  const intent = must(ctx, 'payment_intent', String(payment.payment.payment_intent))
  const patch = { status: 'canceled', canceled_at: ctx.now, cancellation_reason: reason, next_action: null } as const
  if (intent.status !== 'succeeded') change(ctx, 'payment_intent', intent, patch, 'payment_intent.canceled')
}

export function closePayment(ctx: Context, payment: Stripe.InvoicePayment): void {
  const transitions = { ...payment.status_transitions, canceled_at: ctx.now }
  change(ctx, 'invoice_payment', payment, { status: 'canceled', status_transitions: transitions })
}

/** The default payment that still waits to be paid. */
export function openPaymentOf(ctx: Context, invoice: string): Stripe.InvoicePayment | undefined {
  return by(ctx, 'invoice_payment', 'invoice', invoice).find(
    (payment) => payment.status === 'open' && payment.is_default,
  )
}

function revive(ctx: Context, invoice: Stripe.Invoice): void {
  const owner = subscriptionOf(invoice)
  const subscription = owner === null ? undefined : find(ctx, 'subscription', owner)
  if (!subscription) return
  applyPendingUpdate(ctx, subscription, invoice.id)
  resumeIfPaid(ctx, invoice.id)
  if (subscription.latest_invoice !== invoice.id) return
  if (!['incomplete', 'past_due', 'unpaid'].includes(subscription.status)) return
  change(ctx, 'subscription', subscription, { status: 'active' }, 'customer.subscription.updated')
  const customer = find(ctx, 'customer', String(invoice.customer))
  if (customer?.delinquent === true) change(ctx, 'customer', customer, { delinquent: false }, 'customer.updated')
}
