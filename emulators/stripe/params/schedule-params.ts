import * as p from '../http/params.ts'
import { subscriptionParams } from './subscription-params.ts'

const discounts = p.clearable(p.list(p.object({ coupon: p.string(), promotion_code: p.string() })))
const quantity = p.integer(0)
const price = p.string()
const moment = p.either(p.literal('now'), p.integer(0))
const anchor = p.oneOf('automatic', 'phase_start')

const settings = {
  billing_cycle_anchor: anchor,
  collection_method: subscriptionParams.collection_method,
  default_payment_method: p.string(),
  description: p.string(500),
  invoice_settings: p.object({ days_until_due: p.integer(0) }),
}

const phase = {
  ...settings,
  add_invoice_items: p.list(p.object({ price, quantity, metadata: p.metadata })),
  currency: p.currency,
  default_tax_rates: subscriptionParams.default_tax_rates,
  discounts,
  duration: p.object({
    interval: p.needed(p.oneOf('day', 'month', 'week', 'year')),
    interval_count: p.integer(1),
  }),
  items: p.needed(p.list(p.object({ discounts, metadata: p.metadata, price, quantity }))),
  metadata: p.metadata,
  proration_behavior: subscriptionParams.proration_behavior,
  trial: p.boolean,
}

const shared = {
  default_settings: p.object(settings),
  end_behavior: p.oneOf('cancel', 'release'),
  metadata: p.metadata,
}

export const createScheduleParams = {
  ...shared,
  billing_mode: p.object({ type: p.needed(p.oneOf('classic', 'flexible')) }),
  customer: p.string(),
  from_subscription: p.string(),
  phases: p.list(p.object({ ...phase, end_date: p.integer(0), trial_end: p.integer(0) })),
  start_date: moment,
}
export const updateScheduleParams = {
  ...shared,
  phases: p.list(p.object({ ...phase, end_date: moment, start_date: moment, trial_end: moment })),
  proration_behavior: subscriptionParams.proration_behavior,
}

type Created = p.Values<typeof createScheduleParams>
export type PhaseOrder = NonNullable<p.Values<typeof updateScheduleParams>['phases']>[number]
export type ScheduleOrder = Omit<Created, 'phases'> & { phases?: PhaseOrder[] }
export type ScheduleChange = p.Values<typeof updateScheduleParams>
