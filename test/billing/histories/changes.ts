import type { Stripe } from 'stripe'
import {
  customerOf,
  decimalOf,
  itemOf,
  latestOf,
  priceOf,
  type Draw,
  type History,
  type HistoryWorld,
} from './history.ts'

type Mode = 'classic' | 'flexible'
type Begun = { customer: string; price: Stripe.Price; sub: Stripe.Subscription }

/** Some seats of a plan in a billing mode. */
async function begun(
  world: HistoryWorld,
  draw: Draw,
  mode: Mode,
  more: Partial<Stripe.SubscriptionCreateParams> = {},
): Promise<Begun> {
  const customer = await customerOf(world)
  const price = await priceOf(world, { unit_amount: draw(500, 9000) })
  const sub = await world.stripe.subscriptions.create({
    customer,
    items: [{ price: price.id, quantity: draw(2, 9) }],
    billing_mode: { type: mode },
    ...more,
  })
  return { customer, price, sub }
}

const modes = ['classic', 'flexible'] as const

/** The same history in both billing modes. */
function both(name: string, history: (mode: Mode) => History): [string, History][] {
  return modes.map((mode) => [`${name}, ${mode}`, history(mode)])
}

const half: Partial<Stripe.PriceCreateParams> = {
  billing_scheme: 'tiered',
  tiers_mode: 'graduated',
  tiers: [
    { up_to: 5, unit_amount: 1000, flat_amount: 300 },
    { up_to: 'inf', unit_amount_decimal: decimalOf('333.5') },
  ],
}

/** What changes in the middle of a period: seats, plans, discounts, trials, pauses, ends. */
export const changes: Record<string, History> = Object.fromEntries([
  ...both(
    'more and fewer seats',
    (mode) =>
      async function* (world, draw) {
        const { customer, sub } = await begun(world, draw, mode)
        yield
        const change = { proration_behavior: 'always_invoice' } as const
        await world.stripe.subscriptions.update(sub.id, {
          items: [{ id: itemOf(sub), quantity: draw(10, 30) }],
          ...change,
        })
        await world.stripe.subscriptions.update(sub.id, { items: [{ id: itemOf(sub), quantity: 1 }], ...change })
        yield
        return customer
      },
  ),
  ...both(
    'more and fewer seats in a currency that is rounded to steps',
    (mode) =>
      async function* (world, draw) {
        const customer = await customerOf(world)
        const price = await priceOf(world, { currency: 'kwd', unit_amount: 10 * draw(50, 900) })
        const sub = await world.stripe.subscriptions.create({
          customer,
          items: [{ price: price.id, quantity: draw(2, 9) }],
          billing_mode: { type: mode },
        })
        yield
        const change = { proration_behavior: 'always_invoice' } as const
        await world.stripe.subscriptions.update(sub.id, { items: [{ id: itemOf(sub), quantity: 13 }], ...change })
        await world.stripe.subscriptions.update(sub.id, { items: [{ id: itemOf(sub), quantity: 1 }], ...change })
        yield
        return customer
      },
  ),
  ...both(
    'seats billed at renewal',
    (mode) =>
      async function* (world, draw) {
        const { customer, sub } = await begun(world, draw, mode)
        yield
        await world.stripe.subscriptions.update(sub.id, { items: [{ id: itemOf(sub), quantity: draw(10, 30) }] })
        await world.stripe.subscriptions.update(sub.id, { items: [{ id: itemOf(sub), quantity: draw(1, 9) }] })
        yield
        return customer
      },
  ),
  ...both(
    'seats never billed',
    (mode) =>
      async function* (world, draw) {
        const { customer, sub } = await begun(world, draw, mode)
        yield
        const more = [{ id: itemOf(sub), quantity: draw(10, 30) }]
        await world.stripe.subscriptions.update(sub.id, { items: more, proration_behavior: 'none' })
        const fewer = [{ id: itemOf(sub), quantity: 1 }]
        await world.stripe.subscriptions.update(sub.id, { items: fewer, proration_behavior: 'always_invoice' })
        yield
        return customer
      },
  ),
  ...both(
    'another plan',
    (mode) =>
      async function* (world, draw) {
        const { customer, sub } = await begun(world, draw, mode)
        const better = await priceOf(world, { unit_amount: draw(9000, 20_000) }, 'Pro')
        yield
        await world.stripe.subscriptions.update(sub.id, {
          items: [{ id: itemOf(sub), price: better.id }],
          proration_behavior: 'always_invoice',
        })
        yield
        return customer
      },
  ),
  ...both(
    'an item more and one less',
    (mode) =>
      async function* (world, draw) {
        const { customer, sub } = await begun(world, draw, mode)
        const extra = await priceOf(world, { unit_amount: draw(100, 900) }, 'Support')
        yield
        await world.stripe.subscriptions.update(sub.id, {
          items: [{ price: extra.id, quantity: 2 }],
          proration_behavior: 'always_invoice',
        })
        await world.stripe.subscriptions.update(sub.id, { items: [{ id: itemOf(sub), deleted: true }] })
        yield
        return customer
      },
  ),
  ...both(
    'a discount inside the change',
    (mode) =>
      async function* (world, draw) {
        const coupon = await world.stripe.coupons.create({
          percent_off: draw(5, 60),
          duration: 'forever',
          name: 'Forever',
        })
        const { customer, sub } = await begun(world, draw, mode, { discounts: [{ coupon: coupon.id }] })
        yield
        const items = [{ id: itemOf(sub), quantity: draw(10, 20) }]
        await world.stripe.subscriptions.update(sub.id, { items, proration_behavior: 'always_invoice' })
        await world.stripe.subscriptions.update(sub.id, {
          discounts: '',
          items: [{ id: itemOf(sub), quantity: 2 }],
          proration_behavior: 'always_invoice',
        })
        yield
        return customer
      },
  ),
  ...both(
    'a tiered plan changed',
    (mode) =>
      async function* (world, draw) {
        const customer = await customerOf(world)
        const price = await priceOf(world, half)
        const sub = await world.stripe.subscriptions.create({
          customer,
          items: [{ price: price.id, quantity: draw(6, 40) }],
          billing_mode: { type: mode },
        })
        yield
        const items = [{ id: itemOf(sub), quantity: draw(1, 60) }]
        await world.stripe.subscriptions.update(sub.id, { items, proration_behavior: 'always_invoice' })
        yield
        return customer
      },
  ),
  ...both(
    'a new cycle',
    (mode) =>
      async function* (world, draw) {
        const { customer, sub } = await begun(world, draw, mode)
        yield
        await world.stripe.subscriptions.update(sub.id, { billing_cycle_anchor: { type: 'now' } as never })
        yield
        return customer
      },
  ),
  ...both(
    'from months to years',
    (mode) =>
      async function* (world, draw) {
        const { customer, sub } = await begun(world, draw, mode)
        const yearly = await priceOf(world, { unit_amount: 90_000, recurring: { interval: 'year' } })
        yield
        await world.stripe.subscriptions.update(sub.id, { items: [{ id: itemOf(sub), price: yearly.id }] })
        yield
        return customer
      },
  ),
  ...both(
    'a shorter first period',
    (mode) =>
      async function* (world, draw) {
        const customer = await customerOf(world)
        const price = await priceOf(world, { unit_amount: draw(900, 5000) })
        const tiered = await priceOf(world, half, 'Storage')
        const now = Math.floor((await world.stripe.customers.create({})).created)
        await world.stripe.subscriptions.create({
          customer,
          items: [
            { price: price.id, quantity: 3 },
            { price: tiered.id, quantity: 9 },
          ],
          billing_cycle_anchor: now + 9 * 86_400,
          billing_mode: { type: mode },
        })
        yield
        return customer
      },
  ),
  ...both(
    'ended with the rest given back',
    (mode) =>
      async function* (world, draw) {
        const { customer, sub } = await begun(world, draw, mode)
        yield
        await world.stripe.subscriptions.cancel(sub.id, { prorate: true, invoice_now: true })
        return customer
      },
  ),
  [
    'a trial that becomes paid',
    async function* (world, draw) {
      const { customer } = await begun(world, draw, 'flexible', { trial_period_days: 7 })
      yield
      return customer
    },
  ],
  [
    'a trial ended early, changed before',
    async function* (world, draw) {
      const { customer, sub } = await begun(world, draw, 'classic', { trial_period_days: 20 })
      yield
      await world.stripe.subscriptions.update(sub.id, { items: [{ id: itemOf(sub), quantity: 12 }] })
      await world.stripe.subscriptions.update(sub.id, { trial_end: 'now' })
      yield
      return customer
    },
  ],
  [
    'a trial put onto what is paid',
    async function* (world, draw) {
      const { customer, sub } = await begun(world, draw, 'flexible')
      yield
      const end = (sub.items.data[0]?.current_period_end ?? 0) + 5 * 86_400
      await world.stripe.subscriptions.update(sub.id, { trial_end: end })
      yield
      yield
      return customer
    },
  ],
  [
    'a pause with credit, then resumed',
    async function* (world, draw) {
      const { customer, sub } = await begun(world, draw, 'flexible')
      yield
      await world.stripe.subscriptions.pause(sub.id)
      yield
      await world.stripe.subscriptions.resume(sub.id, { payment_behavior: 'resume_on_payment_success' })
      yield
      return customer
    },
  ],
  [
    'a pause invoiced at once, resumed in the old cycle',
    async function* (world, draw) {
      const { customer, sub } = await begun(world, draw, 'flexible')
      yield
      await world.stripe.subscriptions.pause(sub.id, { invoicing_behavior: 'invoice' })
      yield
      await world.stripe.subscriptions.resume(sub.id, {
        billing_cycle_anchor: { type: 'unchanged' },
        proration_behavior: 'always_invoice',
      })
      yield
      return customer
    },
  ],
  ...(['void', 'mark_uncollectible', 'keep_as_draft'] as const).map((behavior): [string, History] => [
    `collection paused, ${behavior}`,
    async function* (world, draw) {
      const { customer, sub } = await begun(world, draw, 'flexible')
      yield
      await world.stripe.subscriptions.update(sub.id, { pause_collection: { behavior } })
      yield
      return customer
    },
  ]),
  [
    'a change that waits for its payment',
    async function* (world, draw) {
      const { customer, sub } = await begun(world, draw, 'flexible')
      yield
      const failing = await world.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
      await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.id } })
      await world.stripe.subscriptions.update(sub.id, {
        items: [{ id: itemOf(sub), quantity: 20 }],
        payment_behavior: 'pending_if_incomplete',
        proration_behavior: 'always_invoice',
      })
      const held = await latestOf(world, sub.id)
      const paying = await world.stripe.paymentMethods.attach('pm_card_visa', { customer })
      await world.stripe.invoices.pay(held.id, { payment_method: paying.id })
      await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: paying.id } })
      yield
      return customer
    },
  ],
  [
    'a change that was given up unpaid',
    async function* (world, draw) {
      const { customer, sub } = await begun(world, draw, 'flexible')
      yield
      const failing = await world.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
      await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.id } })
      await world.stripe.subscriptions.update(sub.id, {
        items: [{ id: itemOf(sub), quantity: 20 }],
        payment_behavior: 'pending_if_incomplete',
        proration_behavior: 'always_invoice',
      })
      yield
      return customer
    },
  ],
  [
    'an end planned inside the period',
    async function* (world, draw) {
      const { customer, sub } = await begun(world, draw, 'flexible')
      yield
      await world.stripe.subscriptions.update(sub.id, {
        cancel_at: (sub.items.data[0]?.current_period_start ?? 0) + 20 * 86_400,
      })
      yield
      return customer
    },
  ],
])
