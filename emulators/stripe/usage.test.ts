import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { moveTo, refusal, shop, startStripe } from './test-desk.ts'

async function metered(
  formula: 'sum' | 'last' | 'count',
  scheme: Partial<Stripe.PriceCreateParams> = { unit_amount: 5 },
) {
  const world = await startStripe()
  const goods = await shop(world.stripe)
  const { stripe } = world
  const meter = await stripe.billing.meters.create({
    default_aggregation: { formula },
    display_name: 'Calls',
    event_name: 'calls',
  })
  const price = await stripe.prices.create({
    product: goods.product.id,
    currency: 'usd',
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    ...scheme,
  })
  const sub = await stripe.subscriptions.create({
    customer: goods.customer.id,
    items: [{ price: goods.price.id }, { price: price.id }],
  })
  const report = (value: number, timestamp?: number) =>
    stripe.billing.meterEvents.create({
      event_name: 'calls',
      payload: { stripe_customer_id: goods.customer.id, value: String(value) },
      ...(timestamp === undefined ? {} : { timestamp }),
    })
  const renewal = async () => {
    const end = (await stripe.subscriptions.retrieve(sub.id)).items.data[0]?.current_period_end ?? 0
    moveTo(world.clock, (end + 7200) * 1000)
    const after = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
    return after.latest_invoice as Stripe.Invoice
  }
  return { ...world, ...goods, meter, sub, report, renewal }
}

test.each([
  ['sum', 170, 850],
  ['last', 70, 350],
  ['count', 2, 10],
] as const)('a meter that takes the %s bills %i units in arrears', async (formula, units, amount) => {
  const { report, renewal, sub, stripe } = await metered(formula)
  expect(sub.items.data[1]).not.toHaveProperty('quantity')
  const first = await stripe.invoices.retrieve(String(sub.latest_invoice))
  expect(first.lines.data).toHaveLength(1)
  await report(100)
  await report(70)
  const invoice = await renewal()
  const [used, next] = invoice.lines.data
  expect([used?.quantity, used?.amount, next?.amount]).toEqual([units, amount, 2000])
  expect(used?.period.end).toBe(next?.period.start)
  expect((await renewal()).total).toBe(2000)
})

test('usage runs through graduated tiers with flat fees, one line per part', async () => {
  const { report, renewal } = await metered('sum', {
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    tiers: [
      { up_to: 10, unit_amount: 0, flat_amount: 500 },
      { up_to: 'inf', unit_amount_decimal: '0.5' as unknown as Stripe.Decimal },
    ],
  })
  await report(25)
  const invoice = await renewal()
  // 500 flat, 10 units for nothing, 15 at half a cent: 7.5, rounded to 8.
  expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([0, 500, 8, 2000])
  expect(invoice.total).toBe(2508)
})

test('summaries say what was used; ending the subscription bills what is open', async () => {
  const { stripe, clock, customer, meter, sub, report } = await metered('sum')
  const start = sub.items.data[0]?.current_period_start ?? 0
  moveTo(clock, (start + 3 * 86_400) * 1000)
  await report(40, start + 60)
  await report(2)
  const from = Math.floor(start / 60) * 60
  const order = { customer: customer.id, start_time: from, end_time: from + 4 * 86_400 }
  const whole = await stripe.billing.meters.listEventSummaries(meter.id, order)
  expect(whole.data.map((entry) => entry.aggregated_value)).toEqual([42])
  const daily = await stripe.billing.meters.listEventSummaries(meter.id, { ...order, value_grouping_window: 'day' })
  expect(daily.data.map((entry) => entry.aggregated_value)).toEqual([2, 40])
  const ended = await stripe.subscriptions.cancel(sub.id, { invoice_now: true, expand: ['latest_invoice'] })
  expect((ended.latest_invoice as Stripe.Invoice).lines.data.map(({ quantity }) => quantity)).toEqual([42])
})

test('usage that is doubled, too old, in no meter or not a number is refused, and so is a metered quantity', async () => {
  const { stripe, clock, customer, product, meter, sub, report } = await metered('sum')
  const now = Math.floor(clock.now() / 1000)
  const event = { event_name: 'calls', payload: { stripe_customer_id: customer.id, value: '1' }, identifier: 'one' }
  await stripe.billing.meterEvents.create(event)
  expect((await refusal(stripe.billing.meterEvents.create(event))).message).toContain('already exists')
  expect((await refusal(report(1, now - 36 * 86_400))).param).toBe('timestamp')
  expect((await refusal(report(1, now + 3600))).param).toBe('timestamp')
  expect((await refusal(report(1.5))).param).toBe('payload[value]')
  const other = { ...event, event_name: 'other', identifier: 'two' }
  expect((await refusal(stripe.billing.meterEvents.create(other))).param).toBe('event_name')
  const quantity = [{ id: sub.items.data[1]?.id ?? '', quantity: 3 }]
  expect((await refusal(stripe.subscriptions.update(sub.id, { items: quantity }))).param).toBe('items[0][quantity]')
  await stripe.billing.meters.deactivate(meter.id)
  expect((await refusal(report(1))).param).toBe('event_name')
  const price = { product: product.id, currency: 'usd', unit_amount: 1 }
  const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const
  expect((await refusal(stripe.prices.create({ ...price, recurring }))).param).toBe('recurring[meter]')
})

test.each([
  ['now', [-2000, 150], 10],
  ['none', [-2000], 40],
] as const)(
  'pausing with outstanding_usage_through=%s books %o, and the period bills the rest once',
  async (type, booked, rest) => {
    const { stripe, clock, sub, report, renewal, customer } = await metered('sum')
    await report(30)
    const unused_time_from = { type: 'item_current_period_start' as const }
    await stripe.subscriptions.pause(sub.id, { bill_for: { outstanding_usage_through: { type }, unused_time_from } })
    const pending = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data
    expect(pending.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual(booked)
    await stripe.subscriptions.resume(sub.id, { billing_cycle_anchor: { type: 'unchanged' } })
    moveTo(clock, clock.now() + 86_400_000)
    await report(10)
    const used = (await renewal()).lines.data.filter(
      ({ parent, amount }) => parent?.type === 'subscription_item_details' && amount > 0 && amount < 2000,
    )
    expect(used.map(({ quantity }) => quantity)).toEqual([rest])
  },
)
