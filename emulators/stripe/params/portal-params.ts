import * as p from '../http/params.ts'

const enabled = p.needed(p.boolean)
const text = p.string()

/** The features that the emulator's page has. */
const features = {
  customer_update: p.object({
    allowed_updates: p.clearable(p.list(p.oneOf('email', 'name', 'phone'))),
    enabled: p.boolean,
  }),
  invoice_history: p.object({ enabled }),
  payment_method_update: p.object({ enabled }),
  subscription_cancel: p.object({
    cancellation_reason: p.object({
      enabled,
      options: p.clearable(
        p.list(
          p.oneOf(
            'customer_service',
            'low_quality',
            'missing_features',
            'other',
            'switched_service',
            'too_complex',
            'too_expensive',
            'unused',
          ),
        ),
      ),
    }),
    enabled: p.boolean,
    mode: p.oneOf('at_period_end', 'immediately'),
    proration_behavior: p.oneOf('always_invoice', 'create_prorations', 'none'),
  }),
  subscription_pause: p.object({ enabled: p.boolean }),
  subscription_update: p.object({
    default_allowed_updates: p.clearable(p.list(p.oneOf('price', 'quantity'))),
    enabled,
    products: p.clearable(p.list(p.object({ prices: p.needed(p.list(text)), product: p.needed(text) }))),
    proration_behavior: p.oneOf('always_invoice', 'create_prorations', 'none'),
    schedule_at_period_end: p.object({
      conditions: p.clearable(
        p.list(p.object({ type: p.needed(p.oneOf('decreasing_item_amount', 'shortening_interval')) })),
      ),
    }),
  }),
}

const shared = {
  business_profile: p.object({ headline: p.string(60), privacy_policy_url: text, terms_of_service_url: text }),
  default_return_url: text,
  metadata: p.metadata,
  name: text,
}
export const createConfigurationParams = { ...shared, features: p.needed(p.object(features)) }
export const updateConfigurationParams = { ...shared, active: p.boolean, features: p.object(features) }
export type ConfigurationGiven = Partial<p.Values<typeof updateConfigurationParams>>

export const sessionParams = {
  configuration: text,
  customer: p.needed(text),
  flow_data: p.object({
    after_completion: p.object({
      hosted_confirmation: p.object({ custom_message: p.string(500) }),
      redirect: p.object({ return_url: p.needed(text) }),
      type: p.needed(p.oneOf('hosted_confirmation', 'portal_homepage', 'redirect')),
    }),
    subscription_cancel: p.object({ subscription: p.needed(text) }),
    subscription_pause: p.object({ subscription: p.needed(text) }),
    subscription_update: p.object({ subscription: p.needed(text) }),
    type: p.needed(
      p.oneOf('payment_method_update', 'subscription_cancel', 'subscription_pause', 'subscription_update'),
    ),
  }),
  return_url: text,
}
export type SessionGiven = p.Values<typeof sessionParams>
