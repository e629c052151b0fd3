import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { resources } from './registry.ts'
import { client, shop, startStripe } from './test-desk.ts'

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'stripe-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('a restart keeps objects, kept answers, planted faults and undelivered events', async () => {
  const file = join(folder(), 'state.sqlite')
  const first = await startStripe(file)
  await first.stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/hook', enabled_events: ['*'] })
  const { customer, price } = await shop(first.stripe)
  const order = { customer: customer.id, items: [{ price: price.id }] }
  const sub = await first.stripe.subscriptions.create(order, { idempotencyKey: 'once' })
  await first.control('POST', '/faults', { kind: '429', match: { path: '/v1/refunds' } })
  const before = await first.control('GET', '/state')
  await first.stop()

  const second = await startStripe(file)
  const after = await second.control('GET', '/state')
  expect(after).toMatchObject({
    counts: before.counts as object,
    faults: 1,
    pendingDeliveries: before.pendingDeliveries,
  })
  expect(before.pendingDeliveries).toBeGreaterThan(5)
  expect((await second.stripe.subscriptions.create(order, { idempotencyKey: 'once' })).id).toBe(sub.id)
  expect((await second.stripe.subscriptionItems.retrieve(String(sub.items.data[0]?.id))).price.id).toBe(price.id)
})

test('killed at once after an answer, everything answered for is still there', async () => {
  const file = join(folder(), 'state.sqlite')
  const program = `
    import Fastify from 'fastify'
    import { createClock } from ${JSON.stringify(new URL('../clock.ts', import.meta.url).href)}
    import { openStore } from ${JSON.stringify(new URL('../store.ts', import.meta.url).href)}
    import { createStripeEmulator } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const stripe = createStripeEmulator({ store: openStore(process.argv.at(-1)), clock: createClock() })
    const app = Fastify()
    await app.register(stripe.routes, { prefix: '/stripe' })
    await app.listen({ host: '127.0.0.1', port: 0 })
    console.log(app.server.address().port)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const port = await new Promise<number>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))),
  )
  const stripe = client(port)
  const intent = await stripe.paymentIntents.create({
    amount: 900,
    currency: 'gbp',
    payment_method: 'pm_card_gb',
    confirm: true,
  })
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 100 })
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  const second = await startStripe(file)
  expect(await second.stripe.refunds.retrieve(refund.id)).toMatchObject({ amount: 100, currency: 'gbp' })
  expect(await second.control('GET', '/ledger')).toMatchObject({ charges: [{ paid: 900, refunded: 100, net: 800 }] })
})

test('a reset forgets everything but where webhooks go', async () => {
  const { stripe, control } = await startStripe()
  await stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/hook', enabled_events: ['*'] })
  await shop(stripe)
  await control('POST', '/reset', {})
  expect((await stripe.customers.list()).data).toEqual([])
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1)
  expect(await control('GET', '/state')).toMatchObject({ counts: { event: 0 }, pendingDeliveries: 0 })
  await control('POST', '/reset', { endpoints: true })
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(0)
})

test('the registry lists every resource file and nothing else', () => {
  const files = readdirSync(new URL('./resources/', import.meta.url)).filter((name) => !name.includes('.test.'))
  expect(
    Object.keys(resources)
      .map((name) => `${name}.ts`)
      .sort(),
  ).toEqual(files.sort())
})
