import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Operation } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Actor } from '#server/desk.ts'
import { createRefund } from '../../server/modules/billing/actions/create-refund.ts'
import { previewRefund } from '../../server/modules/billing/actions/preview-refund.ts'
import { recheckOperation } from '../../server/modules/billing/actions/recheck-operation.ts'
import { resumeOperations } from '../../server/modules/billing/actions/resume-operations.ts'
import { readOperation } from '../../server/modules/billing/views/operation-view.ts'
import { payOnce, startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'

let desk: BillingDesk
let agent: Actor
beforeAll(async () => {
  desk = await startBillingDesk()
  agent = await desk.agent('Anna', 'agent')
})
afterAll(() => desk.stop())
beforeEach(() => desk.control('DELETE', '/faults'))

const writes = { method: 'POST', path: '^/v1/(credit_notes|refunds)$' }
const lists = { method: 'GET', path: '^/v1/(credit_notes|refunds)$' }
const fault = (kind: string, more: object = {}) => desk.control('POST', '/faults', { kind, match: writes, ...more })

async function order(charge: string, amount = 1000): Promise<Id<'op'>> {
  const { previewId } = await previewRefund(desk.desk(agent), { charge, cause: 'outage' })
  return createRefund(desk.desk(agent), { previewId, amount })
}

/** A charge on an invoice, or one without. */
async function charge(kind: 'invoice' | 'bare'): Promise<string> {
  const shop = await desk.shop({ email: `${kind}@example.com` })
  return kind === 'invoice' ? shop.charge : payOnce(desk.stripe, shop.customer, 4900)
}

/** Lets time pass in steps, as the worker would see it, until the operation rests. */
async function rest(
  id: Id<'op'>,
  most: Temporal.DurationLike = { minutes: 3 },
  step = { seconds: 5 },
): Promise<Operation> {
  const end = desk.clock.now().add(most)
  for (;;) {
    await desk.drain()
    const now = await readOperation(desk.desk(agent), id)
    const isMoving = ['queued', 'running', 'verifying'].includes(now.state)
    if (!isMoving || Temporal.Instant.compare(desk.clock.now(), end) >= 0) return now
    await desk.advance(step)
    await resumeOperations(desk.desk(), 'due')
  }
}

const keysOf = (operation: Operation) =>
  operation.attempts.map(({ key, outcome }) => `${key.split(':')[1] ?? key} ${outcome}`)

test.each(['invoice', 'bare'] as const)('a 500 after the effect is found by looking it up (%s)', async (kind) => {
  const paid = await charge(kind)
  await fault('500_after')
  const id = await order(paid)
  const done = await rest(id)
  expect(done.state).toBe('done')
  expect(keysOf(done)).toEqual(['1 5xx', 'look-up found'])
  expect(await desk.books(paid)).toMatchObject({ refunded: 1000, refunds: [{ amount: 1000 }] })
})

test('a 500 before the effect waits until nothing can appear any more, then takes a new key', async () => {
  const paid = await charge('invoice')
  await fault('500_before')
  const id = await order(paid)
  const before = desk.clock.now()
  const done = await rest(id)
  expect(done.state).toBe('done')
  expect(keysOf(done)).toEqual(['1 5xx', 'look-up absent', 'look-up absent', '2 ok'])
  const second = Temporal.Instant.from(done.attempts.at(-1)?.at ?? '')
  expect(second.since(before).total('seconds')).toBeGreaterThanOrEqual(30)
  expect((await desk.books(paid)).refunds).toHaveLength(1)
})

test.each(['lost_answer', 'lost_request', 'timeout'])('a %s is repeated under the same key', async (kind) => {
  const paid = await charge('invoice')
  // The client itself repeats a closed connection once, under the same key.
  await fault(kind, { times: kind === 'timeout' ? 1 : 2 })
  const id = await order(paid)
  const done = await rest(id)
  expect(done.state).toBe('done')
  expect(done.attempts.map(({ key }) => key).filter((key) => key !== `${id}:1`)).toEqual([])
  expect(done.attempts.at(-1)?.outcome).toBe('ok')
  expect(await desk.books(paid)).toMatchObject({ refunded: 1000 })
  expect((await desk.books(paid)).refunds).toHaveLength(1)
})

test('429 is waited out under the same key', async () => {
  const paid = await charge('invoice')
  await fault('429', { times: 3 })
  const id = await order(paid)
  const done = await rest(id)
  expect(keysOf(done)).toEqual(['1 429', '1 429', '1 429', '1 ok'])
  expect((await desk.books(paid)).refunds).toHaveLength(1)
})

test('what Stripe refuses is failed with its words, and nothing moved', async () => {
  const paid = await charge('bare')
  const id = await order(paid, 4900)
  await desk.stripe.refunds.create({ charge: paid, amount: 4900 })
  // The order was made before; it is checked again before the first call.
  expect(await rest(id)).toMatchObject({
    state: 'failed',
    attempts: [],
    sentence: expect.stringContaining('already refunded'),
  })
  expect((await desk.books(paid)).refunds).toHaveLength(1)
})

test('while Stripe does not answer at all an order waits, and goes through when it comes back', async () => {
  const paid = await charge('invoice')
  const id = await order(paid)
  await desk.control('POST', '/faults', { kind: '500_before', times: 1000 })
  expect(await rest(id, { minutes: 1 })).toMatchObject({ state: 'queued', attempts: [] })
  await desk.control('DELETE', '/faults')
  expect(await rest(id)).toMatchObject({ state: 'done' })
  expect((await desk.books(paid)).refunds).toHaveLength(1)
})

test('what cannot be known says so after days, and can be looked up by hand', async () => {
  const paid = await charge('invoice')
  await fault('lost_answer', { times: 2 })
  const id = await order(paid)
  await desk.drain()
  await fault('lost_request', { times: 10_000 })
  await desk.control('POST', '/faults', { kind: '500_before', match: lists, times: 10_000 })
  const days = await rest(id, { hours: 72 }, { seconds: 6 * 3600 })
  expect(days.state).toBe('running')
  const unknown = await rest(id, { hours: 3 }, { seconds: 300 })
  expect(unknown).toMatchObject({ state: 'unknown', sentence: expect.stringContaining('Stripe dashboard') })
  expect(new Set(unknown.attempts.map(({ key }) => key))).toEqual(new Set([`${id}:1`, 'look-up']))
  await desk.control('DELETE', '/faults')
  await recheckOperation(desk.desk(agent), id)
  expect(await rest(id)).toMatchObject({ state: 'done' })
  expect((await desk.books(paid)).refunds).toHaveLength(1)
})

test('twenty refunds through bad weather happen once each', async () => {
  const charges = await Promise.all(Array.from({ length: 20 }, () => charge('bare')))
  const ids = await Promise.all(charges.map((paid) => order(paid)))
  for (const kind of ['500_after', 'lost_answer', '429', '500_before', 'timeout', '500_after', 'lost_request'])
    await fault(kind, { times: 2 })
  for (const id of ids) expect((await rest(id)).state).toBe('done')
  for (const paid of charges) expect((await desk.books(paid)).refunds).toHaveLength(1)
})
