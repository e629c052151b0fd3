import type { Stripe } from 'stripe'
import { ApiError, invalid } from '../http/errors.ts'
import { needsAction } from './authenticating.ts'
import { billingSettings } from './billing-settings.ts'
import { change } from './changes.ts'
import { attemptPayment, lastError } from './charging.ts'
import { type Context, find, idOf, must } from './context.ts'
import { subscriptionOf } from './drafting.ts'
import { emit } from './events.ts'
import { methodFor } from './finalizing.ts'
import { openPaymentOf } from './paying.ts'

/** Declines after which Stripe does not try the same card again by itself. */
const FINAL = new Set(['lost_card', 'stolen_card', 'fraudulent'])

type Collected = { invoice: Stripe.Invoice; error: ApiError | null }

/**
 * Tries once to collect what an open invoice still asks for. A failure is booked on invoice and subscription and returned.
 * Only the first try and the retries Stripe makes by itself are counted.
 */
export function collect(
  ctx: Context,
  invoice: Stripe.Invoice,
  method = methodFor(ctx, invoice),
  automatic = true,
): Collected {
  const payment = openPaymentOf(ctx, invoice.id)
  const intent = payment && must(ctx, 'payment_intent', String(payment.payment.payment_intent))
  if (!intent) throw invalid('This invoice has no open payment.', 'invoice')
  const attempt_count = automatic || invoice.attempt_count === 0 ? invoice.attempt_count + 1 : invoice.attempt_count
  const tried = change(ctx, 'invoice', invoice, { attempt_count, attempted: true })
  if (method === null) return { invoice: bookFailure(ctx, tried, automatic), error: noMethod() }
  if (automatic && refusedForGood(intent, method))
    return { invoice: schedule(ctx, tried, automatic), error: lastError(intent) }
  const ready = change(ctx, 'payment_intent', intent, { payment_method: method })
  const after = attemptPayment(ctx, ready, { offSession: true })
  const latest = must(ctx, 'invoice', invoice.id)
  if (after.status === 'succeeded') return { invoice: latest, error: null }
  const failed = bookFailure(ctx, latest, automatic)
  if (after.status !== 'requires_action') return { invoice: failed, error: lastError(after) }
  emit(ctx, 'invoice.payment_action_required', failed)
  return { invoice: failed, error: needsAction(after) }
}

/** The card was lost, stolen or blocked: retries are only counted until there is another one. */
function refusedForGood({ last_payment_error: error }: Stripe.PaymentIntent, method: string | Stripe.PaymentMethod) {
  return FINAL.has(error?.decline_code ?? '') && error?.payment_method?.id === idOf(method)
}

function schedule(ctx: Context, invoice: Stripe.Invoice, automatic: boolean): Stripe.Invoice {
  if (!automatic) return invoice
  const days = billingSettings(ctx).retries[invoice.attempt_count - 1]
  const next_payment_attempt = days === undefined ? null : ctx.now + days * 86_400
  return change(ctx, 'invoice', invoice, { next_payment_attempt }, 'invoice.updated')
}

function noMethod(): ApiError {
  const message =
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.'
  return new ApiError(400, { message, code: 'resource_missing' })
}

function bookFailure(ctx: Context, invoice: Stripe.Invoice, automatic: boolean): Stripe.Invoice {
  const failed = schedule(ctx, invoice, automatic)
  emit(ctx, 'invoice.payment_failed', failed)
  const owner = subscriptionOf(failed)
  const subscription = owner === null ? undefined : find(ctx, 'subscription', owner)
  if (
    subscription?.status === 'active' &&
    subscription.latest_invoice === failed.id &&
    // A subscription that is only being made is not past due but incomplete; one that a schedule made may be.
    (failed.billing_reason !== 'subscription_create' || subscription.created < ctx.now)
  ) {
    change(ctx, 'subscription', subscription, { status: 'past_due' }, 'customer.subscription.updated')
    const customer = find(ctx, 'customer', idOf(subscription.customer))
    if (customer) change(ctx, 'customer', customer, { delinquent: true }, 'customer.updated')
  }
  return failed
}
