import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, refusal, shop, startStripe } from './test-desk.ts'

const paying = (stripe: Stripe, more: Partial<Stripe.PaymentIntentCreateParams>) =>
  stripe.paymentIntents.create({ amount: 1000, currency: 'usd', confirm: true, ...more })

test('a payment waits for its cardholder, who approves, refuses, or approves a card without money', async () => {
  const { stripe, control } = await startStripe()
  const return_url = 'https://shop.example/back'
  const [good, bad, poor] = await Promise.all(
    ['threeDSecure2Required', 'authenticationRequired', 'authenticationRequiredChargeDeclinedInsufficientFunds'].map(
      (name) => paying(stripe, { payment_method: `pm_card_${name}`, return_url }),
    ),
  )
  expect(good).toMatchObject({
    status: 'requires_action',
    latest_charge: null,
    next_action: { type: 'redirect_to_url', redirect_to_url: { return_url } },
  })
  await control('POST', `/payment_intents/${good?.id}/authenticate`)
  expect(await stripe.paymentIntents.retrieve(String(good?.id))).toMatchObject({
    status: 'succeeded',
    next_action: null,
  })
  await control('POST', `/payment_intents/${bad?.id}/authenticate`, { outcome: 'failed' })
  const refused = await stripe.paymentIntents.retrieve(String(bad?.id))
  expect(refused).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'payment_intent_authentication_failure' },
  })
  await control('POST', `/payment_intents/${poor?.id}/authenticate`)
  expect(await stripe.paymentIntents.retrieve(String(poor?.id))).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { decline_code: 'insufficient_funds' },
  })
  expect((await stripe.events.list({ type: 'payment_intent.requires_action' })).data).toHaveLength(3)
  const again = control('POST', `/payment_intents/${good?.id}/authenticate`)
  await expect(again).rejects.toThrow(/does not wait/)
})

test('with the customer away an asking card is declined, unless it was set up for that', async () => {
  const { stripe, control } = await startStripe()
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  const away = (payment_method: string) => paying(stripe, { customer: customer.id, payment_method, off_session: true })
  const asking = await stripe.paymentMethods.attach('pm_card_authenticationRequiredOnSetup', { customer: customer.id })
  expect(await refusal(away(asking.id))).toMatchObject({ statusCode: 402, code: 'authentication_required' })
  const setup = await stripe.setupIntents.create({ customer: customer.id, payment_method: asking.id, confirm: true })
  expect(setup).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } })
  await control('POST', `/setup_intents/${setup.id}/authenticate`)
  expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({ status: 'succeeded', next_action: null })
  expect(await away(asking.id)).toMatchObject({ status: 'succeeded' })
  const early = stripe.paymentIntents.create({ amount: 1000, currency: 'usd', off_session: true })
  expect(await refusal(early)).toMatchObject({ param: 'off_session' })
})

test('a setup intent keeps a card for its customer, declines, or is cancelled', async () => {
  const { stripe, control } = await startStripe()
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  const kept = await stripe.setupIntents.create({ customer: customer.id })
  expect(kept).toMatchObject({ status: 'requires_payment_method', usage: 'off_session' })
  expect(await refusal(stripe.setupIntents.confirm(kept.id))).toMatchObject({ code: 'setup_intent_unexpected_state' })
  const done = await stripe.setupIntents.confirm(kept.id, { payment_method: 'pm_card_visa' })
  expect(done.status).toBe('succeeded')
  expect(await stripe.paymentMethods.retrieve(String(done.payment_method))).toMatchObject({ customer: customer.id })
  const poor = stripe.setupIntents.create({
    customer: customer.id,
    payment_method: 'pm_card_chargeDeclined',
    confirm: true,
  })
  expect(await refusal(poor)).toMatchObject({ statusCode: 402, code: 'card_declined' })
  const refused = await stripe.setupIntents.create({ payment_method: 'pm_card_threeDSecureRequired', confirm: true })
  await control('POST', `/setup_intents/${refused.id}/authenticate`, { outcome: 'failed' })
  const left = await stripe.setupIntents.retrieve(refused.id)
  expect(left).toMatchObject({
    last_setup_error: { code: 'setup_intent_authentication_failure' },
    payment_method: null,
  })
  expect(await stripe.setupIntents.cancel(refused.id)).toMatchObject({ status: 'canceled' })
  expect(await refusal(stripe.setupIntents.cancel(done.id))).toMatchObject({ code: 'setup_intent_unexpected_state' })
  const types = (await stripe.events.list({ type: 'setup_intent.*' })).data.map(({ type }) => type)
  expect(types.filter((type) => type !== 'setup_intent.created').toReversed()).toEqual([
    'setup_intent.succeeded',
    'setup_intent.setup_failed',
    'setup_intent.requires_action',
    'setup_intent.setup_failed',
    'setup_intent.canceled',
  ])
})

test('a subscription whose first payment asks the cardholder starts once that is done', async () => {
  const { stripe, control } = await startStripe()
  const { customer, price } = await shop(stripe, { card: 'pm_card_authenticationRequired' })
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    expand: ['latest_invoice.payments'],
  })
  const invoice = sub.latest_invoice as Stripe.Invoice
  expect([sub.status, invoice.status]).toEqual(['incomplete', 'open'])
  expect((await stripe.events.list({ type: 'invoice.payment_action_required' })).data).toHaveLength(1)
  expect(await refusal(stripe.invoices.pay(invoice.id))).toMatchObject({
    statusCode: 402,
    code: 'invoice_payment_intent_requires_action',
  })
  const intent = String(invoice.payments?.data[0]?.payment.payment_intent)
  expect((await refusal(stripe.paymentIntents.cancel(intent))).message).toMatch(/default payment/)
  await control('POST', `/payment_intents/${intent}/authenticate`)
  expect(await stripe.subscriptions.retrieve(sub.id)).toMatchObject({ status: 'active' })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', amount_paid: 2000 })
})

test('what is not captured within a week lapses', async () => {
  const { stripe, clock } = await startStripe()
  const held = () => paying(stripe, { payment_method: 'pm_card_visa', capture_method: 'manual' })
  const [taken, lapsed] = [await held(), await held()]
  await stripe.paymentIntents.capture(taken.id, { amount_to_capture: 600 })
  clock.setOffset(8 * DAY)
  expect(await stripe.paymentIntents.retrieve(taken.id)).toMatchObject({ status: 'succeeded', amount_received: 600 })
  expect(await stripe.paymentIntents.retrieve(lapsed.id)).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'automatic',
    amount_capturable: 0,
  })
  expect((await stripe.events.list({ type: 'charge.expired' })).data).toHaveLength(1)
  expect((await stripe.balanceTransactions.list()).data.map(({ amount }) => amount)).toEqual([600])
})
