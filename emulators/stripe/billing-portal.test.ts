import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { moveTo, refusal, shop, startStripe } from './test-desk.ts'

const MINUTE = 60_000

async function portal(config?: Stripe.BillingPortal.ConfigurationCreateParams.Features) {
  const world = await startStripe()
  const { stripe, clock } = world
  const goods = await shop(stripe, { unit: 3000 })
  const customer = goods.customer.id
  const sub = await stripe.subscriptions.create({ customer, items: [{ price: goods.price.id, quantity: 2 }] })
  const made = config && (await stripe.billingPortal.configurations.create({ features: config }))
  const configuration = made ? { configuration: made.id } : {}
  const start = (more: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) =>
    stripe.billingPortal.sessions.create({
      customer,
      return_url: 'https://shop.test/account',
      ...configuration,
      ...more,
    })
  const read = async (url: string) => {
    const answer = await fetch(url)
    return { status: answer.status, text: await answer.text(), referrer: answer.headers.get('referrer-policy') }
  }
  const act = async (url: string, action: string, fields: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/${action}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    })
    return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() }
  }
  const later = (ms: number) => moveTo(clock, clock.now() + ms)
  const again = () => stripe.subscriptions.retrieve(sub.id)
  const types = async () => (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type)
  return { ...world, ...goods, sub, made, start, read, act, later, again, types }
}

test('a link leads a customer to a page that shows what is theirs', async () => {
  const { start, read, stripe, customer, types } = await portal()
  const other = await stripe.customers.create({ name: 'Somebody else' })
  const session = await start()
  expect(session).toMatchObject({ object: 'billing_portal.session', customer: customer.id, flow: null })
  expect(session.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/stripe\/portal\/session\/\w{32}$/)
  const { status, text, referrer } = await read(session.url)
  expect(status).toBe(200)
  // With `no-referrer` a browser's forms have the origin `null`, which the emulators take for another site.
  expect(referrer).toBe('same-origin')
  for (const words of [
    '2 × Pro, $30.00 every month',
    'visa ending in 4242',
    '$60.00',
    'https://shop.test/account',
    'Ada',
  ])
    expect(text).toContain(words)
  expect(text).not.toContain(other.name)
  expect((await stripe.billingPortal.configurations.list({ is_default: true })).data).toHaveLength(1)
  expect(await types()).toEqual(
    expect.arrayContaining(['billing_portal.session.created', 'billing_portal.configuration.created']),
  )
})

test('a customer cancels at the end of the period, and thinks again', async () => {
  const { start, read, act, again, sub, types } = await portal({
    subscription_cancel: {
      enabled: true,
      cancellation_reason: { enabled: true, options: ['too_expensive', 'other'] },
    },
  })
  const { url } = await start()
  expect((await read(url)).text).toContain('It is too expensive')
  const done = await act(url, 'cancel', { subscription: sub.id, feedback: 'too_expensive' })
  expect(done.status).toBe(303)
  expect((await read(new URL(String(done.to), url).href)).text).toContain('Your subscription has been cancelled.')
  expect(await again()).toMatchObject({
    status: 'active',
    cancel_at_period_end: true,
    cancel_at: sub.items.data[0]?.current_period_end,
    cancellation_details: { feedback: 'too_expensive', reason: 'cancellation_requested' },
  })
  expect((await types())[0]).toBe('customer.subscription.updated')
  await act(url, 'keep', { subscription: sub.id })
  expect(await again()).toMatchObject({ cancel_at_period_end: false, cancel_at: null })
})

test('where the configuration says so a cancellation is immediate, with what is left given back', async () => {
  const { start, act, again, sub, clock, stripe, customer } = await portal({
    subscription_cancel: { enabled: true, mode: 'immediately', proration_behavior: 'always_invoice' },
  })
  const { current_period_start: from, current_period_end: until } = sub.items.data[0] as Stripe.SubscriptionItem
  moveTo(clock, ((from + until) / 2) * 1000)
  await act((await start()).url, 'cancel', { subscription: sub.id })
  expect((await again()).status).toBe('canceled')
  expect(((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).balance).toBe(-3000)
})

test('a customer pays with another card and corrects their details', async () => {
  const { start, act, read, stripe, customer, later, again } = await portal()
  const { url } = await start()
  expect((await act(url, 'payment-method', { method: 'pm_card_mastercard' })).status).toBe(303)
  expect((await read(url)).text).toContain('Invoices are paid with mastercard ending in 4444.')
  await act(url, 'details', { name: 'Ada <b>Lovelace</b>', phone: '', balance: '-9999' })
  const after = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer
  expect(after).toMatchObject({ name: 'Ada <b>Lovelace</b>', phone: null, balance: 0, email: 'ada@example.com' })
  expect((await read(url)).text).toContain('Ada &lt;b&gt;Lovelace&lt;/b&gt;')
  later(32 * 24 * 60 * MINUTE)
  expect((await again()).status).toBe('active')
  const [newest] = (await stripe.charges.list({ customer: customer.id })).data
  expect(newest?.payment_method_details?.card?.last4).toBe('4444')
})

test('what the configuration has off is neither shown nor done, nor is what belongs to others', async () => {
  const { start, act, read, again, sub, stripe, price } = await portal({ invoice_history: { enabled: true } })
  const { url } = await start()
  const { text } = await read(url)
  for (const words of ['Cancel', 'Payment method', 'Your details']) expect(text).not.toContain(words)
  for (const action of ['cancel', 'payment-method', 'details', 'toString']) {
    const refused = await act(url, action, { subscription: sub.id, method: 'pm_card_visa', name: 'Eve' })
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('role="alert"')])
  }
  expect(await again()).toMatchObject({ cancel_at_period_end: false, default_payment_method: null })
  const other = await stripe.customers.create({ payment_method: 'pm_card_visa' })
  const theirs = await stripe.subscriptions.create({
    customer: other.id,
    items: [{ price: price.id }],
    collection_method: 'send_invoice',
    days_until_due: 30,
  })
  const { url: own } = await start({ configuration: undefined })
  expect((await act(own, 'cancel', { subscription: theirs.id })).status).toBe(400)
  expect((await stripe.subscriptions.retrieve(theirs.id)).cancel_at_period_end).toBe(false)
})

test('a link nobody opens is good for five minutes, an open one for an hour after its last use', async () => {
  const { start, read, act, later, again, sub } = await portal()
  const unopened = await start()
  const { url } = await start()
  expect((await read(url)).status).toBe(200)
  later(6 * MINUTE)
  expect(await read(unopened.url)).toMatchObject({
    status: 410,
    text: expect.stringContaining('has expired') as string,
  })
  later(50 * MINUTE)
  expect((await read(url)).status).toBe(200)
  later(59 * MINUTE)
  expect((await read(url)).status).toBe(200)
  later(61 * MINUTE)
  expect((await act(url, 'cancel', { subscription: sub.id })).status).toBe(410)
  expect((await again()).cancel_at_period_end).toBe(false)
  expect((await read(url.slice(0, -1))).status).toBe(410)
})

test('a flow shows its one task and then leads where it was told to', async () => {
  const { start, read, act, sub } = await portal()
  const cancel = { type: 'subscription_cancel' as const, subscription_cancel: { subscription: sub.id } }
  const card = { type: 'payment_method_update' as const }
  const back = { type: 'redirect' as const, redirect: { return_url: 'https://shop.test/thanks' } }
  const paying = await start({ flow_data: { ...card, after_completion: back } })
  expect(paying.flow).toMatchObject({ type: 'payment_method_update', after_completion: { type: 'redirect' } })
  const { text } = await read(paying.url)
  expect(text).toContain('Payment method')
  expect(text).not.toContain('Cancel at the end')
  expect((await read(`${paying.url}?all=1`)).text).toContain('Cancel at the end')
  expect((await act(paying.url, 'payment-method', { method: 'pm_card_chargeDeclined' })).text).toContain('declined')
  expect((await act(paying.url, 'payment-method', { method: 'pm_card_visa' })).to).toBe('https://shop.test/thanks')
  const home = await start({ flow_data: card })
  const { to } = await act(home.url, 'payment-method', { method: 'pm_card_visa' })
  expect((await read(new URL(String(to), home.url).href)).text).toContain('Cancel at the end')
  const after_completion = {
    type: 'hosted_confirmation' as const,
    hosted_confirmation: { custom_message: 'Take care!' },
  }
  const ending = await start({ flow_data: { ...cancel, after_completion } })
  expect((await read(ending.url)).text).not.toContain('Payment method')
  const done = await act(ending.url, 'cancel', { subscription: sub.id })
  expect((await read(new URL(String(done.to), ending.url).href)).text).toContain('Take care!')
  expect(await refusal(start({ flow_data: cancel }))).toMatchObject({
    param: 'flow_data[subscription_cancel][subscription]',
  })
})

test('configurations are kept, changed and checked', async () => {
  const { stripe, start, types, price } = await portal()
  const other = await stripe.products.create({ name: 'Other' })
  const { configurations } = stripe.billingPortal
  const made = await configurations.create({
    name: 'Small',
    business_profile: { headline: 'Acme, your way' },
    default_return_url: 'https://shop.test',
    features: { customer_update: { enabled: true, allowed_updates: ['email'] } },
  })
  expect(made).toMatchObject({ active: true, is_default: false, features: { invoice_history: { enabled: false } } })
  const changed = await configurations.update(made.id, {
    active: false,
    features: { subscription_cancel: { enabled: true, mode: 'immediately' } },
  })
  expect(changed.features).toMatchObject({
    customer_update: { enabled: true, allowed_updates: ['email'] },
    subscription_cancel: { enabled: true, mode: 'immediately', proration_behavior: 'none' },
  })
  expect((await types())[0]).toBe('billing_portal.configuration.updated')
  expect((await configurations.list({ active: false })).data.map(({ id }) => id)).toEqual([made.id])
  const products = { enabled: true, default_allowed_updates: ['price' as const] }
  const cases: [Promise<unknown>, object][] = [
    [start({ configuration: made.id }), { param: 'configuration' }],
    [start({ configuration: 'bpc_nope' }), { code: 'resource_missing', param: 'configuration' }],
    [start({ customer: 'cus_nope' }), { code: 'resource_missing', param: 'customer' }],
    [configurations.create({ features: { customer_update: { enabled: true } } }), { statusCode: 400 }],
    [configurations.create({ features: { subscription_update: products } }), { statusCode: 400 }],
    [configurations.create({ features: { subscription_update: { ...products, products: [] } } }), { statusCode: 400 }],
    [
      configurations.create({
        features: { subscription_update: { ...products, products: [{ product: other.id, prices: [price.id] }] } },
      }),
      { param: 'features[subscription_update][products][0][prices]' },
    ],
    [start({ flow_data: { type: 'customer_update' } }), { param: 'flow_data[type]' }],
    [
      start({ flow_data: { type: 'payment_method_update', after_completion: { type: 'redirect' } } }),
      { statusCode: 400 },
    ],
  ]
  for (const [work, expected] of cases) expect(await refusal(work)).toMatchObject(expected)
})

/** A portal that offers a monthly Pro at 30 USD and one at 10 USD, with the quantity. */
async function plans(more: object) {
  const world = await portal()
  const { stripe, product, price, start, sub } = world
  const cheap = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 1000,
    recurring: { interval: 'month' },
  })
  const features = {
    subscription_update: {
      enabled: true,
      default_allowed_updates: ['price' as const, 'quantity' as const],
      products: [{ product: product.id, prices: [price.id, cheap.id] }],
      ...more,
    },
  }
  const { id } = await stripe.billingPortal.configurations.create({ features })
  const { url } = await start({ configuration: id })
  return { ...world, cheap, url, configuration: id, subscription: sub.id }
}

test('a customer takes more seats, charged at once where the configuration says so', async () => {
  const { url, act, read, again, sub, subscription, clock, stripe, customer, price } = await plans({
    proration_behavior: 'always_invoice',
  })
  expect((await read(url)).text).toContain('Pro, $10.00 every month')
  const { current_period_start: from, current_period_end: until } = sub.items.data[0] as Stripe.SubscriptionItem
  moveTo(clock, (from + 60) * 1000)
  await read(url)
  for (const [name, value] of [
    ['quantity', '0'],
    ['quantity', '2.5'],
    ['price', 'price_nope'],
  ] as const)
    expect((await act(url, 'plan', { subscription, [name]: value })).status).toBe(400)
  expect((await act(url, 'plan', { subscription, price: price.id, quantity: '5' })).status).toBe(303)
  expect((await again()).items.data[0]).toMatchObject({ quantity: 5, price: { id: price.id } })
  const [newest] = (await stripe.charges.list({ customer: customer.id })).data
  const share = (until - from - 60) / (until - from)
  expect(Math.abs((newest?.amount ?? 0) - 9000 * share)).toBeLessThanOrEqual(2)
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } })
  const declined = await act(url, 'plan', { subscription, quantity: '9' })
  expect([declined.status, declined.text]).toEqual([400, expect.stringContaining('declined')])
  expect((await again()).items.data[0]?.quantity).toBe(5)
})

test('a cheaper plan waits for the end of the period where the configuration says so', async () => {
  const { url, act, read, again, subscription, sub, clock, cheap, stripe, customer } = await plans({
    schedule_at_period_end: { conditions: [{ type: 'decreasing_item_amount' }] },
  })
  await act(url, 'plan', { subscription, price: cheap.id, quantity: '2' })
  const waiting = await again()
  expect(waiting.items.data[0]?.price.id).toBe(sub.items.data[0]?.price.id)
  const schedule = await stripe.subscriptionSchedules.retrieve(String(waiting.schedule))
  expect(schedule.phases.map(({ items }) => items[0]?.price)).toEqual([sub.items.data[0]?.price.id, cheap.id])
  expect((await read(url)).text).toContain('planned already')
  expect((await act(url, 'plan', { subscription, quantity: '3' })).status).toBe(400)
  moveTo(clock, ((sub.items.data[0]?.current_period_end ?? 0) + 7200) * 1000)
  expect((await again()).items.data[0]?.price.id).toBe(cheap.id)
  const totals = (await stripe.invoices.list({ customer: customer.id })).data.map(({ total }) => total)
  expect(totals).toEqual([2000, 6000])
})

test('a customer pauses and resumes; a flow does only that', async () => {
  const { start, act, read, again, sub, types } = await portal({ subscription_pause: { enabled: true } })
  const flow_data = { type: 'subscription_pause' as const, subscription_pause: { subscription: sub.id } }
  const { url } = await start({ flow_data })
  expect((await read(url)).text).toContain('Pause')
  await act(url, 'pause', { subscription: sub.id })
  expect((await again()).status).toBe('paused')
  const { text } = await read(`${url}?all=1`)
  expect([text.includes('Resume'), text.includes('>Pause<')]).toEqual([true, false])
  await act(url, 'resume', { subscription: sub.id })
  expect((await again()).status).toBe('active')
  expect(await types()).toEqual(
    expect.arrayContaining(['customer.subscription.paused', 'customer.subscription.resumed']),
  )
})
