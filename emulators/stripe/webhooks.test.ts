import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Stripe } from 'stripe'
import { expect, onTestFinished, test } from 'vitest'
import { moveTo, startStripe } from './test-desk.ts'

/** A receiver that answers with the next of the given statuses (then 200) and keeps what it was sent. */
async function receiver(statuses: number[] = []) {
  const got: { body: string; signature: string; event: Stripe.Event }[] = []
  const server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      got.push({
        body,
        signature: String(request.headers['stripe-signature']),
        event: JSON.parse(body) as Stripe.Event,
      })
      response.writeHead(statuses.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    types: () => got.map(({ event }) => event.type),
  }
}

async function connected(statuses: number[] = [], events = ['customer.created']) {
  const world = await startStripe()
  const hook = await receiver(statuses)
  const endpoint = await world.stripe.webhookEndpoints.create({ url: hook.url, enabled_events: events as ['*'] })
  world.emulator.webhooks.start()
  return { ...world, hook, endpoint }
}

test('events are delivered signed over the raw body, only those asked for', async () => {
  const { stripe, emulator, hook, endpoint, clock } = await connected()
  const made = await stripe.customers.create({ name: 'Zoë' })
  await stripe.products.create({ name: 'Not asked for' })
  await emulator.webhooks.drain()
  expect(hook.types()).toEqual(['customer.created'])
  const [first] = hook.got
  const event = Stripe.webhooks.constructEvent(first?.body ?? '', first?.signature ?? '', String(endpoint.secret), 300)
  expect(event).toMatchObject({ api_version: Stripe.API_VERSION, data: { object: { id: made.id, name: 'Zoë' } } })
  expect(() =>
    Stripe.webhooks.constructEvent(`${first?.body} `, first?.signature ?? '', String(endpoint.secret)),
  ).toThrow(/signature/)
  expect(Number(/t=(\d+)/.exec(first?.signature ?? '')?.[1])).toBeCloseTo(clock.now() / 1000, -1)
  expect((await stripe.events.retrieve(event.id)).pending_webhooks).toBe(0)
  expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined()
})

test('a refused delivery is tried again with growing waits, and outlives a restart of the loop', async () => {
  const { stripe, emulator, hook, clock } = await connected([500, 302, 503])
  await stripe.customers.create()
  await emulator.webhooks.drain()
  expect(hook.got).toHaveLength(1)
  await emulator.webhooks.stop()
  for (const seconds of [10, 20, 40]) {
    moveTo(clock, clock.now() + seconds * 1000)
    emulator.webhooks.start()
    await emulator.webhooks.drain()
  }
  expect(new Set(hook.got.map(({ event }) => event.id)).size).toBe(1)
  expect(hook.got).toHaveLength(4)
})

test('deliveries can be doubled, turned round, put off and dropped', async () => {
  const { stripe, emulator, control, hook, clock } = await connected()
  await control('POST', '/webhooks', { duplicate: 1, reorder: true })
  await emulator.webhooks.stop()
  const made: string[] = []
  for (const name of ['a', 'b', 'c']) made.push((await stripe.customers.create({ name })).id)
  emulator.webhooks.start()
  await emulator.webhooks.drain()
  const ids = () => hook.got.map(({ event }) => (event.data.object as { id: string }).id)
  expect(hook.got).toHaveLength(6)
  expect(ids()).toEqual([made[2], made[2], made[1], made[1], made[0], made[0]])

  await control('POST', '/webhooks', { drop: 1 })
  await stripe.customers.create({ name: 'dropped' })
  const kept = await stripe.customers.create({ name: 'kept' })
  await emulator.webhooks.drain()
  expect(ids().slice(6)).toEqual([kept.id])
  expect((await stripe.events.list({ type: 'customer.created' })).data).toHaveLength(5)

  await control('POST', '/webhooks', { delayMs: 3_600_000 })
  const late = await stripe.customers.create({ name: 'late' })
  await expect.poll(() => control('GET', '/webhooks')).toMatchObject({ pending: 1 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(ids()).not.toContain(late.id)
  clock.setOffset(3_700_000)
  await expect.poll(ids).toContain(late.id)
})

test('a planted endpoint has the secret its owner already knows', async () => {
  const { stripe, emulator, control } = await startStripe()
  const hook = await receiver()
  const plant = { url: hook.url, secret: 'whsec_known_to_both', enabled_events: ['product.created'] }
  const first = await control('POST', '/endpoints', plant)
  expect(await control('POST', '/endpoints', plant)).toMatchObject({ id: first.id })
  emulator.webhooks.start()
  await stripe.products.create({ name: 'Pro' })
  await emulator.webhooks.drain()
  const [got] = hook.got
  expect(Stripe.webhooks.constructEvent(got?.body ?? '', got?.signature ?? '', 'whsec_known_to_both').type).toBe(
    'product.created',
  )
})
