import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import type { PhaseOrder, ScheduleChange } from '../params/schedule-params.ts'
import { change, mergeMetadata } from './changes.ts'
import { type Context, idOf, must } from './context.ts'
import { lastEnd, refuseEnded } from './ending-schedules.ts'
import { enterPhase } from './entering-phases.ts'
import { phasesOf } from './schedule-phases.ts'
import { settingsOf, spanOf, started } from './scheduling.ts'

type Schedule = Stripe.SubscriptionSchedule
type Phase = Stripe.SubscriptionSchedule.Phase

/** Changes what a schedule will do; a change of the running phase reaches its subscription at once. */
export function replan(ctx: Context, before: Schedule, given: ScheduleChange): Schedule {
  refuseEnded(before, 'update')
  const phases = given.phases === undefined ? before.phases : plannedAnew(ctx, before, given.phases)
  const patch = {
    phases,
    default_settings: settingsOf(ctx, before.default_settings, given.default_settings),
    end_behavior: given.end_behavior ?? before.end_behavior,
    metadata: mergeMetadata(before.metadata, given.metadata),
  }
  const planned = { ...before, ...patch }
  const begins = before.status === 'not_started' && (phases[0]?.start_date ?? Infinity) <= ctx.now
  const next = begins ? started(ctx, planned) : before.status === 'active' ? goOn(ctx, before, planned, given) : planned
  if (next.status === 'active') planEnd(ctx, before, next)
  return change(ctx, 'subscription_schedule', before, next, 'subscription_schedule.updated')
}

function plannedAnew(ctx: Context, before: Schedule, orders: PhaseOrder[]): Phase[] {
  const [first] = orders
  const start = first?.start_date === 'now' ? ctx.now : first?.start_date
  if (start === undefined) {
    const message =
      'The subscription schedule update is missing at least one phase with a `start_date` to anchor end dates to.'
    throw invalid(message, 'phases[0][start_date]', 'parameter_missing')
  }
  if (before.status === 'not_started' && start < ctx.now)
    throw invalid('The emulator does not backdate schedules.', 'phases[0][start_date]')
  return phasesOf(ctx, orders, start)
}

/** What the phase that runs now says after a change: the same phase changed, or another one entered. */
function goOn(ctx: Context, before: Schedule, planned: Schedule, given: ScheduleChange): Schedule {
  const now = planned.phases.find(({ start_date, end_date }) => start_date <= ctx.now && ctx.now < end_date)
  if (!now) throw invalid('The phases of an active schedule must include the one that runs now.', 'phases')
  const fresh = now.start_date !== before.current_phase?.start_date
  if (fresh && now.start_date !== ctx.now)
    throw invalid('You can not modify the start date of the current phase.', 'phases[0][start_date]')
  const was = before.phases.find(({ start_date }) => start_date === now.start_date)
  const same = JSON.stringify({ ...was, end_date: 0 }) === JSON.stringify({ ...now, end_date: 0 })
  const prorations = fresh ? now.proration_behavior : (given.proration_behavior ?? 'create_prorations')
  if (fresh || !same || given.default_settings !== undefined) enterPhase(ctx, planned, now, { fresh, prorations })
  return { ...planned, current_phase: spanOf(now) }
}

/** A schedule that ends with its subscription says so on the subscription, and takes it back when it no longer does. */
function planEnd(ctx: Context, before: Schedule, after: Schedule): void {
  const subscription = must(ctx, 'subscription', idOf(after.subscription ?? ''))
  const own = before.end_behavior === 'cancel' && subscription.cancel_at === lastEnd(before)
  const cancel_at = after.end_behavior === 'cancel' ? lastEnd(after) : own ? null : subscription.cancel_at
  change(ctx, 'subscription', subscription, { cancel_at }, 'customer.subscription.updated')
}
