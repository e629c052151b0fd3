import type { Stripe } from 'stripe'
import { type Context, find, idOf } from './context.ts'

/** What a meter makes of a customer's events from `start` up to, not including, `end`. */
export function usageOf(
  ctx: Context,
  meter: Stripe.Billing.Meter,
  customer: string,
  start: number,
  end: number,
): number {
  const { customer_mapping: mapping, value_settings: settings, default_aggregation } = meter
  const values = ctx.store
    .by<Stripe.Billing.MeterEvent>('stripe.meter_event', 'event_name', meter.event_name)
    .filter((event) => event.payload[mapping.event_payload_key] === customer)
    .filter(({ timestamp }) => start <= timestamp && timestamp < end)
    .map((event, order) => ({
      at: event.timestamp,
      order,
      value: Number(event.payload[settings.event_payload_key] ?? 0),
    }))
  if (default_aggregation.formula === 'count') return values.length
  if (default_aggregation.formula === 'sum') return values.reduce((sum, { value }) => sum + value, 0)
  return values.sort((a, b) => a.at - b.at || a.order - b.order).at(-1)?.value ?? 0
}

/** What a metered item used in a span of time. */
export function itemUsage(
  ctx: Context,
  customer: Stripe.Subscription['customer'],
  price: Stripe.Price,
  span: { start: number; end: number },
): number {
  const meter = find(ctx, 'meter', price.recurring?.meter ?? '')
  return meter ? usageOf(ctx, meter, idOf(customer), span.start, span.end) : 0
}
