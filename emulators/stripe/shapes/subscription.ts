import type { Stripe } from 'stripe'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'
import { planOf } from './price.ts'

export function subscriptionItem(
  ctx: Context,
  given: {
    subscription: string
    price: Stripe.Price
    quantity: number
    start: number
    end: number
    metadata?: Stripe.Metadata
  },
): Stripe.SubscriptionItem {
  return {
    id: newId('subscription_item'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: ctx.now,
    current_period_end: given.end,
    current_period_start: given.start,
    current_trial: null,
    discounts: [],
    metadata: given.metadata ?? {},
    plan: planOf(given.price),
    price: given.price,
    ...(given.price.recurring?.usage_type === 'metered' ? {} : { quantity: given.quantity }),
    subscription: given.subscription,
    tax_rates: [],
  }
}

export function itemList(subscription: string, data: Stripe.SubscriptionItem[]): Stripe.Subscription['items'] {
  return { object: 'list', data, has_more: false, url: `/v1/subscription_items?subscription=${subscription}` }
}

export function subscription(
  ctx: Context,
  given: Partial<Stripe.Subscription> & Pick<Stripe.Subscription, 'currency' | 'customer'>,
): Stripe.Subscription {
  const id = newId('subscription')
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: ctx.now,
    billing_cycle_anchor_config: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: ctx.now,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: itemList(id, []),
    latest_invoice: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: ctx.now,
    status: 'active',
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' } },
    trial_start: null,
    ...given,
  }
}
