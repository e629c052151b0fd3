import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, moveTo, refusal, shop, startStripe } from './test-desk.ts'

async function subscribed(more: Omit<Stripe.SubscriptionCreateParams, 'customer'> = {}, card?: string) {
  const world = await startStripe()
  const goods = await shop(world.stripe, { unit: 3000, ...(card === undefined ? {} : { card }) })
  const sub = await world.stripe.subscriptions.create({
    customer: goods.customer.id,
    items: [{ price: goods.price.id }],
    ...more,
  })
  const item = sub.items.data[0] as Stripe.SubscriptionItem
  const eventsOf = async (type: string) => (await world.stripe.events.list({ types: [type], limit: 100 })).data
  const again = () => world.stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
  return { ...world, ...goods, sub, item, eventsOf, again }
}
const latest = (sub: Stripe.Subscription) => sub.latest_invoice as Stripe.Invoice
const noMethod = { invoice_settings: { default_payment_method: '' } }

test('the end of a trial is announced once, three days before', async () => {
  const { stripe, clock, sub, eventsOf } = await subscribed({ trial_period_days: 14 })
  const type = 'customer.subscription.trial_will_end'
  const end = sub.trial_end ?? 0
  moveTo(clock, (end - 4 * 86_400) * 1000)
  expect(await eventsOf(type)).toHaveLength(0)
  moveTo(clock, (end - 2 * 86_400) * 1000)
  expect((await eventsOf(type)).map(({ created }) => created)).toEqual([end - 3 * 86_400])
  moveTo(clock, (end + 7200) * 1000)
  expect(await eventsOf(type)).toHaveLength(1)
  expect((await stripe.subscriptions.retrieve(sub.id)).status).toBe('active')
})

test.each([
  ['cancel', 'canceled'],
  ['pause', 'paused'],
  ['create_invoice', 'past_due'],
] as const)(
  'a trial that ends with nothing to charge and missing_payment_method=%s is %s',
  async (behaviour, status) => {
    const trial_settings = { end_behavior: { missing_payment_method: behaviour } }
    const { stripe, clock, sub, customer, again, eventsOf } = await subscribed({ trial_period_days: 7, trial_settings })
    await stripe.customers.update(customer.id, noMethod)
    moveTo(clock, ((sub.trial_end ?? 0) + 7200) * 1000)
    const after = await again()
    expect(after.status).toBe(status)
    if (status === 'paused') {
      expect(after.status_details?.paused.subscription.type).toBe('trial_end_without_payment_method')
      expect(await eventsOf('customer.subscription.paused')).toHaveLength(1)
      expect((await stripe.invoices.list({ subscription: sub.id })).data).toHaveLength(1)
    }
  },
)

test('a trial put onto a running subscription gives the unused time back and moves the cycle', async () => {
  const { stripe, clock, sub, item, customer } = await subscribed()
  const half = (item.current_period_start + item.current_period_end) / 2
  moveTo(clock, half * 1000)
  const trial_end = item.current_period_end + 10 * 86_400
  const after = await stripe.subscriptions.update(sub.id, { trial_end, proration_date: half })
  expect(after).toMatchObject({ status: 'trialing', trial_end, billing_cycle_anchor: trial_end })
  expect(after.items.data[0]?.current_period_end).toBe(trial_end)
  expect(((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).balance).toBe(-1500)
  const longer = await stripe.subscriptions.update(sub.id, { trial_end: trial_end + 86_400 })
  expect(longer.items.data[0]?.current_period_end).toBe(trial_end + 86_400)
  expect((await stripe.invoices.list({ subscription: sub.id })).data).toHaveLength(2)
})

test('a planned end inside the period credits the rest, unless planned without prorations', async () => {
  const { stripe, clock, sub, item, customer, price, again } = await subscribed()
  const half = (item.current_period_start + item.current_period_end) / 2
  await stripe.subscriptions.update(sub.id, { cancel_at: half })
  const plain = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  await stripe.subscriptions.update(plain.id, { cancel_at: half, proration_behavior: 'none' })
  moveTo(clock, (half + 60) * 1000)
  expect(await again()).toMatchObject({ status: 'canceled', ended_at: half })
  expect((await stripe.subscriptions.retrieve(plain.id)).status).toBe('canceled')
  expect(((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).balance).toBe(-1500)
})

test.each([
  ['keep_as_draft', 'draft'],
  ['mark_uncollectible', 'uncollectible'],
  ['void', 'void'],
] as const)('paused collection with %s leaves renewals %s until it resumes by itself', async (behavior, status) => {
  const { stripe, clock, sub, item, again, customer } = await subscribed()
  const resumes_at = item.current_period_end + 5 * 86_400
  await stripe.subscriptions.update(sub.id, { pause_collection: { behavior, resumes_at } })
  moveTo(clock, (item.current_period_end + 7200) * 1000)
  const during = await again()
  expect([during.status, latest(during).status]).toEqual(['active', status])
  moveTo(clock, (resumes_at + 60) * 1000)
  expect((await again()).pause_collection).toBeNull()
  moveTo(clock, resumes_at * 1000 + 31 * DAY)
  expect(latest(await again()).status).toBe('paid')
  expect((await stripe.charges.list({ customer: customer.id })).data).toHaveLength(2)
})

test('a paused subscription makes no invoices, gives unused time back, and starts anew when resumed', async () => {
  const { stripe, clock, sub, item, again, eventsOf, customer } = await subscribed()
  const half = (item.current_period_start + item.current_period_end) / 2
  moveTo(clock, half * 1000)
  const paused = await stripe.subscriptions.pause(sub.id)
  expect(paused).toMatchObject({
    status: 'paused',
    status_details: { paused: { subscription: { type: 'pause_requested' } } },
  })
  const pending = (await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data
  expect(Math.abs((pending[0]?.amount ?? 0) + 1500)).toBeLessThanOrEqual(1)
  moveTo(clock, item.current_period_end * 1000 + 40 * DAY)
  expect((await stripe.invoices.list({ subscription: sub.id })).data).toHaveLength(1)

  const resumed = await stripe.subscriptions.resume(sub.id, { payment_behavior: 'resume_on_payment_success' })
  expect(resumed.status).toBe('active')
  expect('status_details' in resumed).toBe(false)
  expect(latest(await again()).total).toBe(3000 + (pending[0]?.amount ?? 0))
  expect(await eventsOf('customer.subscription.resumed')).toHaveLength(1)
  expect((await refusal(stripe.subscriptions.resume(sub.id))).message).toContain('Only paused')
})

test('a resumption nobody pays for is voided after 23 hours and the pause goes on', async () => {
  const { stripe, clock, sub, again } = await subscribed()
  await stripe.subscriptions.pause(sub.id, { bill_for: { unused_time_from: { type: 'none' } } })
  const waiting = await stripe.subscriptions.resume(sub.id)
  expect(waiting.status).toBe('paused')
  clock.setOffset(DAY)
  const after = await again()
  expect([after.status, latest(after).status]).toEqual(['paused', 'void'])
  const open = await stripe.subscriptions.resume(sub.id)
  await stripe.invoices.pay(String(open.latest_invoice))
  expect((await again()).status).toBe('active')
})

test('classic, sent or ended subscriptions cannot be paused', async () => {
  const { stripe, customer, price } = await subscribed()
  const order = { customer: customer.id, items: [{ price: price.id }] }
  const classic = await stripe.subscriptions.create({ ...order, billing_mode: { type: 'classic' } })
  expect((await refusal(stripe.subscriptions.pause(classic.id))).message).toContain('flexible')
  const sent = await stripe.subscriptions.create({ ...order, collection_method: 'send_invoice', days_until_due: 7 })
  expect((await refusal(stripe.subscriptions.pause(sent.id))).message).toContain('charged automatically')
})

test('a change that cannot be paid waits, is applied when paid, and is forgotten after 23 hours', async () => {
  const { stripe, clock, sub, item, customer, again, eventsOf } = await subscribed()
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } })
  const order: Stripe.SubscriptionUpdateParams = {
    items: [{ id: item.id, quantity: 4 }],
    payment_behavior: 'pending_if_incomplete',
    proration_behavior: 'always_invoice',
    proration_date: item.current_period_start,
  }
  const held = await stripe.subscriptions.update(sub.id, order)
  expect([held.status, held.items.data[0]?.quantity]).toEqual(['active', 1])
  expect(held.pending_update?.subscription_items?.[0]?.quantity).toBe(4)
  await stripe.invoices.pay(String(held.latest_invoice), { payment_method: 'pm_card_visa' })
  const applied = await again()
  expect([applied.items.data[0]?.quantity, applied.pending_update]).toEqual([4, null])
  expect(latest(applied).total).toBe(9000)
  expect(await eventsOf('customer.subscription.pending_update_applied')).toHaveLength(1)

  const second = await stripe.subscriptions.update(sub.id, { ...order, items: [{ id: item.id, quantity: 5 }] })
  expect(second.pending_update).not.toBeNull()
  expect((await refusal(stripe.subscriptions.update(sub.id, { ...order, description: 'x' }))).message).toContain(
    'description',
  )
  clock.setOffset(DAY)
  const expired = await again()
  expect([expired.items.data[0]?.quantity, expired.pending_update, latest(expired).status]).toEqual([4, null, 'void'])
  expect(await eventsOf('customer.subscription.pending_update_expired')).toHaveLength(1)
})
