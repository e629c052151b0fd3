import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { refusal, shop, startStripe } from './test-desk.ts'

const HOUR = 3_600_000
type World = Awaited<ReturnType<typeof startStripe>>

const rate = ({ stripe }: World, percentage: number, inclusive: boolean) =>
  stripe.taxRates.create({ display_name: 'VAT', percentage, inclusive, country: 'DE', tax_type: 'vat' })

async function invoiceOf(
  { stripe }: World,
  amounts: number[],
  more: Partial<Stripe.InvoiceCreateParams>,
  tax_exempt?: 'exempt' | 'reverse',
) {
  const { customer } = await shop(stripe)
  if (tax_exempt) await stripe.customers.update(customer.id, { tax_exempt })
  const draft = await stripe.invoices.create({ customer: customer.id, currency: 'eur', ...more })
  return stripe.invoices.addLines(draft.id, { lines: amounts.map((amount) => ({ amount, description: 'Line' })) })
}

test('exclusive tax is put on each line and rounded there', async () => {
  const world = await startStripe()
  const vat = await rate(world, 19, false)
  // Three lines of 0.33: 6.27 cents each round to 6, so 18 and not the 19 of the sum.
  const draft = await invoiceOf(world, [33, 33, 33, 10_000], { default_tax_rates: [vat.id] })
  expect(draft.lines.data.map((line) => line.taxes?.[0]?.amount)).toEqual([6, 6, 6, 1900])
  expect(draft).toMatchObject({ subtotal: 10_099, total_excluding_tax: 10_099, total: 12_017, amount_due: 12_017 })
  expect(draft.total_taxes).toEqual([
    {
      amount: 1918,
      tax_behavior: 'exclusive',
      tax_rate_details: { tax_rate: vat.id },
      taxability_reason: 'not_available',
      taxable_amount: 10_099,
      type: 'tax_rate_details',
    },
  ])
  expect(await world.stripe.invoices.pay(draft.id)).toMatchObject({ status: 'paid', amount_paid: 12_017 })
})

test('inclusive tax is taken out of the amount, several rates at once', async () => {
  const world = await startStripe()
  const [state, city] = [await rate(world, 7, true), await rate(world, 2.5, true)]
  const draft = await invoiceOf(world, [10_950], { default_tax_rates: [state.id, city.id] })
  expect(draft.lines.data[0]?.taxes?.map(({ amount, taxable_amount }) => [amount, taxable_amount])).toEqual([
    [700, 10_000],
    [250, 10_000],
  ])
  expect(draft).toMatchObject({
    subtotal: 10_950,
    subtotal_excluding_tax: 10_000,
    total: 10_950,
    total_excluding_tax: 10_000,
  })
})

test('a line has its own rates, and taking them away gives back the default of the invoice', async () => {
  const world = await startStripe()
  const [full, low] = [await rate(world, 19, false), await rate(world, 7, false)]
  const draft = await invoiceOf(world, [1000, 1000], { default_tax_rates: [full.id] })
  const line = String(draft.lines.data[1]?.id)
  await world.stripe.invoices.updateLineItem(draft.id, line, { tax_rates: [low.id] })
  expect((await world.stripe.invoices.retrieve(draft.id)).total_taxes?.map(({ amount }) => amount)).toEqual([190, 70])
  await world.stripe.invoices.updateLineItem(draft.id, line, { tax_rates: '' })
  expect(await world.stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 2380, total_taxes: [{ amount: 380 }] })
  expect(await world.stripe.invoices.update(draft.id, { default_tax_rates: '' })).toMatchObject({
    total: 2000,
    total_taxes: [],
  })
  await world.stripe.taxRates.update(low.id, { active: false })
  const late = world.stripe.invoices.update(draft.id, { default_tax_rates: [low.id] })
  expect(await refusal(late)).toMatchObject({ param: 'default_tax_rates' })
})

test('exempt customers and reverse charge pay no tax, as they are when the invoice is finalised', async () => {
  const world = await startStripe()
  const vat = await rate(world, 19, false)
  const exempt = await invoiceOf(world, [1000], { default_tax_rates: [vat.id] }, 'exempt')
  expect(exempt).toMatchObject({ total: 1000, total_taxes: [{ amount: 0, taxability_reason: 'customer_exempt' }] })
  const draft = await invoiceOf(world, [1000], { default_tax_rates: [vat.id] })
  expect(draft.total).toBe(1190)
  await world.stripe.customers.update(String(draft.customer), { tax_exempt: 'reverse', name: 'Analytical GmbH' })
  await world.stripe.customers.createTaxId(String(draft.customer), { type: 'eu_vat', value: 'DE123456789' })
  const open = await world.stripe.invoices.finalizeInvoice(draft.id)
  expect(open).toMatchObject({
    total: 1000,
    amount_due: 1000,
    customer_tax_exempt: 'reverse',
    customer_name: 'Analytical GmbH',
    customer_tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
    total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }],
  })
})

test('a subscription brings its rates to every invoice, prorations included', async () => {
  const world = await startStripe()
  const { stripe } = world
  const vat = await rate(world, 19, false)
  const { customer, price } = await shop(stripe, { unit: 1000 })
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 2 }],
    default_tax_rates: [vat.id],
    expand: ['latest_invoice'],
  })
  expect(sub.default_tax_rates).toMatchObject([{ id: vat.id }])
  expect(sub.latest_invoice).toMatchObject({ subtotal: 2000, total: 2380, amount_paid: 2380 })
  const item = sub.items.data[0] as Stripe.SubscriptionItem
  const half = (item.current_period_start + item.current_period_end) / 2
  const after = await stripe.subscriptions.update(sub.id, {
    items: [{ id: item.id, quantity: 1 }],
    proration_behavior: 'always_invoice',
    proration_date: half,
    expand: ['latest_invoice'],
  })
  const invoice = after.latest_invoice as Stripe.Invoice
  expect(invoice.lines.data.map((line) => [line.amount, line.taxes?.[0]?.amount])).toEqual([
    [-1000, -190],
    [500, 95],
  ])
  expect(invoice).toMatchObject({ total: -595, status: 'paid' })
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -595 })
})

test('tax ids are checked for their form, and verified, refused or left waiting by the authority', async () => {
  const world = await startStripe()
  const { stripe, clock } = world
  const customer = await stripe.customers.create({
    name: 'Analytical GmbH',
    tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
    expand: ['tax_ids'],
  })
  expect(customer.tax_ids?.data).toMatchObject([{ country: 'DE', verification: { status: 'pending' } }])
  const add = (type: Stripe.CustomerCreateTaxIdParams['type'], value: string) =>
    stripe.customers.createTaxId(customer.id, { type, value })
  expect(await refusal(add('eu_vat', 'XX1'))).toMatchObject({ code: 'tax_id_invalid', param: 'value' })
  expect(await refusal(add('eu_vat', 'DE123456789'))).toMatchObject({ code: 'resource_already_exists' })
  const [bad, waiting, american] = [
    await add('gb_vat', '111111111'),
    await add('eu_vat', '222222222'),
    await add('us_ein', '12-3456789'),
  ]
  clock.setOffset(2 * HOUR)
  const status = async (id: string) => (await stripe.taxIds.retrieve(id)).verification?.status
  expect(await stripe.taxIds.retrieve(String(customer.tax_ids?.data[0]?.id))).toMatchObject({
    verification: { status: 'verified', verified_name: 'Analytical GmbH' },
  })
  expect([await status(bad.id), await status(waiting.id), await status(american.id)]).toEqual([
    'unverified',
    'pending',
    'unavailable',
  ])
  expect((await stripe.events.list({ type: 'customer.tax_id.updated' })).data).toHaveLength(2)
  await stripe.customers.deleteTaxId(customer.id, bad.id)
  const left = await stripe.taxIds.list({ owner: { type: 'customer', customer: customer.id } })
  expect(left.data.map(({ type }) => type)).toEqual(['us_ein', 'eu_vat', 'eu_vat'])
  expect(await refusal(stripe.taxIds.retrieve(bad.id))).toMatchObject({ statusCode: 404 })
})
