import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { change } from './changes.ts'
import { type Context, find, idOf } from './context.ts'

type Schedule = Stripe.SubscriptionSchedule

export const isRunning = ({ status }: Schedule): boolean => status === 'active' || status === 'not_started'

/** Ends a schedule for good and says so. What it did stays on it. */
export function endSchedule(
  ctx: Context,
  schedule: Schedule,
  patch: Partial<Schedule>,
  event: 'aborted' | 'canceled' | 'completed' | 'released',
): Schedule {
  return change(
    ctx,
    'subscription_schedule',
    schedule,
    { current_phase: null, ...patch },
    `subscription_schedule.${event}`,
  )
}

/** A subscription that ends takes its schedule along: aborted when it ended because nobody paid. */
export function endWithSubscription(ctx: Context, subscription: Stripe.Subscription, unpaid: boolean): void {
  const schedule = subscription.schedule && find(ctx, 'subscription_schedule', idOf(subscription.schedule))
  if (!schedule || !isRunning(schedule)) return
  endSchedule(ctx, schedule, { status: 'canceled', canceled_at: ctx.now }, unpaid ? 'aborted' : 'canceled')
}

export const lastEnd = ({ phases }: Pick<Schedule, 'phases'>): number => phases.at(-1)?.end_date ?? Infinity

export function refuseEnded(schedule: Schedule, verb: string): void {
  if (isRunning(schedule)) return
  throw invalid(
    `You cannot ${verb} a subscription schedule that is currently in the \`${schedule.status}\` status. It must be \`not_started\` or \`active\`.`,
    'id',
  )
}

/** Lets the subscription go on without the schedule. */
export function release(ctx: Context, before: Schedule, keepEnd: boolean): Schedule {
  const subscription = detach(ctx, before, keepEnd)
  const patch = {
    status: 'released',
    released_at: ctx.now,
    released_subscription: subscription,
    subscription: null,
  } as const
  return endSchedule(ctx, before, patch, 'released')
}

/** Takes the schedule off its subscription, whose id it answers; an end that the schedule planned goes with it unless kept. */
export function detach(ctx: Context, schedule: Schedule, keepEnd: boolean): string | null {
  const subscription = schedule.subscription && find(ctx, 'subscription', idOf(schedule.subscription))
  if (!subscription) return null
  const own = schedule.end_behavior === 'cancel' && subscription.cancel_at === lastEnd(schedule)
  const patch = { schedule: null, ...(own && !keepEnd ? { cancel_at: null } : {}) }
  change(ctx, 'subscription', subscription, patch, 'customer.subscription.updated')
  return subscription.id
}
