import { expect, test } from 'vitest'
import { Stripe } from 'stripe'
import { DAY, refusal, shop, startStripe } from './test-desk.ts'

/** Bypasses the client's types: what a caller with a typo would send. */
const loosely = <T>(value: object) => value as T

test('unknown parameters are refused at every level, free-form metadata aside', async () => {
  const { stripe } = await startStripe()
  const { customer, price } = await shop(stripe)
  const cases: [Promise<unknown>, string][] = [
    [stripe.customers.create(loosely({ emial: 'x' })), 'emial'],
    [
      stripe.subscriptions.create({ customer: customer.id, items: [loosely({ price: price.id, qty: 2 })] }),
      'items[0][qty]',
    ],
    [
      stripe.customers.update(customer.id, { invoice_settings: loosely({ default_pm: 'x' }) }),
      'invoice_settings[default_pm]',
    ],
    [stripe.customers.list(loosely({ mail: 'x' })), 'mail'],
    [stripe.subscriptions.cancel('sub_x', loosely({ refund: true })), 'refund'],
    [stripe.invoicePayments.list({ payment: loosely({ type: 'payment_intent', intent: 'pi_1' }) }), 'payment[intent]'],
  ]
  for (const [work, param] of cases) {
    const error = await refusal(work)
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'parameter_unknown',
      param,
      type: 'StripeInvalidRequestError',
    })
    expect(error.message).toBe(`Received unknown parameter: ${param}`)
  }
  expect((await stripe.customers.update(customer.id, { metadata: { anything: 'goes' } })).metadata).toEqual({
    anything: 'goes',
  })
})

test('ill-typed, missing, empty and excluded values say which and why', async () => {
  const { stripe } = await startStripe()
  const intent = (given: object) => stripe.paymentIntents.create(loosely({ amount: 100, currency: 'usd', ...given }))
  const cases: [Promise<unknown>, object][] = [
    [
      intent({ amount: 'ten' }),
      { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer: ten' },
    ],
    [intent({ amount: 10.5 }), { code: 'parameter_invalid_integer', param: 'amount' }],
    [
      intent({ amount: undefined }),
      { code: 'parameter_missing', param: 'amount', message: 'Missing required param: amount.' },
    ],
    [intent({ confirm: 'maybe' }), { param: 'confirm', message: 'Invalid boolean: maybe' }],
    [
      intent({ capture_method: 'later' }),
      {
        param: 'capture_method',
        message: 'Invalid capture_method: must be one of automatic, automatic_async, or manual',
      },
    ],
    [intent({ customer: '' }), { code: 'parameter_invalid_empty', param: 'customer' }],
    [intent({ metadata: 'text' }), { param: 'metadata', message: 'Invalid hash' }],
    [intent({ currency: 'xyz' }), { param: 'currency', message: 'Invalid currency: xyz.' }],
    [
      stripe.subscriptions.create(loosely({ customer: 'cus_1', items: 'x' })),
      { param: 'items', message: 'Invalid array' },
    ],
    [stripe.refunds.create({}), { code: 'parameter_missing' }],
    [stripe.customers.list({ limit: 101 }), { param: 'limit' }],
    [stripe.events.list({ type: 'a', types: ['b'] }), { code: 'parameters_exclusive' }],
    [stripe.events.list({ types: Array.from({ length: 21 }, () => 'charge.succeeded') }), { param: 'types' }],
  ]
  for (const [work, expected] of cases) expect(await refusal(work)).toMatchObject({ statusCode: 400, ...expected })
})

test('unknown ids, paths and keys answer with an error object', async () => {
  const { stripe, base } = await startStripe()
  expect(await refusal(stripe.charges.retrieve('ch_nope'))).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    message: "No such charge: 'ch_nope'",
  })
  expect(
    await refusal(stripe.subscriptions.create({ customer: 'cus_nope', items: [{ price: 'price_1' }] })),
  ).toMatchObject({
    statusCode: 400,
    param: 'customer',
  })
  expect(await refusal(stripe.payouts.list())).toMatchObject({ statusCode: 404, type: 'StripeInvalidRequestError' })
  for (const [key, status] of [
    [undefined, 401],
    ['sk_live_1', 401],
    ['sk_test_1', 200],
  ] as const) {
    const answer = await fetch(`${base}/stripe/v1/account`, { headers: key ? { authorization: `Bearer ${key}` } : {} })
    expect(answer.status).toBe(status)
    expect(Object.keys((await answer.json()) as object)[0]).toBe(status === 401 ? 'error' : 'id')
    expect(answer.headers.get('stripe-version')).toBe(Stripe.API_VERSION)
    expect(answer.headers.get('request-id')).toMatch(/^req_/)
  }
})

test('lists page both ways, filter by time, and count nothing twice', async () => {
  const { stripe, clock } = await startStripe()
  const made: string[] = []
  for (let index = 0; index < 7; index += 1) made.unshift((await stripe.customers.create({ name: String(index) })).id)
  const first = await stripe.customers.list({ limit: 3 })
  expect([first.data.map((each) => each.id), first.has_more, first.url]).toEqual([
    made.slice(0, 3),
    true,
    '/v1/customers',
  ])
  const second = await stripe.customers.list({ limit: 3, starting_after: made[2] })
  expect(second.data.map((each) => each.id)).toEqual(made.slice(3, 6))
  const back = await stripe.customers.list({ limit: 2, ending_before: made[5] })
  expect([back.data.map((each) => each.id), back.has_more]).toEqual([made.slice(3, 5), true])
  const all = await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 })
  expect(all.map((each) => each.id)).toEqual(made)
  expect(await refusal(stripe.customers.list({ starting_after: 'cus_nope' }))).toMatchObject({
    code: 'resource_missing',
  })
  clock.setOffset(DAY)
  const since = Math.floor(clock.now() / 1000) - 3600
  const late = await stripe.customers.create()
  expect((await stripe.customers.list({ created: { gte: since } })).data.map((each) => each.id)).toEqual([late.id])
  clock.setOffset(32 * DAY)
  expect((await stripe.events.list()).data).toEqual([])
  expect((await stripe.customers.list()).data).toHaveLength(8)
})

test('expand replaces ids at any of four levels, adds what is included on request, and refuses the rest', async () => {
  const { stripe } = await startStripe()
  const { customer, price } = await shop(stripe)
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const list = await stripe.subscriptions.list({
    expand: ['data.customer', 'data.latest_invoice.payments', 'data.default_payment_method'],
  })
  expect(list.data[0]).toMatchObject({
    customer: { email: 'ada@example.com' },
    latest_invoice: { payments: { object: 'list' } },
    default_payment_method: null,
  })
  const [payment] = (await stripe.invoicePayments.list({ expand: ['data.invoice', 'data.payment.payment_intent'] }))
    .data
  expect(payment).toMatchObject({
    invoice: { object: 'invoice' },
    payment: { payment_intent: { object: 'payment_intent' } },
  })
  const full = await stripe.customers.retrieve(customer.id, { expand: ['subscriptions.data.items'] })
  expect(full).toMatchObject({ subscriptions: { data: [{ items: { data: [{ quantity: 1 }] } }] } })
  const deep = await refusal(stripe.subscriptions.list({ expand: ['data.items.data.price.product'] }))
  expect(deep.message).toMatch(/more than 4 levels/)
  expect((await refusal(stripe.charges.list({ expand: ['data.invoice'] }))).message).toBe(
    'This property cannot be expanded (invoice).',
  )
})

test('a key replays its first answer for a day, refuses other parameters, and forgets refused parameters', async () => {
  const { stripe, clock } = await startStripe()
  const once = { idempotencyKey: 'key-1' }
  const first = await stripe.customers.create({ name: 'A', metadata: { x: '1' } }, once)
  const again = await stripe.customers.create({ name: 'A', metadata: { x: '1' } }, once)
  expect(again.id).toBe(first.id)
  expect([
    first.lastResponse.headers['idempotent-replayed'],
    again.lastResponse.headers['idempotent-replayed'],
  ]).toEqual([undefined, 'true'])
  expect(await refusal(stripe.customers.create({ name: 'B' }, once))).toMatchObject({
    statusCode: 400,
    type: 'StripeIdempotencyError',
  })
  expect(await refusal(stripe.products.create({ name: 'A' }, once))).toMatchObject({ type: 'StripeIdempotencyError' })

  await refusal(stripe.customers.create(loosely({ nmae: 'C' }), { idempotencyKey: 'key-2' }))
  expect((await stripe.customers.create({ name: 'C' }, { idempotencyKey: 'key-2' })).name).toBe('C')
  const declined = { amount: 500, currency: 'usd', payment_method: 'pm_card_chargeDeclined', confirm: true }
  await refusal(stripe.paymentIntents.create(declined, { idempotencyKey: 'key-3' }))
  const replayed = await refusal(stripe.paymentIntents.create(declined, { idempotencyKey: 'key-3' }))
  expect(replayed.headers?.['idempotent-replayed']).toBe('true')
  expect((await stripe.charges.list()).data).toHaveLength(1)

  clock.setOffset(DAY + 1000)
  expect((await stripe.customers.create({ name: 'B' }, once)).id).not.toBe(first.id)
})
