import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { invoicePayment } from '../shapes/invoice.ts'
import { paymentIntent } from '../shapes/payment-intent.ts'
import { appoint } from './appointments.ts'
import { change, create } from './changes.ts'
import { type Context, find, idOf, must } from './context.ts'
import { moveBalance } from './customer-balance.ts'
import { customerFields } from './customer-fields.ts'
import { emit } from './events.ts'
import { redrawn } from './invoice-totals.ts'
import { minimumCharge } from './money.ts'
import { linkIntent, markPaid } from './paying.ts'
import { subscriptionOf } from './drafting.ts'

const WORDS: Record<string, string> = {
  subscription_create: 'Subscription creation',
  subscription_cycle: 'Subscription update',
  subscription_update: 'Subscription update',
}

/** Gives a draft its number, applies the customer's balance and opens it for payment; nothing due means paid at once. */
export function finalize(ctx: Context, asked: Stripe.Invoice): Stripe.Invoice {
  if (asked.status !== 'draft')
    throw invalid(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
      'invoice',
      'invoice_not_editable',
    )
  const customer = must(ctx, 'customer', idOf(asked.customer ?? ''), 'customer')
  const draft = redrawn(ctx, { ...asked, ...customerFields(ctx, customer) })
  const due = applyBalance(ctx, draft, customer)
  const sequence = customer.next_invoice_sequence ?? 1
  change(ctx, 'customer', must(ctx, 'customer', customer.id), { next_invoice_sequence: sequence + 1 })
  const sends = draft.collection_method === 'send_invoice'
  const opened = change(
    ctx,
    'invoice',
    asked,
    {
      ...draft,
      ...due,
      amount_remaining: due.amount_due,
      number: draft.number ?? `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`,
      status: 'open',
      effective_at: draft.effective_at ?? ctx.now,
      automatically_finalizes_at: null,
      due_date: sends ? (draft.due_date ?? ctx.now + 30 * 86_400) : null,
      next_payment_attempt: sends || draft.auto_advance !== true ? null : ctx.now,
      status_transitions: { ...draft.status_transitions, finalized_at: ctx.now },
      hosted_invoice_url: `https://invoice.stripe.com/i/${draft.id}`,
      invoice_pdf: `https://pay.stripe.com/invoice/${draft.id}/pdf`,
    },
    'invoice.finalized',
  )
  if (due.amount_due === 0) return markPaid(ctx, opened, 0)
  openPayment(ctx, opened)
  if (opened.due_date !== null) appoint(ctx, 'invoice_due', opened.id, opened.due_date)
  if (sends && draft.auto_advance === true) emit(ctx, 'invoice.sent', opened)
  return opened
}

/** Applies credit or debt of the customer's balance; what is under the minimum charge goes back onto the balance. */
function applyBalance(ctx: Context, draft: Stripe.Invoice, customer: Stripe.Customer) {
  const { total, currency } = draft
  const foreign = customer.balance !== 0 && customer.currency !== currency
  const starting = foreign ? 0 : customer.balance
  const wanted = total + starting
  const due = total <= 0 && starting >= 0 ? Math.max(0, total) : Math.max(0, wanted)
  const tooSmall = due > 0 && due < minimumCharge(currency) && draft.collection_method === 'charge_automatically'
  const applied = due - total
  const entry = { currency, invoice: draft.id }
  if (applied !== 0) moveBalance(ctx, customer.id, { ...entry, amount: -applied, type: 'applied_to_invoice' })
  if (tooSmall) moveBalance(ctx, customer.id, { ...entry, amount: due, type: 'invoice_too_small' })
  const ending = foreign ? 0 : must(ctx, 'customer', customer.id).balance
  return { amount_due: tooSmall ? 0 : due, starting_balance: starting, ending_balance: ending }
}

function openPayment(ctx: Context, invoice: Stripe.Invoice): void {
  const intent = create(
    ctx,
    'payment_intent',
    paymentIntent(ctx, {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: invoice.customer,
      description: WORDS[invoice.billing_reason ?? ''] ?? (invoice.description || `Payment for Invoice`),
      setup_future_usage: subscriptionOf(invoice) === null ? null : 'off_session',
      receipt_email: null,
    }),
    'payment_intent.created',
  )
  const payment = create(ctx, 'invoice_payment', invoicePayment(ctx, invoice, { intent: intent.id, is_default: true }))
  linkIntent(ctx, intent.id, payment.id)
}

/** The payment method an invoice would be charged to: its own, its subscription's, its customer's. */
export function methodFor(ctx: Context, invoice: Stripe.Invoice): string | null {
  const owner = subscriptionOf(invoice)
  const subscription = owner === null ? undefined : find(ctx, 'subscription', owner)
  const customer = find(ctx, 'customer', idOf(invoice.customer ?? ''))
  const method =
    invoice.default_payment_method ??
    subscription?.default_payment_method ??
    customer?.invoice_settings?.default_payment_method ??
    null
  return method === null ? null : idOf(method)
}
