import { afterAll, beforeAll, expect, test } from 'vitest'
import { hintObjects } from '../../server/modules/billing/store/mirror.ts'
import { startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'

let desk: BillingDesk
beforeAll(async () => {
  desk = await startBillingDesk()
})
afterAll(() => desk.stop())

const kept = async (kind: string, id: string) => {
  const { rows } = await desk.world.pool.query<{ data: Record<string, unknown> | null }>(
    'select data from mirror_objects where kind = $1 and id = $2',
    [kind, id],
  )
  return rows[0]?.data
}

test('prices are mirrored with their tiers and currencies, and tax rates, also when an invoice line is the first to name them', async () => {
  const { stripe } = desk
  const { customer, product } = await desk.shop()
  const tiered = await stripe.prices.create({
    product,
    currency: 'usd',
    recurring: { interval: 'month' },
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    tiers: [
      { up_to: 10, unit_amount: 500, flat_amount: 100 },
      { up_to: 'inf', unit_amount: 400 },
    ],
  })
  const abroad = await stripe.prices.create({
    product,
    currency: 'usd',
    unit_amount: 900,
    currency_options: { eur: { unit_amount: 800 } },
    recurring: { interval: 'month' },
  })
  const rate = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false })
  const { latest_invoice: latest } = await stripe.subscriptions.create({
    customer,
    items: [{ price: tiered.id, quantity: 12 }, { price: abroad.id }],
    default_tax_rates: [rate.id],
  })
  await desk.settle()
  const told = {
    tiers: [
      { up_to: 10, unit_amount_decimal: '500', flat_amount_decimal: '100' },
      { up_to: null, unit_amount_decimal: '400' },
    ],
  }
  expect(await kept('price', tiered.id)).toMatchObject(told)
  expect(await kept('price', abroad.id)).toMatchObject({ currency_options: { eur: { unit_amount: 800 } } })
  expect(await kept('tax_rate', rate.id)).toMatchObject({ percentage: 19 })

  // As after a copy from before prices were mirrored: the invoice, read again, names what is missing.
  await desk.world.pool.query(`delete from mirror_objects where kind in ('price', 'tax_rate')`)
  await hintObjects(desk.desk(), 'emulated', [{ kind: 'invoice', id: String(latest) }])
  await desk.stripe.customers.update(customer, { name: 'Ada' })
  await desk.settle()
  expect(await kept('price', tiered.id)).toMatchObject(told)
  expect(await kept('tax_rate', rate.id)).toMatchObject({ percentage: 19 })
})
