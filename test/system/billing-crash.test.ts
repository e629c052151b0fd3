import { expect, onTestFinished, test } from 'vitest'
import { makeCharges, operationFailpoints, startCrashDesk } from '#test/billing/crash-desk.ts'
import { until } from '#test/running-desk.ts'

test('a desk that dies at each place of a refund, one after the other, refunds exactly once', async () => {
  const desk = await startCrashDesk()
  onTestFinished(() => desk.remove())
  const charges = await makeCharges(desk, operationFailpoints.length)
  await desk.stop()
  expect(operationFailpoints.length).toBeGreaterThanOrEqual(4)
  for (const [index, name] of operationFailpoints.entries()) {
    await desk.startToDie(name)
    await desk.order(charges[index] ?? '')
    await desk.ended()
  }
  await desk.start()
  const results = await desk.check(charges)
  // An order that never reached the desk is none; whatever was taken in is done, once.
  for (const { state, refunds } of results) expect(['done 1', 'none 0']).toContain(`${state} ${refunds}`)
  expect(results[0]).toEqual({ state: 'done', refunds: 1 })
  expect(await desk.stop()).toBe(0)
}, 180_000)

test('a desk that dies with a webhook in hand still learns what it said', async () => {
  const desk = await startCrashDesk()
  onTestFinished(() => desk.remove())
  await until(async () => {
    const { body } = await desk.world<{ counts: { webhook_endpoint: number } }>('GET', '/stripe/state')
    return body.counts.webhook_endpoint === 1
  }, 'the desk to listen')
  await desk.stop()
  await desk.startToDie('webhook.after_store')
  await until(async () => {
    const { status } = await desk.world('GET', '/stripe/state')
    return status === 200
  }, 'the outside world')
  await desk.stripe().customers.create({ email: 'late@example.com', name: 'Late' })
  await desk.ended()
  await desk.start()
  const found = await until(async () => {
    const { body } = await desk.api<{ items: { email: string }[] }>('GET', '/billing/customers?q=late@example.com')
    return body.items[0]
  }, 'the customer')
  expect(found.email).toBe('late@example.com')
}, 120_000)
