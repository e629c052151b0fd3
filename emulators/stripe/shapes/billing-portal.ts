import type { Stripe } from 'stripe'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'

type Configuration = Stripe.BillingPortal.Configuration
type Features = Stripe.BillingPortal.Configuration.Features

const ALL_OFF: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: {
      enabled: false,
      feedback_options: null,
      options: ['too_expensive', 'missing_features', 'switched_service', 'unused', 'other'],
    },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  // Only pauses without an end are emulated.
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: 'unchanged',
    default_allowed_updates: [],
    enabled: false,
    products: null,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
}

export function portalConfiguration(ctx: Context): Configuration {
  return {
    id: newId('billing_portal.configuration'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: ctx.now,
    default_return_url: null,
    features: ALL_OFF,
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: ctx.now,
  }
}

/** What an account has that saved its portal settings as they are offered. */
export function defaultConfiguration(ctx: Context): Configuration {
  const { features, ...fresh } = portalConfiguration(ctx)
  return {
    ...fresh,
    is_default: true,
    features: {
      ...features,
      customer_update: { allowed_updates: ['email', 'name', 'phone'], enabled: true },
      invoice_history: { enabled: true },
      payment_method_update: { ...features.payment_method_update, enabled: true },
      subscription_cancel: { ...features.subscription_cancel, enabled: true },
    },
  }
}

type SessionGiven = Pick<
  Stripe.BillingPortal.Session,
  'configuration' | 'customer' | 'flow' | 'id' | 'return_url' | 'url'
>

export function portalSession(ctx: Context, given: SessionGiven): Stripe.BillingPortal.Session {
  return {
    object: 'billing_portal.session',
    created: ctx.now,
    customer_account: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    ...given,
  }
}
