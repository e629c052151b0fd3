import { cancelSubscription } from '../engine/canceling.ts'
import { all, by, find, idOf, must } from '../engine/context.ts'
import { endSchedule, refuseEnded, release } from '../engine/ending-schedules.ts'
import { replan } from '../engine/replanning.ts'
import { planSchedule } from '../engine/scheduling.ts'
import { endpoint } from '../http/endpoint.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { createScheduleParams, updateScheduleParams } from '../params/schedule-params.ts'

const path = '/v1/subscription_schedules'
const reached = (moment: number | null, range: p.Range | undefined) =>
  range === undefined || (moment !== null && within(moment, range))

export const subscriptionSchedules = [
  endpoint('POST', path, createScheduleParams, (ctx, params) => planSchedule(ctx, params)),
  endpoint(
    'GET',
    path,
    {
      ...paging,
      canceled_at: p.range,
      completed_at: p.range,
      created: p.range,
      customer: p.string(),
      released_at: p.range,
      scheduled: p.boolean,
    },
    (ctx, params) => {
      const { customer, scheduled } = params
      const found =
        customer === undefined
          ? all(ctx, 'subscription_schedule').filter(({ test_clock }) => test_clock === null)
          : by(ctx, 'subscription_schedule', 'customer', customer)
      const fitting = found.filter(
        (schedule) =>
          (scheduled !== true || schedule.status === 'not_started') &&
          reached(schedule.canceled_at, params.canceled_at) &&
          reached(schedule.completed_at, params.completed_at) &&
          reached(schedule.released_at, params.released_at) &&
          within(schedule.created, params.created),
      )
      return page(fitting, params, path)
    },
  ),
  endpoint('GET', `${path}/:id`, {}, (ctx, _, { id }) => must(ctx, 'subscription_schedule', id)),
  endpoint('POST', `${path}/:id`, updateScheduleParams, (ctx, params, { id }) =>
    replan(ctx, must(ctx, 'subscription_schedule', id), params),
  ),
  endpoint('POST', `${path}/:id/release`, { preserve_cancel_date: p.boolean }, (ctx, params, { id }) => {
    const before = must(ctx, 'subscription_schedule', id)
    refuseEnded(before, 'release')
    return release(ctx, before, params.preserve_cancel_date === true)
  }),
  endpoint('POST', `${path}/:id/cancel`, { invoice_now: p.boolean, prorate: p.boolean }, (ctx, params, { id }) => {
    const { invoice_now = true, prorate = true } = params
    const before = must(ctx, 'subscription_schedule', id)
    refuseEnded(before, 'cancel')
    const ended = endSchedule(ctx, before, { status: 'canceled', canceled_at: ctx.now }, 'canceled')
    const subscription = before.subscription && find(ctx, 'subscription', idOf(before.subscription))
    if (subscription) cancelSubscription(ctx, subscription, { invoice_now, prorate })
    return ended
  }),
]
