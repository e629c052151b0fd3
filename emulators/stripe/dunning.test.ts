import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, shop, startStripe } from './test-desk.ts'

/** A subscription whose renewal will be declined by a card that paid at first. */
async function failing(settings: object = {}, card = 'pm_card_chargeCustomerFail') {
  const world = await startStripe()
  const { stripe, control, clock } = world
  await control('POST', '/billing', settings)
  const { customer, price } = await shop(stripe)
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
  const item = sub.items.data[0] as Stripe.SubscriptionItem
  const days = (item.current_period_end - item.current_period_start) / 86_400
  /** `day` days after the renewal was first tried, and an hour more. */
  const go = async (day: number) => {
    clock.setOffset((days + day) * DAY + 2 * 3_600_000)
    const [invoice] = (await stripe.invoices.list({ customer: customer.id, limit: 1 })).data
    return { invoice: invoice as Stripe.Invoice, status: (await stripe.subscriptions.retrieve(sub.id)).status }
  }
  return { ...world, customer, sub, go }
}

const waits = ({ next_payment_attempt: next, status_transitions }: Stripe.Invoice) =>
  next === null ? null : Math.round((next - Number(status_transitions.finalized_at)) / 86_400)

test('retries follow the account’s schedule; then the subscription is unpaid and the invoice written off', async () => {
  const { stripe, go, sub } = await failing({ retries: [1, 4], subscription: 'unpaid', invoice: 'uncollectible' })
  const seen = []
  for (const day of [0, 1, 5]) {
    const { invoice, status } = await go(day)
    seen.push([invoice.attempt_count, waits(invoice), invoice.status, status])
  }
  expect(seen).toEqual([
    [1, 1, 'open', 'past_due'],
    [2, 5, 'open', 'past_due'],
    [3, null, 'uncollectible', 'unpaid'],
  ])
  const { invoice } = await go(5)
  expect(invoice.status_details).toEqual({ uncollectible: { reason: 'max_payment_attempts' } })
  const next = await go(32)
  expect(next).toMatchObject({ status: 'unpaid', invoice: { status: 'draft', auto_advance: false } })
  expect((await stripe.subscriptions.retrieve(sub.id)).latest_invoice).toBe(next.invoice.id)
})

test('a subscription may also be left past due', async () => {
  const { go } = await failing({ retries: [1], subscription: 'past_due' })
  expect((await go(2)).invoice).toMatchObject({ attempt_count: 2, next_payment_attempt: null, status: 'open' })
  expect((await go(9)).status).toBe('past_due')
})

test('a lost card is charged once; retries only count until there is another card', async () => {
  const { stripe, customer, go } = await failing({ retries: [1, 1, 1] }, 'pm_card_chargeCustomerFailLostCard')
  await go(0)
  const { invoice } = await go(1)
  const failed = async () =>
    (await stripe.charges.list({ customer: customer.id })).data.filter(({ paid }) => !paid).length
  expect([invoice.attempt_count, await failed()]).toEqual([2, 1])
  const fresh = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: fresh.id } })
  expect(await go(2)).toMatchObject({ status: 'active', invoice: { status: 'paid', attempt_count: 3 } })
})

test('an expired card declines until the card network renews it', async () => {
  const world = await startStripe()
  const { stripe, control, clock } = world
  const { customer } = await shop(stripe)
  const method = String(customer.invoice_settings.default_payment_method)
  const pay = () =>
    stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer: customer.id,
      payment_method: method,
      confirm: true,
    })
  clock.setOffset(5 * 366 * DAY)
  await expect(pay()).rejects.toMatchObject({ code: 'expired_card' })
  const exp_year = new Date(clock.now()).getUTCFullYear() + 3
  await control('POST', `/payment_methods/${method}/renew`, { exp_month: 3, exp_year, last4: '1881' })
  expect(await pay()).toMatchObject({ status: 'succeeded' })
  const [event] = (await stripe.events.list({ type: 'payment_method.automatically_updated' })).data
  expect(event?.data).toMatchObject({
    object: { id: method, card: { exp_month: 3, exp_year, last4: '1881' } },
    previous_attributes: { card: { last4: '4242' } },
  })
})
