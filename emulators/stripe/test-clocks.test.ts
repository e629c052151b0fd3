import type { Stripe } from 'stripe'
import { expect, test, vi } from 'vitest'
import { DAY, refusal, shop, startStripe } from './test-desk.ts'

const START = Date.UTC(2030, 0, 10, 9) / 1000

async function onClock() {
  const world = await startStripe()
  const { stripe } = world
  const { price } = await shop(stripe)
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START, name: 'years ahead' })
  const customer = await stripe.customers.create({
    test_clock: clock.id,
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const to = async (seconds: number) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds })
    await vi.waitFor(async () => {
      expect((await stripe.testHelpers.testClocks.retrieve(clock.id)).status).toBe('ready')
    })
  }
  const subscribe = (more: Omit<Stripe.SubscriptionCreateParams, 'customer'> = {}) =>
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], ...more })
  return { ...world, price, frozen: clock, customer, to, subscribe }
}
const endOf = (sub: Stripe.Subscription) => sub.items.data[0]?.current_period_end ?? 0

test('subscriptions renew by their test clock and not by the emulator’s own', async () => {
  const { stripe, clock, frozen, customer, to, subscribe } = await onClock()
  const sub = await subscribe()
  expect(sub).toMatchObject({ created: START, test_clock: frozen.id, status: 'active' })
  clock.setOffset(400 * DAY)
  expect((await stripe.invoices.list({ subscription: sub.id })).data).toHaveLength(1)
  await to(endOf(sub) + 7200)
  const invoices = await stripe.invoices.list({ subscription: sub.id })
  expect(invoices.data.map(({ created, status, test_clock }) => [created, status, test_clock])).toEqual([
    [endOf(sub), 'paid', frozen.id],
    [START, 'paid', frozen.id],
  ])
  const [charge] = (await stripe.charges.list({ customer: customer.id })).data
  expect(charge?.created).toBe(endOf(sub) + 3600)
  const events = (await stripe.events.list({ limit: 100, type: 'test_helpers.test_clock.*' })).data
  // That it was created is more than 30 days ago for the emulator's own time, and forgotten.
  expect(events.map(({ type }) => type)).toEqual(
    ['ready', 'advancing'].map((step) => `test_helpers.test_clock.${step}`),
  )
})

test('trials end and dunning runs by the clock', async () => {
  const { stripe, customer, to, subscribe } = await onClock()
  const sub = await subscribe({ trial_period_days: 14 })
  expect(sub.trial_end).toBe(START + 14 * 86_400)
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } })
  await to((sub.trial_end ?? 0) + 7200)
  expect((await stripe.subscriptions.retrieve(sub.id)).status).toBe('past_due')
  await to((sub.trial_end ?? 0) + 16 * 86_400)
  expect(await stripe.subscriptions.retrieve(sub.id)).toMatchObject({
    status: 'canceled',
    cancellation_details: { reason: 'payment_failed' },
  })
})

test('a clock only goes forward, by two intervals at most, and says that it is on its way', async () => {
  const { stripe, frozen, subscribe } = await onClock()
  const advance = (frozen_time: number) => stripe.testHelpers.testClocks.advance(frozen.id, { frozen_time })
  expect((await refusal(advance(START))).param).toBe('frozen_time')
  await subscribe()
  expect((await refusal(advance(START + 63 * 86_400))).message).toContain('two intervals')
  expect(await advance(START + 60)).toMatchObject({
    status: 'advancing',
    frozen_time: START,
    status_details: { advancing: { target_frozen_time: START + 60 } },
  })
})

test('lists leave clocks out unless asked, and deleting one deletes its customers', async () => {
  const { stripe, frozen, customer, subscribe } = await onClock()
  const sub = await subscribe()
  const ids = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id)
  expect(ids(await stripe.customers.list())).not.toContain(customer.id)
  expect(ids(await stripe.customers.list({ test_clock: frozen.id }))).toEqual([customer.id])
  expect(ids(await stripe.subscriptions.list())).toEqual([])
  expect(ids(await stripe.subscriptions.list({ customer: customer.id }))).toEqual([sub.id])
  expect(await stripe.testHelpers.testClocks.del(frozen.id)).toMatchObject({ id: frozen.id, deleted: true })
  expect((await stripe.customers.retrieve(customer.id)).deleted).toBe(true)
  expect((await stripe.subscriptions.retrieve(sub.id)).status).toBe('canceled')
  expect((await refusal(stripe.testHelpers.testClocks.retrieve(frozen.id))).code).toBe('resource_missing')
})
