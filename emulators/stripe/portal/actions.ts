import type { Stripe } from 'stripe'
import { cancelSubscription } from '../engine/canceling.ts'
import { change } from '../engine/changes.ts'
import type { Context } from '../engine/context.ts'
import { pauseSubscription, resumeSubscription } from '../engine/pausing.ts'
import { attach } from '../engine/payment-methods.ts'
import { changeSubscription } from '../engine/subscription-change.ts'
import { invalid } from '../http/errors.ts'
import { subscriptionGiven } from '../params/subscription-params.ts'
import { changePlan, wantedPlan } from './plans.ts'
import { type PortalView, subscriptionIn } from './view.ts'

/** What a customer does on the page, or the refusal it throws. The form's values come as they were sent. */
type Action = (ctx: Context, view: PortalView, form: URLSearchParams) => void

type Feature = 'subscription_cancel' | 'subscription_pause' | 'subscription_update'

function mine(ctx: Context, view: PortalView, form: URLSearchParams, feature: Feature): Stripe.Subscription {
  const found = subscriptionIn(ctx, view, form.get('subscription') ?? '')
  if (!found) throw invalid('There is no such subscription any more.')
  if (!view.configuration.features[feature].enabled || found.schedule !== null)
    throw invalid('This subscription cannot be changed here.')
  return found
}

const cancel: Action = (ctx, view, form) => {
  const before = mine(ctx, view, form, 'subscription_cancel')
  const { mode, proration_behavior: how, cancellation_reason } = view.configuration.features.subscription_cancel
  const feedback = cancellation_reason.options.find((option) => option === form.get('feedback'))
  const why = feedback === undefined ? {} : { feedback }
  if (mode === 'immediately') {
    cancelSubscription(ctx, before, {
      prorate: how !== 'none',
      invoice_now: how === 'always_invoice',
      details: { reason: 'cancellation_requested', ...why },
    })
    return
  }
  const given = subscriptionGiven(ctx, { cancel_at_period_end: true }, view.customer.id, before)
  const none = { comment: null, feedback: null, feedback_option: null, reason: null }
  const cancellation_details = { ...none, ...given.cancellation_details, ...why }
  changeSubscription(ctx, before, { given: { ...given, cancellation_details } })
}

const keep: Action = (ctx, view, form) => {
  const before = mine(ctx, view, form, 'subscription_cancel')
  const given = subscriptionGiven(ctx, { cancel_at_period_end: false }, view.customer.id, before)
  changeSubscription(ctx, before, { given })
}

const payWith: Action = (ctx, { customer, configuration }, form) => {
  if (!configuration.features.payment_method_update.enabled) throw invalid('Payment methods cannot be changed here.')
  const method = attach(ctx, form.get('method') ?? '', customer.id)
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: method.id }
  change(ctx, 'customer', customer, { invoice_settings }, 'customer.updated')
}

const details: Action = (ctx, { customer, configuration }, form) => {
  const { enabled, allowed_updates } = configuration.features.customer_update
  if (!enabled) throw invalid('Your details cannot be changed here.')
  const given = allowed_updates.flatMap((name) => {
    const text = form.get(name)
    return text === null ? [] : [[name, text.trim().slice(0, 200) || null]]
  })
  change(ctx, 'customer', customer, Object.fromEntries(given) as object, 'customer.updated')
}

const pause: Action = (ctx, view, form) => {
  pauseSubscription(ctx, mine(ctx, view, form, 'subscription_pause'), {})
}

const resume: Action = (ctx, view, form) => {
  const before = mine(ctx, view, form, 'subscription_pause')
  resumeSubscription(ctx, before, { payment_behavior: 'resume_on_payment_success' })
}

const plan: Action = (ctx, view, form) => {
  const before = mine(ctx, view, form, 'subscription_update')
  const wanted = wantedPlan(ctx, view, before, { price: form.get('price'), quantity: form.get('quantity') })
  changePlan(ctx, before, wanted, view.configuration.features.subscription_update)
}

export const actions: Record<string, Action> = {
  cancel,
  details,
  keep,
  pause,
  'payment-method': payWith,
  plan,
  resume,
}

/** What the page says when an action is done. */
export const DONE: Record<string, string> = {
  cancel: 'Your subscription has been cancelled.',
  details: 'Your details have been saved.',
  keep: 'Your subscription goes on.',
  pause: 'Your subscription is paused.',
  'payment-method': 'Your payment method has been changed.',
  plan: 'Your plan has been changed.',
  resume: 'Your subscription goes on.',
}
