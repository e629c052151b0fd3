import { randomUUID } from 'node:crypto'
import type { Stripe } from 'stripe'
import { change, create } from '../engine/changes.ts'
import { all, type Context, must } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'
import { usageOf } from '../engine/usage.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { live } from './customers.ts'

const DAY = 86_400
const WINDOWS = { hour: 3600, day: DAY }
const payloadKey = p.needed(p.string(100))

/** Usage may be reported up to 35 days late and 5 minutes early, as at Stripe. */
function refuseFarAway(at: number, now: number): void {
  if (at < now - 35 * DAY) throw invalid('The timestamp must be within the past 35 days.', 'timestamp')
  if (at > now + 300) throw invalid('The timestamp cannot be more than 5 minutes in the future.', 'timestamp')
}

function record(
  ctx: Context,
  meter: Stripe.Billing.Meter,
  payload: Record<string, string>,
  at: number,
  identifier: string,
) {
  const { customer_mapping: mapping, value_settings: settings, default_aggregation: formula } = meter
  const customer = payload[mapping.event_payload_key]
  if (customer === undefined) throw p.absent(`payload[${mapping.event_payload_key}]`)
  live(ctx, customer, `payload[${mapping.event_payload_key}]`)
  const value = payload[settings.event_payload_key]
  if (value === undefined && formula.formula !== 'count') throw p.absent(`payload[${settings.event_payload_key}]`)
  if (value !== undefined && !/^-?\d{1,15}$/.test(value))
    throw invalid('The value of a meter event must be a whole number here.', `payload[${settings.event_payload_key}]`)
  const event: Stripe.Billing.MeterEvent = {
    object: 'billing.meter_event',
    created: ctx.now,
    event_name: meter.event_name,
    identifier,
    livemode: false,
    payload,
    timestamp: at,
  }
  ctx.store.put('stripe.meter_event', identifier, event)
  return event
}

export const meters = [
  endpoint(
    'POST',
    '/v1/billing/meters',
    {
      customer_mapping: p.object({ event_payload_key: payloadKey, type: p.needed(p.literal('by_id')) }),
      default_aggregation: p.needed(p.object({ formula: p.needed(p.oneOf('count', 'last', 'sum')) })),
      display_name: p.needed(p.string(250)),
      event_name: p.needed(p.string(100)),
      value_settings: p.object({ event_payload_key: payloadKey }),
    },
    (ctx, params) => {
      const { event_name } = params
      if (all(ctx, 'meter').some((other) => other.event_name === event_name && other.status === 'active'))
        throw invalid(`An active meter for the event name ${event_name} already exists.`, 'event_name')
      const meter: Stripe.Billing.Meter = {
        id: newId('meter'),
        object: 'billing.meter',
        created: ctx.now,
        customer_mapping: params.customer_mapping ?? { event_payload_key: 'stripe_customer_id', type: 'by_id' },
        default_aggregation: params.default_aggregation,
        display_name: params.display_name,
        event_name,
        event_time_window: null,
        livemode: false,
        status: 'active',
        status_transitions: { deactivated_at: null },
        updated: ctx.now,
        value_settings: params.value_settings ?? { event_payload_key: 'value' },
      }
      return create(ctx, 'meter', meter, 'billing.meter.created')
    },
  ),
  endpoint('GET', '/v1/billing/meters', { ...paging, status: p.oneOf('active', 'inactive') }, (ctx, params) => {
    const found = all(ctx, 'meter').filter(({ status }) => params.status === undefined || status === params.status)
    return page(found, params, '/v1/billing/meters')
  }),
  endpoint('GET', '/v1/billing/meters/:id', {}, (ctx, _, { id }) => must(ctx, 'meter', id)),
  endpoint('POST', '/v1/billing/meters/:id', { display_name: p.string(250) }, (ctx, given, { id }) =>
    change(ctx, 'meter', must(ctx, 'meter', id), { ...given, updated: ctx.now }, 'billing.meter.updated'),
  ),
  endpoint('POST', '/v1/billing/meters/:id/deactivate', {}, (ctx, _, { id }) => {
    const patch = { status: 'inactive', status_transitions: { deactivated_at: ctx.now }, updated: ctx.now } as const
    return change(ctx, 'meter', must(ctx, 'meter', id), patch, 'billing.meter.deactivated')
  }),
  endpoint('POST', '/v1/billing/meters/:id/reactivate', {}, (ctx, _, { id }) => {
    const patch = { status: 'active', status_transitions: { deactivated_at: null }, updated: ctx.now } as const
    return change(ctx, 'meter', must(ctx, 'meter', id), patch, 'billing.meter.reactivated')
  }),
  endpoint(
    'GET',
    '/v1/billing/meters/:id/event_summaries',
    {
      ...paging,
      customer: p.needed(p.string()),
      end_time: p.needed(p.integer(0)),
      start_time: p.needed(p.integer(0)),
      value_grouping_window: p.oneOf('day', 'hour'),
    },
    (ctx, params, { id }) => {
      const meter = must(ctx, 'meter', id)
      const { start_time: from, end_time: to, value_grouping_window: window } = params
      if (from >= to) throw invalid('end_time must be after start_time.', 'end_time')
      if (from % 60 !== 0 || to % 60 !== 0) throw invalid('Times must be aligned with minute boundaries.', 'start_time')
      const step = window === undefined ? to - from : WINDOWS[window]
      const starts = Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step)
      const summaries = starts.map((start) => ({
        id: `${newId('meter_event_summary')}`,
        object: 'billing.meter_event_summary' as const,
        aggregated_value: usageOf(ctx, meter, params.customer, start, Math.min(start + step, to)),
        end_time: Math.min(start + step, to),
        livemode: false,
        meter: id,
        start_time: start,
      }))
      const shown = window === undefined ? summaries : summaries.filter((entry) => entry.aggregated_value !== 0)
      return page(shown, params, `/v1/billing/meters/${id}/event_summaries`)
    },
  ),
  endpoint(
    'POST',
    '/v1/billing/meter_events',
    {
      event_name: p.needed(p.string(100)),
      identifier: p.string(100),
      payload: p.needed(p.map(p.string(100))),
      timestamp: p.integer(0),
    },
    (ctx, { event_name, identifier = randomUUID(), payload, timestamp = ctx.now }) => {
      const meter = all(ctx, 'meter').find((entry) => entry.event_name === event_name && entry.status === 'active')
      if (!meter) throw invalid(`There is no active meter for the event name ${event_name}.`, 'event_name')
      if (ctx.store.get('stripe.meter_event', identifier) !== undefined)
        throw invalid(`An event already exists with identifier ${identifier}.`, 'identifier')
      refuseFarAway(timestamp, ctx.now)
      return record(ctx, meter, payload, timestamp, identifier)
    },
  ),
]
