import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { refusal, shop, startStripe } from './test-desk.ts'

const ISK =
  'Invalid amount. Currency ISK has become effectively zero-decimal and charged amounts must be evenly divisible by 100.'

test.each([
  ['kwd', 5120, 5124, 'must be evenly divisible by 10.'],
  ['bhd', 10_000, 10_001, 'must be evenly divisible by 10.'],
  ['isk', 500, 550, ISK],
  ['ugx', 500_000, 500_001, 'Currency UGX has become effectively zero-decimal'],
] as const)('%s: %i is charged, %i is refused everywhere', async (currency, even, uneven, words) => {
  const { stripe } = await startStripe()
  const { customer } = await shop(stripe)
  const order = { currency, customer: customer.id, payment_method: 'pm_card_visa', confirm: true }
  const paid = await stripe.paymentIntents.create({ ...order, amount: even * 10 })
  expect(paid).toMatchObject({ status: 'succeeded', amount: even * 10 })
  const held = await stripe.paymentIntents.create({ ...order, amount: even * 10, capture_method: 'manual' })
  const open = await stripe.paymentIntents.create({ amount: even * 10, currency })
  const charge = String(paid.latest_charge)
  const refused: [Promise<unknown>, string][] = [
    [stripe.paymentIntents.create({ ...order, amount: uneven }), 'amount'],
    [stripe.paymentIntents.update(open.id, { amount: uneven }), 'amount'],
    [stripe.paymentIntents.capture(held.id, { amount_to_capture: uneven }), 'amount_to_capture'],
    [stripe.refunds.create({ charge, amount: uneven }), 'amount'],
    [stripe.invoiceItems.create({ customer: customer.id, currency, amount: uneven }), 'amount'],
    [stripe.customers.createBalanceTransaction(customer.id, { currency, amount: -uneven }), 'amount'],
  ]
  for (const [work, param] of refused) {
    const error = await refusal(work)
    expect(error).toMatchObject({ statusCode: 400, param })
    expect(error.message).toContain(words)
    if (!words.includes('by 10.')) expect(error.code).toBe('invalid_charge_amount_no_decimal_compatible')
  }
  expect((await stripe.refunds.create({ charge, amount: even })).amount).toBe(even)
})

test('an intent in another currency must fit that one', async () => {
  const { stripe } = await startStripe()
  const open = await stripe.paymentIntents.create({ amount: 1234, currency: 'usd' })
  expect((await refusal(stripe.paymentIntents.update(open.id, { currency: 'kwd' }))).param).toBe('amount')
  expect((await stripe.paymentIntents.update(open.id, { currency: 'jpy' })).currency).toBe('jpy')
})

test.each([
  ['kwd', 10_330, 10],
  ['isk', 99_900, 100],
  ['jpy', 1033, 1],
] as const)('%s: what is computed on an invoice is rounded to what can be charged', async (currency, unit, step) => {
  const { stripe } = await startStripe()
  const { customer, price, product } = await shop(stripe, { currency, unit })
  const coupon = await stripe.coupons.create({ percent_off: 33.3 })
  const rate = await stripe.taxRates.create({ display_name: 'VAT', percentage: 7.7, inclusive: false })
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    discounts: [{ coupon: coupon.id }],
    default_tax_rates: [rate.id],
    expand: ['latest_invoice'],
  })
  const dear = await stripe.prices.create({
    product: product.id,
    currency,
    unit_amount: unit * 3,
    recurring: { interval: 'month' },
  })
  const { items } = sub
  const item = items.data[0] as Stripe.SubscriptionItem
  const changed = await stripe.subscriptions.update(sub.id, {
    items: [{ id: item.id, price: dear.id }],
    proration_behavior: 'always_invoice',
    proration_date: item.current_period_start + 777_777,
    expand: ['latest_invoice'],
  })
  for (const { latest_invoice } of [sub, changed]) {
    const { status, total, lines } = latest_invoice as Stripe.Invoice
    const parts = lines.data.flatMap(({ amount, discount_amounts, taxes }) => [
      amount,
      ...(discount_amounts ?? []).map((part) => part.amount),
      ...(taxes ?? []).map((part) => part.amount),
    ])
    expect(parts.length).toBeGreaterThan(2)
    expect([total, ...parts].filter((amount) => amount % step !== 0)).toEqual([])
    expect(status).toBe('paid')
  }
})

test('a credit note cannot leave an invoice with what cannot be charged', async () => {
  const { stripe } = await startStripe()
  const { customer, price } = await shop(stripe, { currency: 'kwd', unit: 10_000 })
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const note = { invoice: String(sub.latest_invoice), credit_amount: 1005, amount: 1005 }
  expect((await refusal(stripe.creditNotes.create(note))).message).toContain('must be evenly divisible by 10')
  expect((await stripe.creditNotes.create({ ...note, credit_amount: 1010, amount: 1010 })).total).toBe(1010)
})
