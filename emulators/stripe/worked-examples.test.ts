import type { Stripe } from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveTo, shop, startStripe } from './test-desk.ts'

/**
 * Worked examples as Stripe's public pages print them, played through the official client. `recomputed` marks rows whose total
 * is not printed on the page but follows from the prices it prints.
 */
let world: Awaited<ReturnType<typeof startStripe>> & Awaited<ReturnType<typeof shop>>
beforeAll(async () => {
  const desk = await startStripe(undefined, afterAll)
  world = { ...desk, ...(await shop(desk.stripe)) }
})

type Scheme = Omit<Stripe.PriceCreateParams, 'currency' | 'product' | 'recurring'>
const monthly = (scheme: Scheme) =>
  world.stripe.prices.create({
    product: world.product.id,
    currency: 'usd',
    recurring: { interval: 'month' },
    ...scheme,
  })

const TIERS_PAGE = 'https://stripe.com/docs/billing/subscriptions/tiers'
const TIERED_PAGE = 'https://docs.stripe.com/subscriptions/pricing-models/tiered-pricing'
const PACKAGES_PAGE = 'https://stripe.com/docs/billing/subscriptions/quantity-transformation'
const USAGE_PACKAGES_PAGE = 'https://docs.stripe.com/billing/subscriptions/usage-based/transform-quantities'

const steps = (...tiers: [number | 'inf', number][]): Scheme['tiers'] =>
  tiers.map(([up_to, unit_amount]) => ({ up_to, unit_amount }))
const plain: Scheme = { unit_amount: 500 }
const fiveTiers = steps([5, 500], [10, 400], [15, 300], [20, 200], ['inf', 100])
const fonts = steps([5, 700], [10, 650], ['inf', 600])
const tiered = (tiers_mode: 'graduated' | 'volume', tiers: Scheme['tiers']): Scheme => ({
  billing_scheme: 'tiered',
  tiers_mode,
  tiers,
})
const perFive: Scheme = { unit_amount: 1000, transform_quantity: { divide_by: 5, round: 'up' } }
const perHour: Scheme = { unit_amount: 1000, transform_quantity: { divide_by: 60, round: 'up' } }

test.each([
  [TIERS_PAGE, 'per unit', plain, 1, 500],
  [TIERS_PAGE, 'per unit', plain, 5, 2500],
  [TIERS_PAGE, 'per unit', plain, 6, 3000],
  [TIERS_PAGE, 'per unit', plain, 20, 10_000],
  [TIERS_PAGE, 'per unit', plain, 25, 12_500],
  [TIERS_PAGE, 'volume', tiered('volume', fiveTiers), 1, 500],
  [TIERS_PAGE, 'volume', tiered('volume', fiveTiers), 5, 2500],
  [TIERS_PAGE, 'volume', tiered('volume', fiveTiers), 6, 2400],
  [TIERS_PAGE, 'volume', tiered('volume', fiveTiers), 20, 4000],
  [TIERS_PAGE, 'volume', tiered('volume', fiveTiers), 25, 2500],
  [TIERS_PAGE, 'graduated', tiered('graduated', fiveTiers), 6, 2900],
  [TIERED_PAGE, 'volume', tiered('volume', fonts), 1, 700],
  [TIERED_PAGE, 'volume', tiered('volume', fonts), 5, 3500],
  [TIERED_PAGE, 'volume', tiered('volume', fonts), 6, 3900],
  [TIERED_PAGE, 'volume', tiered('volume', fonts), 20, 12_000],
  [TIERED_PAGE, 'volume', tiered('volume', fonts), 25, 15_000],
  [TIERED_PAGE, 'graduated', tiered('graduated', fonts), 5, 3500],
  [TIERED_PAGE, 'graduated, recomputed', tiered('graduated', fonts), 6, 4150],
  [TIERED_PAGE, 'graduated, recomputed', tiered('graduated', fonts), 20, 12_750],
  [PACKAGES_PAGE, 'packages of 5', perFive, 1, 1000],
  [PACKAGES_PAGE, 'packages of 5', perFive, 3, 1000],
  [PACKAGES_PAGE, 'packages of 5', perFive, 5, 1000],
  [PACKAGES_PAGE, 'packages of 5', perFive, 6, 2000],
  [PACKAGES_PAGE, 'packages of 5', perFive, 7, 2000],
  [USAGE_PACKAGES_PAGE, 'minutes by the hour', perHour, 150, 3000],
])('%s, %s: %o × %i', async (_page, _what, scheme, quantity, total) => {
  const price = await monthly(scheme)
  const sub = await world.stripe.subscriptions.create({
    customer: world.customer.id,
    items: [{ price: price.id, quantity }],
    expand: ['latest_invoice'],
  })
  const invoice = sub.latest_invoice as Stripe.Invoice
  expect(invoice.total).toBe(total)
  expect(invoice.lines.data.reduce((sum, line) => sum + line.amount, 0)).toBe(total)
})

const PRORATIONS_PAGE = 'https://docs.stripe.com/billing/subscriptions/prorations'
const SUPPORT_PAGE =
  'https://support.stripe.com/questions/refunding-credit-balance-to-customer-after-subscription-downgrade-or-cancellation'

test.each([
  [PRORATIONS_PAGE, 1000, 2000, [-500, 1000], 500],
  [SUPPORT_PAGE, 1000, 10_000, [-500, 5000], 4500],
  [SUPPORT_PAGE, 10_000, 1000, [-5000, 500], -4500],
])('%s: from %i to %i in the middle of the period', async (_page, from, to, lines, net) => {
  for (const type of ['classic', 'flexible'] as const) {
    const [before, after] = [await monthly({ unit_amount: from }), await monthly({ unit_amount: to })]
    const customer = await world.stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    })
    const sub = await world.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: before.id }],
      billing_mode: { type },
    })
    const item = sub.items.data[0] as Stripe.SubscriptionItem
    const changed = await world.stripe.subscriptions.update(sub.id, {
      items: [{ id: item.id, price: after.id }],
      proration_behavior: 'always_invoice',
      proration_date: (item.current_period_start + item.current_period_end) / 2,
      expand: ['latest_invoice'],
    })
    const invoice = changed.latest_invoice as Stripe.Invoice
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual(lines)
    expect(invoice.total).toBe(net)
    const { balance } = (await world.stripe.customers.retrieve(customer.id)) as Stripe.Customer
    expect(balance).toBe(Math.min(0, net))
  }
})

const COUPON_PAGE = 'https://docs.stripe.com/api/coupons'

test.each([
  [COUPON_PAGE, 10_000, 20_000, 0],
  [COUPON_PAGE, 30_000, 20_000, 10_000],
])('%s: a subtotal of %i with %i off is %i', async (_page, subtotal, amount_off, total) => {
  const coupon = await world.stripe.coupons.create({ amount_off, currency: 'usd' })
  const price = await monthly({ unit_amount: subtotal })
  const sub = await world.stripe.subscriptions.create({
    customer: world.customer.id,
    items: [{ price: price.id }],
    discounts: [{ coupon: coupon.id }],
    expand: ['latest_invoice'],
  })
  expect(sub.latest_invoice).toMatchObject({ subtotal, total, amount_due: total, status: 'paid' })
})

test('https://docs.stripe.com/billing/subscriptions/billing-cycle: January 31 bills February 28, March 31, April 30', async () => {
  moveTo(world.clock, Date.UTC(2027, 0, 31, 12))
  const { stripe, customer, price } = world
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const days: string[] = []
  for (let month = 0; month < 3; month += 1) {
    const { items } = await stripe.subscriptions.retrieve(sub.id)
    const end = (items.data[0]?.current_period_end ?? 0) * 1000
    days.push(new Date(end).toISOString().slice(5, 10))
    moveTo(world.clock, end + 7_200_000)
  }
  expect(days).toEqual(['02-28', '03-31', '04-30'])
})
