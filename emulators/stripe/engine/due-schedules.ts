import type { Stripe } from 'stripe'
import { cancelSubscription } from './canceling.ts'
import { change } from './changes.ts'
import { all, type Context, find, idOf, must } from './context.ts'
import type { Due } from './due.ts'
import { detach, endSchedule, lastEnd } from './ending-schedules.ts'
import { enterPhase } from './entering-phases.ts'
import { emit } from './events.ts'
import { begin } from './scheduling.ts'

type Schedule = Stripe.SubscriptionSchedule
type Step = { at: number; run(ctx: Context, schedule: Schedule): void }
const NOTICE = 7 * 86_400

/** What time brings to schedules: their start, the next phase, their end, and its announcement a week before. */
export function dueSchedules(ctx: Context): Due[] {
  return all(ctx, 'subscription_schedule').flatMap((schedule) =>
    Object.entries(stepsOf(ctx, schedule)).flatMap(([name, step]) => (step ? [dueOf(schedule.id, name, step)] : [])),
  )
}

function dueOf(id: string, name: string, { at, run }: Step): Due {
  return {
    key: `${id} ${name}`,
    at,
    again(ctx) {
      const step = stepsOf(ctx, must(ctx, 'subscription_schedule', id))[name]
      return step && dueOf(id, name, step)
    },
    run: (ctx) => run(ctx, must(ctx, 'subscription_schedule', id)),
  }
}

function stepsOf(ctx: Context, schedule: Schedule): Record<string, Step | undefined> {
  const { status, phases, current_phase: current } = schedule
  if (status === 'not_started') return { begins: { at: phases[0]?.start_date ?? Infinity, run: begin } }
  if (status !== 'active' || current === null) return {}
  const next = phases.find(({ start_date }) => start_date === current.end_date)
  return {
    notice: notice(ctx, schedule),
    phase: { at: current.end_date, run: next ? (now, fresh) => enter(now, fresh, next) : end },
  }
}

function enter(ctx: Context, schedule: Schedule, next: Stripe.SubscriptionSchedule.Phase): void {
  enterPhase(ctx, schedule, next, { fresh: true, prorations: next.proration_behavior })
  const { start_date, end_date } = next
  const patch = { current_phase: { start_date, end_date } }
  change(ctx, 'subscription_schedule', schedule, patch, 'subscription_schedule.updated')
}

/** After the last phase the subscription goes on alone, or ends with what is left of its period given back. */
function end(ctx: Context, schedule: Schedule): void {
  const done = { status: 'completed', completed_at: ctx.now } as const
  if (schedule.end_behavior !== 'cancel') {
    const released_subscription = detach(ctx, schedule, false)
    endSchedule(ctx, schedule, { ...done, released_subscription, subscription: null }, 'completed')
    return
  }
  endSchedule(ctx, schedule, done, 'completed')
  const subscription = find(ctx, 'subscription', idOf(schedule.subscription ?? ''))
  const period = subscription?.items.data[0]
  const prorate = schedule.phases.at(-1)?.proration_behavior !== 'none' && ctx.now < (period?.current_period_end ?? 0)
  if (subscription && subscription.status !== 'canceled')
    cancelSubscription(ctx, subscription, { invoice_now: true, prorate })
}

/** Announced once for each end. */
function notice(ctx: Context, schedule: Schedule): Step | undefined {
  const { id } = schedule
  const end = lastEnd(schedule)
  if (ctx.store.get<{ end: number }>('stripe.schedule_notice', id)?.end === end) return undefined
  return {
    at: Math.max(end - NOTICE, schedule.phases[0]?.start_date ?? 0),
    run(now, current) {
      now.store.put('stripe.schedule_notice', id, { id, end })
      emit(now, 'subscription_schedule.expiring', current)
    },
  }
}
