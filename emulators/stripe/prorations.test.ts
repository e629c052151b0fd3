import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { moveTo, refusal, shop, startStripe } from './test-desk.ts'

async function subscribed(type: 'classic' | 'flexible', percent: number | null = null) {
  const world = await startStripe()
  const goods = await shop(world.stripe, { unit: 1000 })
  const coupon =
    percent === null ? null : await world.stripe.coupons.create({ percent_off: percent, duration: 'forever' })
  const sub = await world.stripe.subscriptions.create({
    customer: goods.customer.id,
    items: [{ price: goods.price.id, quantity: 4 }],
    billing_mode: { type },
    ...(coupon ? { discounts: [{ coupon: coupon.id }] } : {}),
  })
  const item = sub.items.data[0] as Stripe.SubscriptionItem
  const half = (item.current_period_start + item.current_period_end) / 2
  const change = async (given: Stripe.SubscriptionUpdateParams) => {
    const after = await world.stripe.subscriptions.update(sub.id, {
      proration_behavior: 'always_invoice',
      proration_date: half,
      expand: ['latest_invoice'],
      ...given,
    })
    return (after.latest_invoice as Stripe.Invoice).lines.data.map(({ amount }) => amount)
  }
  return { ...world, ...goods, sub, item, half, change }
}

test.each(['classic', 'flexible'] as const)('%s prorations carry the discount inside them', async (type) => {
  const { item, change, stripe, sub } = await subscribed(type, 25)
  expect(await change({ items: [{ id: item.id, quantity: 6 }] })).toEqual([-1500, 2250])
  const invoice = await stripe.invoices.list({ subscription: sub.id, limit: 1 })
  expect(invoice.data[0]?.lines.data.map((line) => [line.discountable, line.discount_amounts])).toEqual([
    [false, []],
    [false, []],
  ])
})

test('a discount taken off meanwhile: classic credits with the last one used, flexible what was debited', async () => {
  for (const type of ['classic', 'flexible'] as const) {
    const { item, change } = await subscribed(type, 50)
    expect(await change({ discounts: '', items: [{ id: item.id, quantity: 5 }] })).toEqual([-1000, 2500])
  }
})

test('a change that was not debited: classic credits the current value, flexible only what was debited', async () => {
  for (const [type, credit] of [
    ['classic', -4000],
    ['flexible', -2000],
  ] as const) {
    const { item, change, stripe, sub } = await subscribed(type)
    await stripe.subscriptions.update(sub.id, {
      items: [{ id: item.id, quantity: 8 }],
      proration_behavior: 'none',
    })
    expect(await change({ items: [{ id: item.id, quantity: 2 }] })).toEqual([credit, 1000])
  }
})

test('a second change in one period gives back what the first one debited', async () => {
  for (const type of ['classic', 'flexible'] as const) {
    const { item, half, change } = await subscribed(type)
    const quarter = (half + item.current_period_end) / 2
    expect(await change({ items: [{ id: item.id, quantity: 8 }] })).toEqual([-2000, 4000])
    expect(await change({ items: [{ id: item.id, quantity: 2 }], proration_date: quarter })).toEqual([-2000, 500])
  }
})

test('an item taken out or put in is prorated on its own', async () => {
  const { item, change, product, stripe } = await subscribed('flexible')
  const extra = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 600,
    recurring: { interval: 'month' },
  })
  expect(await change({ items: [{ price: extra.id, quantity: 2 }] })).toEqual([600])
  expect(await change({ items: [{ id: item.id, deleted: true }] })).toEqual([-2000])
})

test('a cycle started anew bills a full period less the rest of the old one', async () => {
  const { clock, half, change, stripe, sub } = await subscribed('flexible')
  moveTo(clock, half * 1000)
  expect(await change({ billing_cycle_anchor: { type: 'now' } as never, proration_date: half })).toEqual([-2000, 4000])
  const after = await stripe.subscriptions.retrieve(sub.id)
  expect(after.items.data[0]?.current_period_start).toBe(after.billing_cycle_anchor)
})

test('a later anchor bills the first days in proportion, or gives them free', async () => {
  const { stripe, clock, customer, price } = await subscribed('flexible')
  moveTo(clock, Date.UTC(2027, 3, 16))
  const anchor = Date.UTC(2027, 4, 1) / 1000
  const order = { customer: customer.id, items: [{ price: price.id, quantity: 3 }], billing_cycle_anchor: anchor }
  const sub = await stripe.subscriptions.create({ ...order, expand: ['latest_invoice'] })
  const period = sub.items.data[0] as Stripe.SubscriptionItem
  const exact = Math.round((3000 * (anchor - period.current_period_start)) / (30 * 86_400))
  expect([period.current_period_end, (sub.latest_invoice as Stripe.Invoice).total]).toEqual([anchor, exact])
  const free = await stripe.subscriptions.create({ ...order, proration_behavior: 'none' })
  expect([free.status, free.latest_invoice]).toEqual(['active', null])
  moveTo(clock, (anchor + 7200) * 1000)
  const after = await stripe.subscriptions.retrieve(free.id, { expand: ['latest_invoice'] })
  expect((after.latest_invoice as Stripe.Invoice).total).toBe(3000)
  const late = { ...order, billing_cycle_anchor: Date.UTC(2027, 8, 1) / 1000 }
  expect((await refusal(stripe.subscriptions.create(late))).param).toBe('billing_cycle_anchor')
})
