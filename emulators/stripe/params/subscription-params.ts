import type { Stripe } from 'stripe'
import { type Context, must } from '../engine/context.ts'
import { ratesNamed } from '../engine/tax-rates.ts'
import { invalid } from '../http/errors.ts'
import * as p from '../http/params.ts'
import { discountParams } from './discount-params.ts'

const feedback = p.oneOf(
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
)
export const cancellationDetails = p.object({ comment: p.clearable(p.string()), feedback: p.clearable(feedback) })
const trialEnd = p.either(p.literal('now'), p.integer(0))
/** What creating and updating a subscription have in common. */
export const subscriptionParams = {
  cancel_at: p.clearable(p.integer(0)),
  cancel_at_period_end: p.boolean,
  collection_method: p.oneOf('charge_automatically', 'send_invoice'),
  days_until_due: p.integer(0),
  default_payment_method: p.string(),
  default_tax_rates: p.clearable(p.list(p.string())),
  discounts: discountParams,
  description: p.clearable(p.string(500)),
  invoice_settings: p.object({
    custom_fields: p.clearable(p.list(p.object({ name: p.needed(p.string(40)), value: p.needed(p.string(140)) }))),
    description: p.clearable(p.string(1500)),
    footer: p.clearable(p.string()),
  }),
  metadata: p.metadata,
  off_session: p.boolean,
  payment_behavior: p.oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete'),
  payment_settings: p.object({
    payment_method_types: p.list(p.literal('card')),
    save_default_payment_method: p.oneOf('off', 'on_subscription'),
  }),
  proration_behavior: p.oneOf('create_prorations', 'always_invoice', 'none'),
  trial_end: trialEnd,
  trial_settings: p.object({
    end_behavior: p.needed(p.object({ missing_payment_method: p.oneOf('cancel', 'create_invoice', 'pause') })),
  }),
}
export const itemParams = { discounts: discountParams, metadata: p.metadata, price: p.string(), quantity: p.integer(0) }
type Given = Partial<p.Values<typeof subscriptionParams>>

/** The plain fields that create and update put onto the subscription as they are. */
export function subscriptionGiven(
  ctx: Context,
  params: Given,
  owner: string,
  before?: Stripe.Subscription,
): Partial<Stripe.Subscription> {
  const { cancel_at, cancel_at_period_end: atEnd, default_payment_method: method, invoice_settings: settings } = params
  if (method !== undefined && must(ctx, 'payment_method', method, 'default_payment_method').customer !== owner) {
    throw invalid(
      `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
      'default_payment_method',
    )
  }
  if (
    params.collection_method === 'send_invoice' &&
    params.days_until_due === undefined &&
    before?.days_until_due == null
  ) {
    throw invalid('You must pass `days_until_due` when `collection_method` is `send_invoice`.', 'days_until_due')
  }
  if (atEnd === true && typeof cancel_at === 'number') {
    throw invalid(
      'You may only specify one of these parameters: cancel_at, cancel_at_period_end.',
      'cancel_at',
      'parameters_exclusive',
    )
  }
  const ending = atEnd ?? (cancel_at === null ? false : undefined)
  const when = atEnd === true ? (before?.items.data[0]?.current_period_end ?? null) : atEnd === false ? null : undefined
  const planned = when === undefined ? cancel_at : when
  return {
    ...(params.collection_method === undefined ? {} : { collection_method: params.collection_method }),
    ...(params.days_until_due === undefined ? {} : { days_until_due: params.days_until_due }),
    ...(method === undefined ? {} : { default_payment_method: method }),
    ...(params.default_tax_rates === undefined
      ? {}
      : { default_tax_rates: ratesNamed(ctx, params.default_tax_rates, 'default_tax_rates') }),
    ...(params.description === undefined ? {} : { description: params.description }),
    ...(ending === undefined ? {} : { cancel_at_period_end: ending }),
    ...(planned === undefined
      ? {}
      : { cancel_at: planned, canceled_at: planned === null ? null : ctx.now, ...reason(before, planned) }),
    ...(params.trial_settings === undefined ? {} : { trial_settings: trialSettings(params.trial_settings) }),
    ...(settings && before ? { invoice_settings: { ...before.invoice_settings, ...settings } } : {}),
  }
}

function reason(before: Stripe.Subscription | undefined, planned: number | null): Partial<Stripe.Subscription> {
  const none = { comment: null, feedback: null, feedback_option: null }
  return {
    cancellation_details: {
      ...none,
      ...before?.cancellation_details,
      reason: planned === null ? null : 'cancellation_requested',
    },
  }
}

function trialSettings(given: {
  end_behavior: { missing_payment_method?: string }
}): Stripe.Subscription.TrialSettings {
  const { missing_payment_method = 'create_invoice' } = given.end_behavior
  return { end_behavior: { billing_cycle_anchor: null, missing_payment_method } }
}
