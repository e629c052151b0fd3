import type { Stripe } from 'stripe'
import { beforeAll, expect, test } from 'vitest'
import { resources } from '../registry.ts'
import { DAY, refusal, shop, startStripe } from '../test-desk.ts'
import { ensureEvent } from './conformance.ts'
import { oracle } from './documents.ts'

let world: Awaited<ReturnType<typeof startStripe>>
let end: () => Promise<void>
let customer: Stripe.Customer
beforeAll(async () => {
  world = await startStripe(undefined, (stop) => (end = stop))
  customer = (await shop(world.stripe)).customer
  return () => end()
})

/** Puts a fault into a stored object, as a wrong shape would, and asks for the object. */
async function refusedWith(fault: object): Promise<string> {
  world.store.put('stripe.customer', customer.id, { ...customer, ...fault })
  const { statusCode, message } = await refusal(world.stripe.customers.retrieve(customer.id))
  world.store.put('stripe.customer', customer.id, customer)
  expect(statusCode).toBe(500)
  return message
}

test.each<[string, object, string]>([
  ['a field that does not exist', { nickname: 'Ada' }, 'it must NOT have additional properties: nickname'],
  [
    'a field that is missing',
    { delinquent: undefined, created: undefined },
    "it must have required property 'created'",
  ],
  ['a wrong type', { balance: '0' }, '/balance must be number, not "0"'],
  [
    'a value of no enumeration',
    { tax_exempt: 'maybe' },
    '/tax_exempt must be equal to one of the allowed values, not "maybe"',
  ],
  [
    'a fault far inside',
    { invoice_settings: { footer: null } },
    "/invoice_settings must have required property 'custom_fields'",
  ],
  [
    'another object in an expanded place',
    { test_clock: { object: 'customer' } },
    '/test_clock is customer and must be test_helpers.test_clock',
  ],
])('%s is refused with its path', async (_, fault, words) => {
  expect(await refusedWith(fault)).toContain(`The answer to GET /v1/customers/:id is not as Stripe's: `)
  expect(await refusedWith(fault)).toContain(words)
})

test('every fault of an answer is named, inside lists, too', async () => {
  world.store.put('stripe.customer', customer.id, { ...customer, nickname: 'Ada', email: 7 })
  const { message } = await refusal(world.stripe.customers.list())
  world.store.put('stripe.customer', customer.id, customer)
  expect(message).toContain('/data/0 must NOT have additional properties: nickname; ')
  expect(message).toContain('/data/0/email must be')
})

test('what is refused has not happened', async () => {
  world.store.put('stripe.customer', customer.id, { ...customer, nickname: 'Ada' })
  const { statusCode } = await refusal(world.stripe.customers.update(customer.id, { name: 'Grace' }))
  world.store.put('stripe.customer', customer.id, {
    ...world.store.get<object>('stripe.customer', customer.id),
    nickname: undefined,
  })
  expect(statusCode).toBe(500)
  expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Ada' })
})

test('events are of a type that exists, carry its object and speak of its fields', async () => {
  const [event] = (await world.stripe.events.list({ type: 'customer.created' })).data as Stripe.Event[]
  const plain = JSON.parse(JSON.stringify(event)) as Stripe.Event
  const check = (patch: object) => () => ensureEvent({ ...plain, ...patch } as unknown as Stripe.Event)
  expect(check({})).not.toThrow()
  expect(check({ type: 'customer.married' })).toThrow(
    '/type must be equal to one of the allowed values, not "customer.married"',
  )
  expect(check({ type: 'invoice.paid' })).toThrow('is customer and must be invoice')
  expect(check({ data: { ...plain.data, previous_attributes: { nickname: null } } })).toThrow('nickname')
})

test('a step of time that says what Stripe could not is taken back and heard of', async () => {
  const { stripe, store, clock } = await startStripe()
  const { customer, price } = await shop(stripe)
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const good = store.get<object>('stripe.subscription', sub.id)
  store.put('stripe.subscription', sub.id, { ...good, mood: 'cheerful' })
  expect(() => clock.setOffset(32 * DAY)).toThrow('must NOT have additional properties: mood')
  store.put('stripe.subscription', sub.id, good)
  clock.setOffset(33 * DAY)
  expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(2)
})

test('expanded answers are those that Stripe would give, four levels deep', async () => {
  const { stripe } = await startStripe()
  const { customer, price } = await shop(stripe)
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const subs = await stripe.subscriptions.list({
    expand: ['data.customer', 'data.latest_invoice.payments', 'data.items.data.price'],
  })
  const invoice = subs.data[0]?.latest_invoice as Stripe.Invoice
  expect(invoice.payments?.data).toHaveLength(1)
  const charges = await stripe.charges.list({
    expand: ['data.customer', 'data.payment_intent.payment_method', 'data.balance_transaction.source', 'data.refunds'],
  })
  expect(charges.data[0]?.balance_transaction).toMatchObject({ source: { object: 'charge' } })
  const listed = await stripe.prices.list({ expand: ['data.product', 'data.currency_options'] })
  expect(listed.data[0]?.product).toMatchObject({ object: 'product' })
})

test('the emulator has no endpoint that Stripe has not', () => {
  const served = Object.values(resources)
    .flat()
    .map(({ method, path }) => `${method} ${path}`)
  expect(served.length).toBeGreaterThan(70)
  expect(served.filter((route) => !(route in oracle().endpoints))).toEqual([])
})
