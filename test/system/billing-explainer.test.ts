import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'
import { readExplanation, readInvoiceExplanation } from '../../server/modules/billing/views/explanation.ts'

let desk: BillingDesk
beforeAll(async () => {
  desk = await startBillingDesk()
})
afterAll(() => desk.stop())

/** Somebody new with a card, and a monthly price. */
async function customer(unit = 3000, balance = 0) {
  const { stripe } = desk
  const made = await stripe.customers.create({
    email: 'ada@example.com',
    balance,
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const product = await stripe.products.create({ name: 'Team' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: unit,
    recurring: { interval: 'month' },
  })
  return { id: made.id, price: price.id, product: product.id }
}

/** An invoice of one item, as a draft. */
async function drafted(
  customerId: string,
  amount: number,
  over: { collection_method?: 'send_invoice'; days_until_due?: number } = {},
) {
  const invoice = await desk.stripe.invoices.create({ customer: customerId, auto_advance: false, ...over })
  await desk.stripe.invoiceItems.create({
    customer: customerId,
    invoice: invoice.id,
    amount,
    currency: 'usd',
    description: 'Setup',
  })
  return invoice.id
}

/** What the desk says of every invoice and charge of a customer: sentence by id; a refusal shows as it is. */
async function toldOf(customerId: string): Promise<string[]> {
  await desk.settle()
  const told: string[] = []
  for (const invoice of (await desk.stripe.invoices.list({ customer: customerId })).data) {
    if (invoice.status === 'draft') continue
    const one = await readInvoiceExplanation(desk.desk(), invoice.id)
    const sum = one.lines.reduce((all, line) => (line.kind === 'part' ? all + line.money.amount : all), 0)
    told.push(`${one.closes && sum === invoice.amount_due ? 'closes' : 'REFUSED'} ${one.sentence}`)
  }
  for (const charge of (await desk.stripe.charges.list({ customer: customerId })).data) {
    if (charge.status !== 'succeeded') continue
    const one = await readExplanation(desk.desk(), charge.id)
    const sum = one.lines.reduce((all, line) => (line.kind === 'part' ? all + line.money.amount : all), 0)
    told.push(`${one.closes && sum === charge.amount_captured ? 'closes' : 'REFUSED'} ${one.sentence}`)
  }
  return told
}

const closing = (count: number) => Array.from({ length: count }, () => expect.stringMatching(/^closes /))

test('a coupon and a promotion code', async () => {
  const { id, price } = await customer()
  const coupon = await desk.stripe.coupons.create({ percent_off: 15, duration: 'forever', name: 'Fifteen' })
  const promotion = await desk.stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: 'HELLO15',
  })
  await desk.stripe.subscriptions.create({
    customer: id,
    items: [{ price, quantity: 3 }],
    discounts: [{ promotion_code: promotion.id }],
  })
  expect(await toldOf(id)).toEqual(closing(2))
  const [invoice] = (await desk.stripe.invoices.list({ customer: id })).data
  const told = await readInvoiceExplanation(desk.desk(), invoice?.id ?? '')
  expect(told.lines.find(({ code }) => code === 'discount')?.sentence).toBe(
    '15 % of 90.00 USD = 13.50 USD off by the promotion code HELLO15.',
  )
})

test('more seats in the middle of a period, then fewer', async () => {
  const { id, price } = await customer()
  const sub = await desk.stripe.subscriptions.create({ customer: id, items: [{ price, quantity: 2 }] })
  const item = sub.items.data[0]?.id ?? ''
  await desk.advance({ hours: 24 * 10 })
  await desk.stripe.subscriptions.update(sub.id, {
    items: [{ id: item, quantity: 7 }],
    proration_behavior: 'always_invoice',
  })
  await desk.advance({ hours: 31 })
  await desk.stripe.subscriptions.update(sub.id, {
    items: [{ id: item, quantity: 1 }],
    proration_behavior: 'always_invoice',
  })
  expect(await toldOf(id)).toEqual(closing(5))
})

test('a trial', async () => {
  const { id, price } = await customer()
  await desk.stripe.subscriptions.create({ customer: id, items: [{ price }], trial_period_days: 14 })
  expect(await toldOf(id)).toEqual([expect.stringMatching(/^closes = 0\.00 USD, nothing to pay/)])
})

test('credit on the account, a debt, and what is too small to charge', async () => {
  for (const balance of [-1000, 700]) {
    const { id, price } = await customer(3000, balance)
    await desk.stripe.subscriptions.create({ customer: id, items: [{ price }] })
    expect(await toldOf(id)).toEqual(closing(2))
  }
  const { id } = await customer()
  const small = await drafted(id, 20)
  await desk.stripe.invoices.finalizeInvoice(small)
  expect(await toldOf(id)).toEqual([
    expect.stringMatching(/^closes = 0\.00 USD, nothing to pay now; the next invoice asks for it/),
  ])
})

test('net terms, paid by hand, voided and given up', async () => {
  const { id } = await customer()
  const [terms, byHand, voided, lost] = [
    await drafted(id, 2500, { collection_method: 'send_invoice', days_until_due: 30 }),
    await drafted(id, 2600, { collection_method: 'send_invoice', days_until_due: 30 }),
    await drafted(id, 2700),
    await drafted(id, 2800),
  ]
  for (const invoice of [terms, byHand, voided, lost]) await desk.stripe.invoices.finalizeInvoice(invoice)
  await desk.stripe.invoices.pay(byHand, { paid_out_of_band: true })
  await desk.stripe.invoices.voidInvoice(voided)
  await desk.stripe.invoices.markUncollectible(lost)
  const told = (await toldOf(id)).toSorted()
  expect(told).toEqual([
    expect.stringMatching(/^closes = 25\.00 USD, to be paid by/),
    expect.stringMatching(/^closes = 26\.00 USD, paid on .*, outside Stripe$/),
    expect.stringMatching(/^closes = 27\.00 USD, voided/),
    expect.stringMatching(/^closes = 28\.00 USD, given up/),
  ])
})

test('credit notes before and after payment, with money back', async () => {
  const { id, price } = await customer()
  const open = await drafted(id, 5000)
  await desk.stripe.invoices.finalizeInvoice(open)
  await desk.stripe.creditNotes.create({ invoice: open, amount: 1200 })
  await desk.stripe.subscriptions.create({ customer: id, items: [{ price }] })
  const paid = (await desk.stripe.invoices.list({ customer: id, status: 'paid' })).data[0]
  await desk.stripe.creditNotes.create({ invoice: paid?.id ?? '', amount: 900, refund_amount: 500, credit_amount: 400 })
  expect(await toldOf(id)).toEqual(closing(3))
})

test('a charge in another currency, and a bare refund', async () => {
  const { id } = await customer()
  const intent = await desk.stripe.paymentIntents.create({
    customer: id,
    amount: 6000,
    currency: 'eur',
    payment_method: 'pm_card_visa',
    confirm: true,
  })
  await desk.stripe.refunds.create({ payment_intent: intent.id, amount: 2500 })
  expect(await toldOf(id)).toEqual(closing(1))
})
