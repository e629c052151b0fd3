import { expect, test } from 'vitest'
import { DAY, moveTo, refusal, shop, startStripe } from './test-desk.ts'

test('a customer subscribes, is charged, renews, and every object leads to the next', async () => {
  const { stripe, clock } = await startStripe()
  const { customer, price } = await shop(stripe)
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 3 }],
    expand: ['latest_invoice.payments'],
  })
  expect(sub.status).toBe('active')
  const invoice = sub.latest_invoice
  if (typeof invoice !== 'object' || invoice === null) throw new Error('not expanded')
  expect(invoice).toMatchObject({
    status: 'paid',
    amount_due: 6000,
    amount_paid: 6000,
    billing_reason: 'subscription_create',
  })
  const intent = invoice.payments?.data[0]?.payment.payment_intent
  const [payment] = (
    await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: String(intent) } })
  ).data
  expect(payment).toMatchObject({ invoice: invoice.id, status: 'paid', amount_paid: 6000 })
  const charge = (await stripe.charges.list({ customer: customer.id })).data[0]
  expect(charge).toMatchObject({ amount: 6000, payment_intent: intent, paid: true })
  const money = await stripe.balanceTransactions.retrieve(String(charge?.balance_transaction))
  expect(money).toMatchObject({ amount: 6000, fee: 204, net: 5796, currency: 'usd' })

  clock.setOffset(32 * DAY)
  const invoices = await stripe.invoices.list({ subscription: sub.id })
  expect(invoices.data.map((each) => [each.billing_reason, each.status])).toEqual([
    ['subscription_cycle', 'paid'],
    ['subscription_create', 'paid'],
  ])
  const item = (await stripe.subscriptionItems.list({ subscription: sub.id })).data[0]
  expect(item?.current_period_start).toBe(sub.items.data[0]?.current_period_end)
})

test('a failing card makes a renewal past due, is retried, and ends the subscription', async () => {
  const { stripe, clock } = await startStripe()
  const { customer, price } = await shop(stripe)
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } })
  const end = sub.items.data[0]?.current_period_end ?? 0
  moveTo(clock, end * 1000 + 2 * 3_600_000)
  const late = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
  expect(late).toMatchObject({
    status: 'past_due',
    latest_invoice: { status: 'open', attempt_count: 1, amount_remaining: 2000 },
  })
  moveTo(clock, end * 1000 + 20 * DAY)
  const ended = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
  expect(ended).toMatchObject({
    status: 'canceled',
    cancellation_details: { reason: 'payment_failed' },
    latest_invoice: { attempt_count: 4 },
  })
  const types = (await stripe.events.list({ limit: 100 })).data.map((event) => event.type)
  expect(types.filter((type) => type === 'invoice.payment_failed')).toHaveLength(4)
  expect(types[0]).toBe('customer.subscription.deleted')
})

test('a past-due renewal paid by hand revives the subscription', async () => {
  const { stripe, clock } = await startStripe()
  const { customer, price } = await shop(stripe)
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } })
  clock.setOffset(32 * DAY)
  const late = await stripe.subscriptions.retrieve(sub.id)
  await stripe.invoices.pay(String(late.latest_invoice), { payment_method: 'pm_card_mastercard' })
  expect((await stripe.subscriptions.retrieve(sub.id)).status).toBe('active')
})

test('declines name their reason and leave the failed charge behind', async () => {
  const { stripe } = await startStripe()
  const cases: [string, string, string][] = [
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_visa_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ]
  for (const [card, code, decline] of cases) {
    const error = await refusal(
      stripe.paymentIntents.create({ amount: 1000, currency: 'usd', payment_method: card, confirm: true }),
    )
    expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, decline_code: decline })
  }
  const failed = await stripe.charges.list()
  expect(failed.data.map((charge) => charge.status)).toEqual(['failed', 'failed', 'failed'])
  const customer = await stripe.customers.create()
  const attaching = await refusal(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: customer.id }))
  expect(attaching.code).toBe('card_declined')
})

test('an authorised payment is captured in part, another is cancelled', async () => {
  const { stripe } = await startStripe()
  const held = await stripe.paymentIntents.create({
    amount: 5000,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
    capture_method: 'manual',
  })
  expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 5000 })
  const done = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 3000 }, {})
  expect(done).toMatchObject({ status: 'succeeded', amount_received: 3000 })
  const other = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd' })
  expect(await stripe.paymentIntents.cancel(other.id, { cancellation_reason: 'duplicate' })).toMatchObject({
    status: 'canceled',
  })
  expect((await refusal(stripe.paymentIntents.confirm(other.id))).code).toBe('payment_intent_unexpected_state')
  expect(await refusal(stripe.paymentIntents.create({ amount: 49, currency: 'usd' }))).toMatchObject({
    code: 'amount_too_small',
    statusCode: 400,
  })
})

test('a customer is kept, found by address, merged in metadata, and leaves a tombstone', async () => {
  const { stripe } = await startStripe()
  const made = await stripe.customers.create({
    email: 'a@example.com',
    metadata: { a: '1', b: '2' },
    address: { city: 'Bonn' },
  })
  expect(made.address).toMatchObject({ city: 'Bonn', line1: null })
  const after = await stripe.customers.update(made.id, { metadata: { a: '', c: '3' }, email: '' })
  expect(after).toMatchObject({ metadata: { b: '2', c: '3' }, email: null })
  expect((await stripe.customers.list({ email: 'a@example.com' })).data).toEqual([])
  const update = (await stripe.events.list({ type: 'customer.updated' })).data[0]
  expect(update?.data.previous_attributes).toMatchObject({ email: 'a@example.com', metadata: { a: '1', c: null } })
  await stripe.customers.del(made.id)
  expect(await stripe.customers.retrieve(made.id)).toMatchObject({ id: made.id, deleted: true })
  expect(await refusal(stripe.customers.update(made.id, { name: 'x' }))).toMatchObject({ code: 'resource_missing' })
})
