import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { moveTo, refusal, shop, startStripe } from './test-desk.ts'

type Item = Stripe.SubscriptionItem
const MONTH = { interval: 'month' as const, interval_count: 1 }

async function planning(options: { card?: string } = {}) {
  const world = await startStripe()
  const goods = await shop(world.stripe, { unit: 3000, ...options })
  const { stripe, clock } = world
  const price = (unit_amount: number, interval: 'month' | 'year' = 'month') =>
    stripe.prices.create({ product: goods.product.id, currency: 'usd', unit_amount, recurring: { interval } })
  const to = (seconds: number) => moveTo(clock, seconds * 1000)
  const events = async (prefix = 'subscription_schedule') =>
    (await stripe.events.list({ limit: 100 })).data
      .filter(({ type }) => type.startsWith(prefix))
      .map(({ type }) => type.slice(prefix.length + 1))
      .toReversed()
  const plan = (more: Partial<Stripe.SubscriptionScheduleCreateParams> = {}) =>
    stripe.subscriptionSchedules.create({
      customer: goods.customer.id,
      phases: [{ items: [{ price: goods.price.id }], duration: MONTH }],
      ...more,
    })
  const subOf = (schedule: Stripe.SubscriptionSchedule) =>
    stripe.subscriptions.retrieve(String(schedule.subscription ?? schedule.released_subscription), {
      expand: ['latest_invoice'],
    })
  return { ...world, ...goods, now: () => Math.floor(clock.now() / 1000), priceOf: price, to, events, plan, subOf }
}
const latest = (sub: Stripe.Subscription) => sub.latest_invoice as Stripe.Invoice
const endOf = (schedule: Stripe.SubscriptionSchedule, phase = 0) => schedule.phases[phase]?.end_date ?? 0

test('a downgrade at renewal: the running subscription is taken over and its next period bills the cheaper price', async () => {
  const { stripe, customer, price, priceOf, to, events } = await planning()
  const cheap = await priceOf(1000)
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id, quantity: 2 }] })
  const item = sub.items.data[0] as Item
  const taken = await stripe.subscriptionSchedules.create({ from_subscription: sub.id })
  const span = { start_date: item.current_period_start, end_date: item.current_period_end }
  expect(taken).toMatchObject({ status: 'active', subscription: sub.id, current_phase: span, end_behavior: 'release' })
  expect(taken.phases).toMatchObject([{ ...span, items: [{ price: price.id, quantity: 2 }], currency: 'usd' }])
  expect((await stripe.subscriptions.retrieve(sub.id)).schedule).toBe(taken.id)
  await stripe.subscriptionSchedules.update(taken.id, {
    phases: [
      { items: [{ price: price.id, quantity: 2 }], ...span },
      { items: [{ price: cheap.id }], duration: MONTH, metadata: { reason: 'downgrade' } },
    ],
  })
  expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1)
  expect(await events()).toEqual(['created', 'updated'])
  to(span.end_date + 7200)
  const renewed = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice', 'schedule'] })
  expect(renewed.items.data.map(({ price: { id } }) => id)).toEqual([cheap.id])
  expect(renewed.metadata).toEqual({ reason: 'downgrade' })
  expect(latest(renewed)).toMatchObject({ total: 1000, billing_reason: 'subscription_cycle', status: 'paid' })
  expect(latest(renewed).lines.data).toHaveLength(1)
  const running = renewed.schedule as Stripe.SubscriptionSchedule
  expect(running.current_phase).toEqual({ start_date: span.end_date, end_date: endOf(running, 1) })
  to(endOf(running, 1) + 7200)
  const done = await stripe.subscriptionSchedules.retrieve(taken.id)
  expect(done).toMatchObject({ status: 'completed', completed_at: endOf(running, 1), current_phase: null })
  const alone = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
  expect(alone).toMatchObject({ status: 'active', schedule: null })
  expect(latest(alone).total).toBe(1000)
  // Events are kept for 30 days.
  expect(await events()).toEqual(['expiring', 'completed'])
})

test.each([
  ['create_prorations', [-1500, 3000], 0],
  ['always_invoice', [], 1500],
  ['none', [], 0],
] as const)('a phase that begins inside a period with %s', async (proration_behavior, pending, invoiced) => {
  const { stripe, customer, price, priceOf, now, to, plan, subOf } = await planning()
  const dear = await priceOf(6000)
  const start = now()
  const draft = await plan({ phases: [{ items: [{ price: price.id }], duration: MONTH }] })
  const period = (await subOf(draft)).items.data[0] as Item
  const half = (period.current_period_start + period.current_period_end) / 2
  const schedule = await stripe.subscriptionSchedules.update(draft.id, {
    phases: [
      { start_date: start, end_date: half, items: [{ price: price.id }] },
      { items: [{ price: dear.id }], end_date: period.current_period_end, proration_behavior },
    ],
  })
  to(half + 60)
  const sub = await subOf(schedule)
  expect(sub.items.data[0]?.price.id).toBe(dear.id)
  const items = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data
  expect(items.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual(pending)
  if (invoiced > 0) expect(latest(sub)).toMatchObject({ total: invoiced, status: 'paid' })
  else expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1)
})

test('a schedule that begins now: trial, coupons, one-time charges, and a first invoice that waits an hour', async () => {
  const { stripe, customer, product, price, priceOf, to, plan, subOf, now } = await planning()
  const team = await priceOf(5000)
  const setUp = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 700 })
  const half = await stripe.coupons.create({ percent_off: 50, duration: 'forever' })
  const schedule = await plan({
    metadata: { deal: '7' },
    phases: [
      {
        items: [{ price: price.id }],
        add_invoice_items: [{ price: setUp.id }],
        duration: { interval: 'week', interval_count: 2 },
        trial: true,
      },
      { items: [{ price: price.id }], discounts: [{ coupon: half.id }], duration: MONTH },
      { items: [{ price: team.id, quantity: 3 }], discounts: [{ coupon: half.id }], duration: MONTH },
    ],
  })
  const end = now() + 14 * 86_400
  expect(schedule.phases[0]).toMatchObject({ trial: true, trial_end: end, end_date: end })
  const trial = await subOf(schedule)
  expect(trial).toMatchObject({ status: 'trialing', trial_end: end, schedule: schedule.id })
  expect(latest(trial)).toMatchObject({ status: 'draft', total: 700, billing_reason: 'subscription_create' })
  to(now() + 4000)
  expect(latest(await subOf(schedule)).status).toBe('paid')
  to(end + 7200)
  const second = await subOf(schedule)
  expect([second.status, latest(second).total, latest(second).status]).toEqual(['active', 1500, 'paid'])
  to(endOf(schedule, 1) + 7200)
  const third = await subOf(schedule)
  expect([latest(third).total, third.items.data[0]?.quantity]).toEqual([7500, 3])
  expect((await stripe.coupons.retrieve(half.id)).times_redeemed).toBe(1)
  expect((await stripe.charges.list({ customer: customer.id })).data.map(({ amount }) => amount)).toEqual([
    7500, 1500, 700,
  ])
})

test('a phase with another interval starts a new period, billed in full at once', async () => {
  const { plan, subOf, price, priceOf, to } = await planning()
  const yearly = await priceOf(30_000, 'year')
  const schedule = await plan({
    phases: [
      { items: [{ price: price.id }], duration: MONTH, trial: true },
      { items: [{ price: yearly.id }], duration: { interval: 'year' } },
    ],
  })
  to(endOf(schedule) + 60)
  const sub = await subOf(schedule)
  expect([sub.status, latest(sub).total, latest(sub).status]).toEqual(['active', 30_000, 'paid'])
  expect(sub.items.data[0]).toMatchObject({
    current_period_start: endOf(schedule),
    current_period_end: endOf(schedule, 1),
  })
})

test('a schedule for later begins by the clock, announces its end a week before, and ends with its subscription', async () => {
  const { stripe, plan, subOf, now, to, events } = await planning()
  const start_date = now() + 5 * 86_400
  const waiting = await plan({ start_date, end_behavior: 'cancel' })
  expect(waiting).toMatchObject({ status: 'not_started', subscription: null, current_phase: null })
  expect((await stripe.subscriptionSchedules.list({ scheduled: true })).data.map(({ id }) => id)).toEqual([waiting.id])
  to(start_date + 7200)
  const running = await stripe.subscriptionSchedules.retrieve(waiting.id)
  const sub = await subOf(running)
  expect(running).toMatchObject({ status: 'active', current_phase: { start_date } })
  expect(sub).toMatchObject({ start_date, status: 'active', cancel_at: endOf(running) })
  expect((await stripe.subscriptionSchedules.list({ scheduled: true })).data).toEqual([])
  to(endOf(running) - 8 * 86_400)
  expect(await events()).not.toContain('expiring')
  to(endOf(running) - 6 * 86_400)
  expect((await events()).filter((type) => type === 'expiring')).toHaveLength(1)
  to(endOf(running) + 60)
  expect(await stripe.subscriptionSchedules.retrieve(waiting.id)).toMatchObject({
    status: 'completed',
    subscription: sub.id,
  })
  expect(await stripe.subscriptions.retrieve(sub.id)).toMatchObject({ status: 'canceled', ended_at: endOf(running) })
  expect((await stripe.invoices.list({ subscription: sub.id })).data).toHaveLength(1)
  expect((await events()).filter((type) => type === 'canceled')).toEqual([])
})

test.each([
  [false, null],
  [true, 'its end'],
])('a release with preserve_cancel_date=%s leaves a subscription that ends at %s', async (preserve, planned) => {
  const { stripe, plan, subOf, to, events } = await planning()
  const schedule = await plan({ end_behavior: 'cancel' })
  const released = await stripe.subscriptionSchedules.release(schedule.id, { preserve_cancel_date: preserve })
  expect(released).toMatchObject({ status: 'released', subscription: null, current_phase: null })
  expect(released.released_subscription).toBe(schedule.subscription)
  const sub = await subOf(released)
  expect([sub.schedule, sub.cancel_at]).toEqual([null, planned === null ? null : endOf(schedule)])
  expect(await events()).toEqual(['created', 'released'])
  to(endOf(schedule) + 7200)
  expect((await subOf(released)).status).toBe(preserve ? 'canceled' : 'active')
})

test('cancelling a schedule ends its subscription, with what is left of the period given back', async () => {
  const { stripe, customer, plan, subOf, to, now, events } = await planning()
  const schedule = await plan()
  to(now() + 7200)
  const { current_period_start: from, current_period_end: until } = (await subOf(schedule)).items.data[0] as Item
  to((from + until) / 2)
  expect(await stripe.subscriptionSchedules.cancel(schedule.id)).toMatchObject({
    status: 'canceled',
    current_phase: null,
  })
  expect((await subOf(schedule)).status).toBe('canceled')
  expect(((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).balance).toBe(-1500)
  expect((await events()).at(-1)).toBe('canceled')
  expect((await refusal(stripe.subscriptionSchedules.release(schedule.id))).message).toContain('`canceled` status')
})

test('a subscription that ends takes its schedule along: cancelled, or aborted when nobody paid', async () => {
  const { stripe, plan, events, to, now, customer } = await planning()
  const one = await plan()
  await stripe.subscriptions.cancel(String(one.subscription))
  expect((await stripe.subscriptionSchedules.retrieve(one.id)).status).toBe('canceled')
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
  const phases = [{ items: one.phases[0]?.items.map(({ price }) => ({ price: String(price) })) ?? [], duration: MONTH }]
  const two = await plan({ phases, default_settings: { default_payment_method: bad.id } })
  to(now() + 7200)
  expect((await stripe.subscriptions.retrieve(String(two.subscription))).status).toBe('past_due')
  to(now() + 17 * 86_400)
  expect((await stripe.subscriptionSchedules.retrieve(two.id)).status).toBe('canceled')
  expect((await events()).filter((type) => type !== 'created' && type !== 'updated')).toEqual(['canceled', 'aborted'])
})

test('a schedule on a test clock lives by its time', async () => {
  const { stripe, price, priceOf } = await planning()
  const start = Date.UTC(2027, 0, 31) / 1000
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start })
  const card = { payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' } }
  const customer = await stripe.customers.create({ ...card, test_clock: clock.id })
  const cheap = await priceOf(1000)
  const schedule = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    phases: [
      { items: [{ price: price.id }], duration: MONTH },
      { items: [{ price: cheap.id }], duration: MONTH },
    ],
  })
  expect(schedule).toMatchObject({ test_clock: clock.id, created: start })
  expect(endOf(schedule)).toBe(Date.UTC(2027, 1, 28) / 1000)
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: endOf(schedule) + 7200 })
  await expect.poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status).toBe('ready')
  const totals = (await stripe.invoices.list({ customer: customer.id })).data.map(({ total }) => total)
  expect(totals).toEqual([1000, 3000])
})

test('a change of the running phase reaches the subscription at once; the default prorates', async () => {
  const { stripe, customer, price, plan, subOf, now, to } = await planning()
  const schedule = await plan()
  to(now() + 7200)
  const { current_period_start: start_date, current_period_end: end } = (await subOf(schedule)).items.data[0] as Item
  to((start_date + end) / 2)
  const phase = { items: [{ price: price.id, quantity: 3 }], start_date, end_date: end }
  const changed = await stripe.subscriptionSchedules.update(schedule.id, { phases: [phase] })
  expect(changed.phases[0]?.items[0]?.quantity).toBe(3)
  expect((await subOf(changed)).items.data[0]?.quantity).toBe(3)
  const pending = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data
  expect(pending.reduce((sum, { amount }) => sum + amount, 0)).toBe(3000)
  const ended = await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: 'cancel',
    phases: [
      { ...phase, end_date: 'now' },
      { items: [{ price: price.id }], duration: MONTH, proration_behavior: 'none' },
    ],
  })
  expect(ended.current_phase?.start_date).toBe(now())
  expect(await subOf(ended)).toMatchObject({ cancel_at: endOf(ended, 1), items: { data: [{ quantity: 1 }] } })
})

test('what a schedule cannot be is refused', async () => {
  const { stripe, customer, price, product, plan, now, priceOf } = await planning()
  const yearly = await priceOf(9000, 'year')
  const once = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1 })
  const items = [{ price: price.id }]
  const schedule = await plan()
  const sub = String(schedule.subscription)
  const end_date = now() + 9000
  const [start] = schedule.phases
  const cases: [Promise<unknown>, object][] = [
    [stripe.subscriptionSchedules.create({ from_subscription: sub }), { param: 'from_subscription' }],
    [
      stripe.subscriptionSchedules.create({ from_subscription: sub, end_behavior: 'cancel' }),
      { param: 'end_behavior' },
    ],
    [stripe.subscriptionSchedules.create({ phases: [{ items }] }), { param: 'customer' }],
    [stripe.subscriptionSchedules.create({ customer: customer.id }), { param: 'phases' }],
    [plan({ start_date: now() - 5 }), { param: 'start_date' }],
    [plan({ phases: [{ items, end_date, duration: MONTH }] }), { code: 'parameters_exclusive' }],
    [plan({ phases: [{ items, end_date: now() - 1 }] }), { param: 'phases[0][end_date]' }],
    [plan({ phases: [{ items, end_date, trial_end: end_date + 1 }] }), { param: 'phases[0][trial_end]' }],
    [plan({ phases: [{ items: [...items, { price: yearly.id }] }] }), { param: 'items' }],
    [plan({ phases: [{ items: [{ price: once.id }] }] }), { param: 'phases[0][items][0][price]' }],
    [plan({ phases: [{ items, discounts: [{ coupon: 'nope' }] }] }), { code: 'resource_missing' }],
    [plan({ end_behavior: 'renew' }), { param: 'end_behavior' }],
    [stripe.subscriptionSchedules.update(schedule.id, { phases: [{ items }] }), { param: 'phases[0][start_date]' }],
    [
      stripe.subscriptionSchedules.update(schedule.id, {
        phases: [{ items, start_date: (start?.start_date ?? 0) - 9 }],
      }),
      { param: 'phases[0][start_date]' },
    ],
    [stripe.subscriptions.update(sub, { cancel_at_period_end: true }), { param: 'cancel_at_period_end' }],
    [stripe.subscriptions.pause(sub), { message: 'A subscription with a schedule attached cannot be paused.' }],
    [stripe.subscriptionSchedules.retrieve('sub_sched_x'), { statusCode: 404 }],
  ]
  for (const [work, expected] of cases) expect(await refusal(work)).toMatchObject(expected)
  expect((await stripe.subscriptionSchedules.list({ customer: customer.id })).data).toHaveLength(1)
})
