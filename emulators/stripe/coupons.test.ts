import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, moveTo, refusal, shop, startStripe } from './test-desk.ts'

async function store(unit = 2000) {
  const world = await startStripe()
  return { ...world, ...(await shop(world.stripe, { unit })) }
}
const totalsOf = (invoice: Stripe.Invoice) => [invoice.subtotal, invoice.total, invoice.amount_paid]
const offOf = (invoice: Stripe.Invoice) => invoice.total_discount_amounts?.map(({ amount }) => amount)
const latest = (sub: Stripe.Subscription) => sub.latest_invoice as Stripe.Invoice

test('a coupon for three months takes its share off three invoices and then leaves the subscription', async () => {
  const { stripe, clock, customer, price } = await store()
  const coupon = await stripe.coupons.create({
    id: '25OFF',
    percent_off: 25,
    duration: 'repeating',
    duration_in_months: 3,
  })
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    discounts: [{ coupon: coupon.id }],
    expand: ['latest_invoice', 'discounts.source.coupon'],
  })
  expect(totalsOf(latest(sub))).toEqual([2000, 1500, 1500])
  const [discount] = sub.discounts as Stripe.Discount[]
  expect(discount).toMatchObject({ subscription: sub.id, source: { coupon: { id: '25OFF', times_redeemed: 1 } } })
  for (const expected of [1500, 1500, 2000, 2000]) {
    const now = await stripe.subscriptions.retrieve(sub.id)
    moveTo(clock, ((now.items.data[0]?.current_period_end ?? 0) + 7200) * 1000)
    const after = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
    expect(latest(after).total).toBe(expected)
  }
  expect((await stripe.subscriptions.retrieve(sub.id)).discounts).toEqual([])
  const types = (await stripe.events.list({ limit: 100, types: ['customer.discount.deleted'] })).data
  expect(types).toHaveLength(1)
})

test('a coupon used once is spent on the first invoice; one for ever goes on', async () => {
  const { stripe, clock, customer, price } = await store()
  const once = await stripe.coupons.create({ amount_off: 500, currency: 'usd' })
  const forever = await stripe.coupons.create({ percent_off: 10, duration: 'forever' })
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    discounts: [{ coupon: forever.id }, { coupon: once.id }],
    expand: ['latest_invoice'],
  })
  expect(offOf(latest(sub))).toEqual([200, 500])
  clock.setOffset(32 * DAY)
  const next = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
  expect(offOf(latest(next))).toEqual([200])
  expect(next.discounts).toHaveLength(1)
})

test('discounts apply in the order given, an amount is spread to the last cent, and lines sum to the total', async () => {
  const { stripe, customer, product, price } = await store(1000)
  const other = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 333,
    recurring: { interval: 'month' },
  })
  const third = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 1,
    recurring: { interval: 'month' },
  })
  const percent = await stripe.coupons.create({ percent_off: 12.5, duration: 'forever' })
  const amount = await stripe.coupons.create({ amount_off: 100, currency: 'usd', duration: 'forever' })
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, discounts: [{ coupon: amount.id }] }, { price: other.id }, { price: third.id }],
    discounts: [{ coupon: percent.id }, { coupon: amount.id }],
    expand: ['latest_invoice'],
  })
  const invoice = latest(sub)
  const lines = invoice.lines.data.map((line) => line.discount_amounts?.map((part) => part.amount))
  // 1000 − 100 = 900, of which 12.5 % are 112.5, rounded to 113; 333 gives 41.625, so 42; the cent gives nothing.
  // What is left is 787 + 291 + 1 = 1079; 100 spread over it is 72.9, 26.97 and 0.09: 73, 27 and 0.
  expect(lines).toEqual([
    [100, 113, 73],
    [42, 27],
    [0, 0],
  ])
  expect(invoice.subtotal).toBe(1334 - 100)
  expect(invoice.total).toBe(1334 - 100 - 113 - 42 - 100)
})

test('a coupon of some products leaves the other lines alone', async () => {
  const { stripe, customer, product, price } = await store(1000)
  const extra = await stripe.products.create({ name: 'Support' })
  const support = await stripe.prices.create({
    product: extra.id,
    currency: 'usd',
    unit_amount: 700,
    recurring: { interval: 'month' },
  })
  const coupon = await stripe.coupons.create({ percent_off: 50, applies_to: { products: [extra.id] } })
  expect((await stripe.coupons.retrieve(coupon.id, { expand: ['applies_to'] })).applies_to).toEqual({
    products: [extra.id],
  })
  expect('applies_to' in coupon).toBe(false)
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }, { price: support.id }],
    discounts: [{ coupon: coupon.id }],
    expand: ['latest_invoice'],
  })
  expect(product.id).not.toBe(extra.id)
  expect(latest(sub).total).toBe(1350)
})

test('an invoice and its items take discounts of their own, never below zero', async () => {
  const { stripe, customer } = await store()
  const half = await stripe.coupons.create({ percent_off: 50 })
  const much = await stripe.coupons.create({
    amount_off: 5000,
    currency: 'usd',
    currency_options: { eur: { amount_off: 4000 } },
  })
  await stripe.invoiceItems.create({
    customer: customer.id,
    amount: 1001,
    currency: 'usd',
    discounts: [{ coupon: half.id }],
  })
  const draft = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: 'include' })
  expect([draft.subtotal, draft.total]).toEqual([500, 500])
  const free = await stripe.invoices.update(draft.id, { discounts: [{ coupon: much.id }] })
  expect(free).toMatchObject({ subtotal: 500, total: 0, amount_due: 0 })
  const back = await stripe.invoices.update(draft.id, { discounts: '' })
  expect(back.total).toBe(500)
})

test('coupons and promotion codes are refused when used up, late, foreign, or for somebody else', async () => {
  const { stripe, clock, customer, price } = await store()
  const order = (given: Stripe.SubscriptionCreateParams.Discount) =>
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], discounts: [given] })
  const single = await stripe.coupons.create({ percent_off: 10, max_redemptions: 1 })
  await order({ coupon: single.id })
  expect(await stripe.coupons.retrieve(single.id)).toMatchObject({ valid: false, times_redeemed: 1 })
  expect((await refusal(order({ coupon: single.id }))).message).toContain('used up')

  const soon = Math.floor(clock.now() / 1000) + 3600
  const brief = await stripe.coupons.create({ percent_off: 10, redeem_by: soon })
  clock.setOffset(7200_000)
  expect(await refusal(order({ coupon: brief.id }))).toMatchObject({ code: 'coupon_expired' })
  expect((await stripe.coupons.retrieve(brief.id)).valid).toBe(false)

  const euros = await stripe.coupons.create({ amount_off: 100, currency: 'eur' })
  expect((await refusal(order({ coupon: euros.id }))).message).toContain('eur')

  const open = await stripe.coupons.create({ percent_off: 20, duration: 'forever' })
  const first = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: open.id },
    code: 'WELCOME',
    restrictions: { first_time_transaction: true },
  })
  expect((await refusal(order({ promotion_code: first.id }))).message).toContain('prior transactions')
  const large = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: open.id },
    restrictions: { minimum_amount: 2001, minimum_amount_currency: 'usd' },
  })
  expect((await refusal(order({ promotion_code: large.id }))).message).toContain('below its minimum')
  const other = await stripe.customers.create({})
  const personal = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: open.id },
    customer: other.id,
  })
  expect((await refusal(order({ promotion_code: personal.id }))).message).toContain('another customer')

  const fine = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: open.id },
    max_redemptions: 1,
  })
  const sub = await order({ promotion_code: fine.id })
  expect(await stripe.promotionCodes.retrieve(fine.id)).toMatchObject({ active: false, times_redeemed: 1 })
  const shown = await stripe.subscriptions.retrieve(sub.id, { expand: ['discounts.promotion_code.promotion.coupon'] })
  expect(shown.discounts[0]).toMatchObject({ promotion_code: { promotion: { coupon: { id: open.id } } } })
  expect((await stripe.promotionCodes.list({ code: 'welcome' })).data).toHaveLength(1)
})

test('a discount ends when taken off; a deleted coupon goes on where it was redeemed', async () => {
  const { stripe, clock, customer, price } = await store()
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'forever' })
  const items = [{ price: price.id }]
  const [kept, dropped] = [
    await stripe.subscriptions.create({ customer: customer.id, items, discounts: [{ coupon: coupon.id }] }),
    await stripe.subscriptions.create({ customer: customer.id, items, discounts: [{ coupon: coupon.id }] }),
  ]
  await stripe.coupons.del(coupon.id)
  expect(await stripe.subscriptions.deleteDiscount(dropped.id)).toMatchObject({
    deleted: true,
    subscription: dropped.id,
  })
  clock.setOffset(32 * DAY)
  const total = async (id: string) =>
    latest(await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).total
  expect([await total(kept.id), await total(dropped.id)]).toEqual([1000, 2000])
})

test('coupons that contradict themselves are refused', async () => {
  const { stripe } = await startStripe()
  const params = (given: Stripe.CouponCreateParams) =>
    refusal(stripe.coupons.create(given)).then((error) => error.param)
  expect(await params({})).toBe('percent_off')
  expect(await params({ percent_off: 10, amount_off: 5, currency: 'usd' })).toBe('percent_off')
  expect(await params({ percent_off: 101 })).toBe('percent_off')
  expect(await params({ amount_off: 5 })).toBe('currency')
  expect(await params({ percent_off: 5, duration: 'repeating' })).toBe('duration_in_months')
  expect(await params({ percent_off: 5, duration_in_months: 2 })).toBe('duration_in_months')
  expect(await params({ percent_off: 5, applies_to: { products: ['prod_none'] } })).toBe('applies_to[products][0]')
})
