import type { Stripe } from 'stripe'
import { customerOf, decimalOf, meteredOf, priceOf, type Draw, type History } from './history.ts'

type Terms = Omit<Partial<Stripe.PriceCreateParams>, 'product'>

const graduated = (draw: Draw): Terms => ({
  billing_scheme: 'tiered',
  tiers_mode: 'graduated',
  tiers: [
    { up_to: 10, unit_amount: 500, flat_amount: draw(0, 900) },
    { up_to: 50, unit_amount_decimal: decimalOf(`${draw(100, 400)}.${draw(1, 9)}`) },
    { up_to: 'inf', unit_amount: 90, flat_amount: 1500 },
  ],
})

const volume = (draw: Draw): Terms => ({
  billing_scheme: 'tiered',
  tiers_mode: 'volume',
  tiers: [
    { up_to: 20, unit_amount: 700 },
    { up_to: 100, unit_amount: draw(300, 600), flat_amount: 2500 },
    { up_to: 'inf', unit_amount_decimal: decimalOf('199.5') },
  ],
})

/** A plan of some quantity, renewed once, and then ended at once with what is unused given back. */
function licensed(terms: (draw: Draw) => Terms, quantity: (draw: Draw) => number): History {
  return async function* (world, draw) {
    const customer = await customerOf(world)
    const price = await priceOf(world, terms(draw))
    const order = { customer, items: [{ price: price.id, quantity: quantity(draw) }] }
    const sub = await world.stripe.subscriptions.create(order)
    yield
    yield
    await world.stripe.subscriptions.cancel(sub.id, { prorate: true, invoice_now: true })
    return customer
  }
}

/** A plan with what was used beside it, billed after the month. */
function used(terms: (draw: Draw) => Terms, amount: (draw: Draw) => number): History {
  return async function* (world, draw) {
    const customer = await customerOf(world)
    const plan = await priceOf(world, { unit_amount: 2000 })
    const { price, report } = await meteredOf(world, terms(draw))
    const sub = await world.stripe.subscriptions.create({ customer, items: [{ price: plan.id }, { price: price.id }] })
    yield
    const value = amount(draw)
    if (value) await report(customer, value)
    yield
    await report(customer, 3)
    yield
    await world.stripe.subscriptions.cancel(sub.id, { invoice_now: true })
    return customer
  }
}

const packaged: Terms = { unit_amount: 450, transform_quantity: { divide_by: 100, round: 'up' } }
const cents = (draw: Draw): Terms => ({ unit_amount_decimal: decimalOf(`0.${draw(1, 9)}${draw(1, 9)}5`) })

/** Prices of every scheme, licensed and by use. */
export const prices: Record<string, History> = {
  seats: licensed(
    (draw) => ({ unit_amount: draw(100, 9000) }),
    (draw) => draw(2, 40),
  ),
  'parts of a cent': licensed(cents, (draw) => draw(1000, 90_000)),
  'packages, licensed': licensed(
    () => packaged,
    (draw) => draw(101, 900),
  ),
  'graduated, one step': licensed(graduated, (draw) => draw(1, 10)),
  'graduated, all steps': licensed(graduated, (draw) => draw(51, 300)),
  'volume, low step': licensed(volume, (draw) => draw(1, 20)),
  'volume, high step': licensed(volume, (draw) => draw(21, 400)),
  'usage by unit': used(cents, (draw) => draw(1, 50_000)),
  'usage, none': used(graduated, () => 0),
  'usage by graduated steps': used(graduated, (draw) => draw(1, 200)),
  'usage by volume': used(volume, (draw) => draw(1, 200)),
  'usage by packages': used(
    () => packaged,
    (draw) => draw(1, 5000),
  ),
}
