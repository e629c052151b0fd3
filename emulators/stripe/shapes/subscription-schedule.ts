import type { Stripe } from 'stripe'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'

type Schedule = Stripe.SubscriptionSchedule
type Given = Partial<Schedule> & Pick<Schedule, 'customer' | 'phases'>

export const NO_TAX = { disabled_reason: null, enabled: false, liability: null }

/** What holds for every phase that says nothing of its own. */
export const DEFAULTS: Stripe.SubscriptionSchedule.DefaultSettings = {
  application_fee_percent: null,
  automatic_tax: NO_TAX,
  billing_cycle_anchor: 'automatic',
  billing_thresholds: null,
  collection_method: 'charge_automatically',
  default_payment_method: null,
  description: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  on_behalf_of: null,
  transfer_data: null,
}

export function subscriptionSchedule(ctx: Context, given: Given): Schedule {
  return {
    id: newId('subscription_schedule'),
    object: 'subscription_schedule',
    application: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    canceled_at: null,
    completed_at: null,
    created: ctx.now,
    current_phase: null,
    customer_account: null,
    default_settings: DEFAULTS,
    end_behavior: 'release',
    livemode: false,
    metadata: {},
    pause_schedules: [],
    released_at: null,
    released_subscription: null,
    status: 'not_started',
    subscription: null,
    test_clock: null,
    ...given,
  }
}

type Phase = Stripe.SubscriptionSchedule.Phase
type PhaseGiven = Partial<Phase> & Pick<Phase, 'currency' | 'end_date' | 'items' | 'start_date'>

export function phase(given: PhaseGiven): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    invoice_settings: null,
    metadata: {},
    on_behalf_of: null,
    proration_behavior: 'create_prorations',
    transfer_data: null,
    trial_end: null,
    ...given,
  }
}

type DiscountGiven = { coupon?: string; promotion_code?: string }

export function phaseItem(given: {
  price: string
  quantity?: number
  discounts?: DiscountGiven[] | null
  metadata?: Stripe.Metadata
}): Stripe.SubscriptionSchedule.Phase.Item {
  const { price, quantity, discounts, metadata = {} } = given
  return {
    billing_thresholds: null,
    discounts: phaseDiscounts(discounts),
    metadata,
    plan: price,
    price,
    ...(quantity === undefined ? {} : { quantity }),
    tax_rates: [],
  }
}

export const phaseDiscounts = (
  given: DiscountGiven[] | null | undefined,
): Stripe.SubscriptionSchedule.Phase.Discount[] =>
  (given ?? []).map(({ coupon = null, promotion_code = null }) => ({ coupon, discount: null, promotion_code }))
