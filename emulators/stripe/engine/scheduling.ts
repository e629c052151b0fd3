import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { absent } from '../http/params.ts'
import type { ScheduleOrder } from '../params/schedule-params.ts'
import { DEFAULTS, phase, phaseItem, subscriptionSchedule } from '../shapes/subscription-schedule.ts'
import { change, create, mergeMetadata } from './changes.ts'
import { type Context, idOf, must, put } from './context.ts'
import { beginSubscription } from './entering-phases.ts'
import { phasesOf } from './schedule-phases.ts'

type Schedule = Stripe.SubscriptionSchedule
type Phase = Stripe.SubscriptionSchedule.Phase

/** Plans a subscription in phases, and begins it at once unless it starts later. */
export function planSchedule(ctx: Context, order: ScheduleOrder): Schedule {
  if (order.from_subscription !== undefined) return takeOver(ctx, order)
  if (order.customer === undefined) throw absent('customer')
  const customer = must(ctx, 'customer', order.customer, 'customer')
  if (!order.phases?.length) throw absent('phases')
  const start = order.start_date === undefined || order.start_date === 'now' ? ctx.now : order.start_date
  if (start < ctx.now) throw invalid('The emulator does not backdate schedules.', 'start_date')
  const classic = { type: 'classic' as const, flexible: null }
  const fresh = subscriptionSchedule(ctx, {
    customer: customer.id,
    phases: phasesOf(ctx, order.phases, start),
    default_settings: settingsOf(ctx, DEFAULTS, order.default_settings),
    end_behavior: order.end_behavior ?? 'release',
    metadata: mergeMetadata({}, order.metadata),
    test_clock: customer.test_clock ?? null,
    ...(order.billing_mode?.type === 'classic' ? { billing_mode: classic } : {}),
  })
  put(ctx, 'subscription_schedule', fresh)
  const begun = start > ctx.now ? fresh : started(ctx, fresh)
  return create(ctx, 'subscription_schedule', begun, 'subscription_schedule.created')
}

/** A schedule whose time has come: its subscription begins with the first phase. */
export function started(ctx: Context, schedule: Schedule): Schedule {
  const first = schedule.phases[0] as Phase
  const { id } = beginSubscription(ctx, schedule, first)
  return { ...schedule, status: 'active', subscription: id, current_phase: spanOf(first) }
}

export function begin(ctx: Context, schedule: Schedule): Schedule {
  return change(ctx, 'subscription_schedule', schedule, started(ctx, schedule), 'subscription_schedule.updated')
}

export const spanOf = ({ start_date, end_date }: Phase) => ({ start_date, end_date })

/** Puts a running subscription under a schedule of one phase: what it is now, until its period ends. */
function takeOver(ctx: Context, { from_subscription: id = '', ...others }: ScheduleOrder): Schedule {
  const other = Object.keys(others).find((name) => others[name as keyof typeof others] !== undefined)
  if (other !== undefined) throw invalid(`You cannot set \`${other}\` if \`from_subscription\` is set.`, other)
  const before = must(ctx, 'subscription', id, 'from_subscription')
  if (before.schedule !== null)
    throw invalid(
      `You cannot migrate a subscription that is already attached to a schedule: \`${idOf(before.schedule)}\`.`,
      'from_subscription',
    )
  if (['canceled', 'incomplete', 'incomplete_expired'].includes(before.status))
    throw invalid(`You cannot migrate a subscription in status ${before.status}.`, 'from_subscription')
  const { customer, currency, items, billing_mode, collection_method, days_until_due, test_clock } = before
  const period = items.data[0] as Stripe.SubscriptionItem
  const only = phase({
    currency,
    start_date: period.current_period_start,
    end_date: period.current_period_end,
    items: items.data.map(({ price, quantity, metadata, discounts }) => ({
      ...phaseItem({ price: price.id, quantity, metadata }),
      discounts: discounts.map((discount) => redeemed(ctx, idOf(discount))),
    })),
    default_tax_rates: before.default_tax_rates ?? [],
    discounts: before.discounts.map((discount) => redeemed(ctx, idOf(discount))),
    trial_end: before.status === 'trialing' ? before.trial_end : null,
  })
  const made = subscriptionSchedule(ctx, {
    billing_mode,
    current_phase: spanOf(only),
    customer: idOf(customer),
    default_settings: {
      ...DEFAULTS,
      collection_method,
      default_payment_method: before.default_payment_method,
      description: before.description,
      invoice_settings: { ...DEFAULTS.invoice_settings, days_until_due },
    },
    end_behavior: before.cancel_at_period_end ? 'cancel' : 'release',
    phases: [only],
    status: 'active',
    subscription: id,
    test_clock,
  })
  change(ctx, 'subscription', before, { schedule: made.id }, 'customer.subscription.updated')
  return create(ctx, 'subscription_schedule', made, 'subscription_schedule.created')
}

function redeemed(ctx: Context, id: string): Stripe.SubscriptionSchedule.Phase.Discount {
  const discount = must(ctx, 'discount', id)
  const code = discount.promotion_code === null ? null : idOf(discount.promotion_code)
  return { coupon: code === null ? discount.source.coupon : null, discount: null, promotion_code: code }
}

export function settingsOf(
  ctx: Context,
  before: Stripe.SubscriptionSchedule.DefaultSettings,
  given: ScheduleOrder['default_settings'],
): Stripe.SubscriptionSchedule.DefaultSettings {
  const { invoice_settings, ...plain } = given ?? {}
  if (plain.default_payment_method !== undefined)
    must(ctx, 'payment_method', plain.default_payment_method, 'default_settings[default_payment_method]')
  return { ...before, ...plain, invoice_settings: { ...before.invoice_settings, ...invoice_settings } }
}
