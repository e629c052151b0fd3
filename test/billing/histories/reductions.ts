import type { Stripe } from 'stripe'
import {
  customerOf,
  invoiceOf,
  itemOf,
  priceOf,
  rateOf,
  type Draw,
  type History,
  type HistoryWorld,
} from './history.ts'

/** A plan of two items with something taken off or put on, changed once and renewed once. */
function plan(
  more: (world: HistoryWorld, draw: Draw) => Promise<Partial<Stripe.SubscriptionCreateParams>>,
  who: Stripe.CustomerCreateParams = {},
): History {
  return async function* (world, draw) {
    const customer = await customerOf(world, who)
    const [first, second] = [
      await priceOf(world, { unit_amount: draw(333, 9999) }),
      await priceOf(world, { unit_amount: draw(101, 999) }, 'Support'),
    ]
    const sub = await world.stripe.subscriptions.create({
      customer,
      items: [{ price: first.id, quantity: draw(1, 7) }, { price: second.id }],
      ...(await more(world, draw)),
    })
    yield
    await world.stripe.subscriptions.update(sub.id, {
      items: [{ id: itemOf(sub), quantity: draw(8, 15) }],
      proration_behavior: 'always_invoice',
    })
    yield
    return customer
  }
}

const percent = (world: HistoryWorld, draw: Draw, duration: 'forever' | 'once' = 'forever') =>
  world.stripe.coupons.create({ percent_off: draw(5, 70), duration, name: 'Welcome' })
const amount = (world: HistoryWorld, draw: Draw) =>
  world.stripe.coupons.create({ amount_off: draw(50, 400), currency: 'usd', duration: 'forever', name: 'Sorry' })

/** Credit is less than nothing. */
const onAccount = ({ stripe }: HistoryWorld, customer: string, amount: number) =>
  stripe.customers.createBalanceTransaction(customer, { amount, currency: 'usd' })

/** Taxes and discounts, each alone and one on the other. */
export const reductions: Record<string, History> = {
  'tax added': plan(async (world, draw) => ({ default_tax_rates: [(await rateOf(world, draw(1, 27), false)).id] })),
  'tax included': plan(async (world, draw) => ({ default_tax_rates: [(await rateOf(world, draw(1, 27), true)).id] })),
  'several rates added': plan(async (world) => ({
    default_tax_rates: [(await rateOf(world, 7.25, false, 'State')).id, (await rateOf(world, 2.125, false, 'City')).id],
  })),
  'several rates included': plan(async (world) => ({
    default_tax_rates: [(await rateOf(world, 5, true, 'GST')).id, (await rateOf(world, 9.975, true, 'QST')).id],
  })),
  'rates added and included': plan(async (world) => ({
    default_tax_rates: [(await rateOf(world, 8, true, 'Levy')).id, (await rateOf(world, 19, false)).id],
  })),
  'reverse charge': plan(async (world) => ({ default_tax_rates: [(await rateOf(world, 19, false)).id] }), {
    tax_exempt: 'reverse',
  }),
  exempt: plan(async (world) => ({ default_tax_rates: [(await rateOf(world, 19, false)).id] }), {
    tax_exempt: 'exempt',
  }),
  'a coupon in percent': plan(async (world, draw) => ({ discounts: [{ coupon: (await percent(world, draw)).id }] })),
  'a coupon of an amount': plan(async (world, draw) => ({ discounts: [{ coupon: (await amount(world, draw)).id }] })),
  'a coupon once': plan(async (world, draw) => ({ discounts: [{ coupon: (await percent(world, draw, 'once')).id }] })),
  'coupons on top of each other, taxed': plan(async (world, draw) => ({
    discounts: [{ coupon: (await percent(world, draw)).id }, { coupon: (await amount(world, draw)).id }],
    default_tax_rates: [(await rateOf(world, 19, false)).id],
  })),
  'a promotion code': plan(async (world, draw) => {
    const coupon = (await percent(world, draw)).id
    const code = await world.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon } })
    return { discounts: [{ promotion_code: code.id }] }
  }),
  'coupons of items under one of the invoice': async function* (world, draw) {
    const customer = await customerOf(world)
    const [first, second] = [
      await priceOf(world, { unit_amount: draw(900, 9000) }),
      await priceOf(world, { unit_amount: draw(300, 900) }, 'Support'),
    ]
    const [own, shared] = [await amount(world, draw), await percent(world, draw)]
    await world.stripe.subscriptions.create({
      customer,
      items: [
        { price: first.id, discounts: [{ coupon: own.id }] },
        { price: second.id, discounts: [{ coupon: (await percent(world, draw)).id }] },
      ],
      discounts: [{ coupon: shared.id }],
      default_tax_rates: [(await rateOf(world, 20, true)).id],
    })
    yield
    yield
    return customer
  },
  'items with rates and discounts of their own': async function* (world, draw) {
    const customer = await customerOf(world)
    const [full, low, off] = [await rateOf(world, 19, false), await rateOf(world, 7, false), await percent(world, draw)]
    const draft = await world.stripe.invoices.create({
      customer,
      auto_advance: false,
      default_tax_rates: [full.id],
      discounts: [{ coupon: (await amount(world, draw)).id }],
    })
    const item = { customer, invoice: draft.id, currency: 'usd' }
    await world.stripe.invoiceItems.create({
      ...item,
      amount: draw(900, 9000),
      description: 'Books',
      tax_rates: [low.id],
    })
    await world.stripe.invoiceItems.create({
      ...item,
      amount: 4321,
      description: 'Training',
      discounts: [{ coupon: off.id }],
    })
    await world.stripe.invoiceItems.create({ ...item, amount: -200, description: 'Goodwill' })
    await world.stripe.invoices.pay(draft.id)
    yield
    return customer
  },
  'credit on the account': async function* (world, draw) {
    const customer = await customerOf(world)
    await onAccount(world, customer, -draw(100, 2900))
    await world.stripe.invoices.pay((await invoiceOf(world, customer, [3000])).id)
    await onAccount(world, customer, -9000)
    await invoiceOf(world, customer, [3000])
    yield
    return customer
  },
  'a debt from before': async function* (world, draw) {
    const customer = await customerOf(world)
    await onAccount(world, customer, draw(1, 3000))
    await world.stripe.invoices.pay((await invoiceOf(world, customer, [3000])).id)
    yield
    return customer
  },
  'too small to charge, then asked for': async function* (world, draw) {
    const customer = await customerOf(world)
    await invoiceOf(world, customer, [draw(1, 49)])
    await world.stripe.invoices.pay((await invoiceOf(world, customer, [3000])).id)
    yield
    return customer
  },
  'less than nothing': async function* (world, draw) {
    const customer = await customerOf(world)
    await invoiceOf(world, customer, [500, -draw(501, 2000)])
    await world.stripe.invoices.pay((await invoiceOf(world, customer, [3000])).id)
    yield
    return customer
  },
}
