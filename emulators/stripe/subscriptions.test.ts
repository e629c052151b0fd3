import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { DAY, moveTo, refusal, shop, startStripe } from './test-desk.ts'

async function seats(quantity: number) {
  const world = await startStripe()
  const { customer, product, price } = await shop(world.stripe, { unit: 1000 })
  const sub = await world.stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id, quantity }] })
  const item = sub.items.data[0] as Stripe.SubscriptionItem
  return {
    ...world,
    customer,
    product,
    price,
    sub,
    item,
    half: (item.current_period_start + item.current_period_end) / 2,
  }
}

test('more seats halfway: two pending lines to the second, the credit naming the line it gives back', async () => {
  const { stripe, sub, item, half, customer } = await seats(2)
  await stripe.subscriptions.update(sub.id, { items: [{ id: item.id, quantity: 5 }], proration_date: half })
  const pending = await stripe.invoiceItems.list({ customer: customer.id, pending: true })
  expect(pending.data.map((each) => [each.amount, each.quantity, each.proration])).toEqual([
    [2500, 5, true],
    [-1000, 2, true],
  ])
  const first = await stripe.invoices.retrieve(String(sub.latest_invoice))
  expect(pending.data[1]?.proration_details?.credited_items?.invoice_line_item_details).toEqual({
    invoice: first.id,
    invoice_line_items: [first.lines.data[0]?.id],
  })
  expect((await stripe.subscriptions.retrieve(sub.id)).items.data[0]?.quantity).toBe(5)
})

test('always_invoice collects the difference at once, on lines that say they are prorations', async () => {
  const { stripe, sub, item, half } = await seats(2)
  const after = await stripe.subscriptions.update(sub.id, {
    items: [{ id: item.id, quantity: 5 }],
    proration_behavior: 'always_invoice',
    proration_date: half,
    expand: ['latest_invoice'],
  })
  const invoice = after.latest_invoice as Stripe.Invoice
  expect(invoice).toMatchObject({
    billing_reason: 'subscription_update',
    total: 1500,
    amount_paid: 1500,
    status: 'paid',
  })
  const details = invoice.lines.data.map((line) => line.parent?.subscription_item_details)
  expect(details.map((detail) => detail?.proration)).toEqual([true, true])
  expect(details[0]?.proration_details?.credited_items?.invoice).toBe(sub.latest_invoice)
})

test('a classic subscription shows its prorations as invoice items', async () => {
  const { stripe } = await startStripe()
  const { customer, price } = await shop(stripe)
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    billing_mode: { type: 'classic' },
  })
  const items = [{ id: sub.items.data[0]?.id, quantity: 2 }]
  const after = await stripe.subscriptions.update(sub.id, {
    items,
    proration_behavior: 'always_invoice',
    expand: ['latest_invoice'],
  })
  const [line] = (after.latest_invoice as Stripe.Invoice).lines.data
  expect(line?.parent).toMatchObject({
    type: 'invoice_item_details',
    invoice_item_details: { proration: true, subscription: sub.id },
  })
})

// Four seats were never debited, so the flexible credit is for the two that were.
test('proration none changes the next invoice only, and pending prorations join it', async () => {
  const { stripe, clock, sub, item, half } = await seats(2)
  await stripe.subscriptionItems.update(item.id, { quantity: 4, proration_behavior: 'none' })
  await stripe.subscriptionItems.update(item.id, { quantity: 3, proration_date: half })
  moveTo(clock, (item.current_period_end + 7200) * 1000)
  const after = await stripe.subscriptions.retrieve(sub.id, { expand: ['latest_invoice'] })
  const invoice = after.latest_invoice as Stripe.Invoice
  expect(invoice.lines.data.map((line) => line.amount)).toEqual([-1000, 1500, 3000])
  expect(invoice).toMatchObject({ total: 3500, amount_paid: 3500 })
})

test('a new interval starts a new period and bills it at once less the unused time', async () => {
  const { stripe, sub, item, product } = await seats(1)
  const yearly = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 10_000,
    recurring: { interval: 'year' },
  })
  const after = await stripe.subscriptions.update(sub.id, {
    items: [{ id: item.id, price: yearly.id }],
    expand: ['latest_invoice'],
  })
  const invoice = after.latest_invoice as Stripe.Invoice
  expect(invoice.lines.data.map((line) => line.amount)).toEqual([-1000, 10_000])
  const period = after.items.data[0] as Stripe.SubscriptionItem
  expect((period.current_period_end - period.current_period_start) / 86_400).toBeGreaterThanOrEqual(365)
})

test('a preview says to the cent what the change then costs, and leaves nothing behind', async () => {
  const { stripe, control, sub, item, half } = await seats(2)
  const { counts } = await control<{ counts: object }>('GET', '/state')
  const details = {
    items: [{ id: item.id, quantity: 9 }],
    proration_behavior: 'always_invoice' as const,
    proration_date: half,
  }
  const preview = await stripe.invoices.createPreview({ subscription: sub.id, subscription_details: details })
  expect(preview.amount_due).toBe(3500)
  expect(await control('GET', '/state')).toMatchObject({ counts })
  const after = await stripe.subscriptions.update(sub.id, { ...details, expand: ['latest_invoice'] })
  expect((after.latest_invoice as Stripe.Invoice).total).toBe(preview.total)
})

test('cancelling now gives nothing back unless told to prorate, and then goes to the balance', async () => {
  const plain = await seats(2)
  expect(await plain.stripe.subscriptions.cancel(plain.sub.id)).toMatchObject({ status: 'canceled' })
  expect((await plain.stripe.invoices.list({ customer: plain.customer.id })).data).toHaveLength(1)

  const { stripe, clock, sub, item, customer, half } = await seats(2)
  moveTo(clock, half * 1000)
  await stripe.subscriptions.cancel(sub.id, { prorate: true, invoice_now: true })
  const balance = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer
  const exact = -Math.round(
    (2000 * (item.current_period_end - Math.floor(half))) / (item.current_period_end - item.current_period_start),
  )
  expect(Math.abs(balance.balance - exact)).toBeLessThanOrEqual(1)
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([])
  expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toHaveLength(1)
})

test('a cancellation at period end happens then, and credit on the balance pays the next invoice first', async () => {
  const { stripe, clock, sub, item, customer, price } = await seats(1)
  await stripe.subscriptions.update(sub.id, { cancel_at_period_end: true })
  moveTo(clock, (item.current_period_end + 60) * 1000)
  expect(await stripe.subscriptions.retrieve(sub.id)).toMatchObject({
    status: 'canceled',
    ended_at: item.current_period_end,
  })

  await stripe.customers.createBalanceTransaction(customer.id, { amount: -300, currency: 'usd' })
  const next = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    expand: ['latest_invoice'],
  })
  expect(next.latest_invoice).toMatchObject({
    total: 1000,
    starting_balance: -300,
    ending_balance: 0,
    amount_due: 700,
    amount_paid: 700,
  })
})

test('trials cost nothing until they end; prices have other currencies; the first payment may fail', async () => {
  const { stripe, clock } = await startStripe()
  const { customer, product } = await shop(stripe)
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 2000,
    recurring: { interval: 'month' },
    currency_options: { eur: { unit_amount: 1800 }, jpy: { unit_amount: 3000 } },
  })
  const trial = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 14,
    expand: ['latest_invoice'],
  })
  expect(trial).toMatchObject({ status: 'trialing', latest_invoice: { total: 0, status: 'paid' } })
  clock.setOffset(15 * DAY)
  const after = await stripe.subscriptions.retrieve(trial.id, { expand: ['latest_invoice'] })
  expect(after).toMatchObject({ status: 'active', latest_invoice: { total: 2000, status: 'paid' } })

  const yen = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    currency: 'jpy',
    expand: ['latest_invoice'],
  })
  expect(yen.latest_invoice).toMatchObject({ currency: 'jpy', total: 3000 })
  const charge = (await stripe.charges.list({ customer: customer.id, expand: ['data.balance_transaction'] })).data[0]
  const money = charge?.balance_transaction as Stripe.BalanceTransaction
  expect(money.currency).toBe('usd')
  expect(money.amount).toBe(Math.round(3000 * (money.exchange_rate ?? 0) * 100))

  const poor = await shop(stripe, { card: 'pm_card_chargeCustomerFail' })
  const order = { customer: poor.customer.id, items: [{ price: poor.price.id }] }
  const error = await refusal(stripe.subscriptions.create({ ...order, payment_behavior: 'error_if_incomplete' }))
  expect(error).toMatchObject({ statusCode: 402, code: 'card_declined' })
  expect((await stripe.subscriptions.list({ customer: poor.customer.id, status: 'all' })).data).toEqual([])
  const waiting = await stripe.subscriptions.create(order)
  expect(waiting.status).toBe('incomplete')
  clock.setOffset(17 * DAY)
  expect((await stripe.subscriptions.retrieve(waiting.id)).status).toBe('incomplete_expired')
})

test('an enterprise invoice is sent, becomes overdue, and is paid outside', async () => {
  const { stripe, clock } = await startStripe()
  const { customer, price } = await shop(stripe, { unit: 50_000 })
  const sub = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 10 }],
    collection_method: 'send_invoice',
    days_until_due: 14,
  })
  expect(sub.status).toBe('active')
  clock.setOffset(15 * DAY)
  expect((await stripe.subscriptions.retrieve(sub.id)).status).toBe('past_due')
  const paid = await stripe.invoices.pay(String(sub.latest_invoice), { paid_out_of_band: true })
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 500_000 })
  expect((await stripe.subscriptions.retrieve(sub.id)).status).toBe('active')
})

test('a subscription that cannot go on does not stop the time of the others', async () => {
  const { stripe, clock, store } = await startStripe()
  const [broken, sound] = [await shop(stripe), await shop(stripe)]
  const subscribe = ({ customer, price }: typeof sound) =>
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const [first, second] = [await subscribe(broken), await subscribe(sound)]
  store.remove('stripe.customer', broken.customer.id)
  clock.setOffset(32 * DAY)
  const renewed = async (id: string) => (await stripe.invoices.list({ subscription: id })).data.length
  expect([await renewed(first.id), await renewed(second.id)]).toEqual([1, 2])
})
