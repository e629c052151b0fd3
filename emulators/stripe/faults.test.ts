import { expect, test } from 'vitest'
import { client, DAY, refusal, shop, startStripe } from './test-desk.ts'

async function paid() {
  const world = await startStripe()
  const intent = await world.stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
  })
  const refunds = async () => (await world.stripe.refunds.list()).data.length
  const plant = (kind: string, more: object = {}) =>
    world.control('POST', '/faults', { match: { method: 'POST', path: '/v1/refunds' }, kind, ...more })
  const order = { charge: String(intent.latest_charge) }
  const idempotencyKey = 'op_1:1'
  return { ...world, refunds, plant, order, once: { idempotencyKey }, next: { idempotencyKey: 'op_1:2' } }
}

test('a 500 after the effect is replayed under its key, and the effect happened once', async () => {
  const { stripe, refunds, plant, order, once } = await paid()
  await plant('500_after')
  expect(await refusal(stripe.refunds.create(order, once))).toMatchObject({ statusCode: 500, type: 'StripeAPIError' })
  expect(await refunds()).toBe(1)
  const again = await refusal(stripe.refunds.create(order, once))
  expect([again.statusCode, again.headers?.['idempotent-replayed'], await refunds()]).toEqual([500, 'true', 1])
})

test('a 500 before the effect is replayed too, and another key then succeeds', async () => {
  const { stripe, refunds, plant, order, once, next } = await paid()
  await plant('500_before')
  await refusal(stripe.refunds.create(order, once))
  expect((await refusal(stripe.refunds.create(order, once))).statusCode).toBe(500)
  expect(await refunds()).toBe(0)
  await stripe.refunds.create(order, next)
  expect(await refunds()).toBe(1)
})

test('a lost answer leaves the effect, a lost request leaves none; the same key tells which', async () => {
  const { stripe, refunds, plant, order, once } = await paid()
  await plant('lost_request', { times: 2 })
  expect((await refusal(stripe.refunds.create(order, once))).type).toBe('StripeConnectionError')
  expect(await refunds()).toBe(0)
  await plant('lost_answer', { times: 2 })
  expect((await refusal(stripe.refunds.create(order, once))).type).toBe('StripeConnectionError')
  expect(await refunds()).toBe(1)
  const found = await stripe.refunds.create(order, once)
  expect([found.lastResponse.headers['idempotent-replayed'], await refunds()]).toEqual(['true', 1])
})

test('the client retries a lost answer by itself under one key', async () => {
  const { patient, refunds, plant, order } = await paid()
  await plant('lost_answer')
  await patient.refunds.create(order)
  expect(await refunds()).toBe(1)
})

test('429 is refused as often as asked and keeps no answer', async () => {
  const { stripe, refunds, plant, order, once } = await paid()
  await plant('429', { times: 2 })
  for (const _ of [1, 2])
    expect(await refusal(stripe.refunds.create(order, once))).toMatchObject({
      statusCode: 429,
      type: 'StripeRateLimitError',
    })
  await stripe.refunds.create(order, once)
  expect(await refunds()).toBe(1)
})

test('while an answer is slow its key is in use; a time-out leaves the effect', async () => {
  const { stripe, base, refunds, plant, order, once, next } = await paid()
  await plant('slow', { ms: 400 })
  const slow = stripe.refunds.create({ ...order, amount: 300 }, once)
  await expect.poll(refunds).toBe(1)
  expect(await refusal(stripe.refunds.create({ ...order, amount: 300 }, once))).toMatchObject({ statusCode: 409 })
  expect((await slow).amount).toBe(300)
  await plant('timeout')
  const hasty = client(Number(new URL(base).port), { timeout: 150 })
  expect((await refusal(hasty.refunds.create({ ...order, amount: 200 }, next))).type).toBe('StripeConnectionError')
  expect(await refunds()).toBe(2)
  const found = await stripe.refunds.create({ ...order, amount: 200 }, next)
  expect([found.amount, await refunds()]).toEqual([200, 2])
})

test('planted declines hit the next payments, renewals included, and are listed and cleared', async () => {
  const { stripe, control, clock } = await startStripe()
  const { customer, price } = await shop(stripe)
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  await control('POST', '/faults', { kind: 'decline', decline_code: 'insufficient_funds' })
  const order = { amount: 1000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true }
  expect(await refusal(stripe.paymentIntents.create(order))).toMatchObject({
    code: 'card_declined',
    decline_code: 'insufficient_funds',
  })
  expect((await stripe.paymentIntents.create(order)).status).toBe('succeeded')
  await control('POST', '/faults', { kind: 'decline' })
  clock.setOffset(32 * DAY)
  expect((await stripe.subscriptions.retrieve(sub.id)).status).toBe('past_due')
  await control('POST', '/faults', { kind: '429', match: { path: '^/v1/(refunds|charges)$' }, times: 3 })
  expect(await control('GET', '/faults')).toMatchObject([{ kind: '429', times: 3, hits: 0 }])
  expect((await refusal(stripe.charges.list())).statusCode).toBe(429)
  expect((await stripe.customers.list()).data).toHaveLength(1)
  await control('DELETE', '/faults')
  expect((await stripe.charges.list()).data.length).toBeGreaterThan(0)
  await expect(control('POST', '/faults', { kind: 'nonsense' })).rejects.toThrow(/kind/)
})
