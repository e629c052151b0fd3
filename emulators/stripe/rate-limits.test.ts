import { expect, test } from 'vitest'
import { openStore } from '../store.ts'
import { createRateLimiter, setRateLimits, STRIPES } from './http/rate-limits.ts'
import { refusal, startStripe } from './test-desk.ts'

/** How many of so many requests at one moment are let through. */
function limited(limits: Partial<(typeof STRIPES)['off']>) {
  const store = openStore()
  setRateLimits(store, { ...STRIPES.off, ...limits })
  const limiter = createRateLimiter(store)
  return (count: number, method: string, route: string, nowMs: number) =>
    Array.from({ length: count }, () => limiter.refuse(method, route, nowMs))
}
const through = (reasons: (string | undefined)[]) => reasons.filter((reason) => reason === undefined).length

test('reads and writes have buckets of their own, which fill at their rates', () => {
  const ask = limited({ read: 10, write: 4 })
  expect(through(ask(20, 'GET', '/v1/charges', 0))).toBe(10)
  expect(through(ask(20, 'POST', '/v1/refunds', 0))).toBe(4)
  expect(ask(1, 'DELETE', '/v1/customers/:id', 0)).toEqual(['global-rate'])
  expect(through(ask(20, 'GET', '/v1/charges', 300))).toBe(3)
  expect(through(ask(20, 'GET', '/v1/charges', 99_000))).toBe(10)
})

test('one endpoint has less than all together, and all searches share one bucket', () => {
  const ask = limited({ read: 100, endpoint: 25, search: 20 })
  const reasons = ask(30, 'GET', '/v1/charges/:id', 0)
  expect([through(reasons), reasons.at(-1)]).toEqual([25, 'endpoint-rate'])
  expect(through(ask(30, 'GET', '/v1/charges', 0))).toBe(25)
  expect(through(ask(15, 'GET', '/v1/customers/search', 0))).toBe(15)
  expect(through(ask(15, 'GET', '/v1/charges/search', 0))).toBe(5)
})

test('what comes too soon is answered 429 with its reason, and leaves no trace', async () => {
  const { stripe, control, clock } = await startStripe()
  expect(await control('GET', '/rate_limits')).toEqual(STRIPES.off)
  await control('POST', '/rate_limits', { write: 1 })
  const tries = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      stripe.customers.create({ name: 'Ada' }, { idempotencyKey: `op_${index}` }).then(
        () => undefined,
        (error: unknown) => error,
      ),
    ),
  )
  const refused = tries.filter((error) => error !== undefined)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]).toMatchObject({
    statusCode: 429,
    type: 'StripeRateLimitError',
    code: 'rate_limit',
    headers: { 'stripe-rate-limited-reason': 'global-rate' },
  })
  const made = (await stripe.customers.list()).data.length
  expect(made).toBe(5 - refused.length)
  clock.setOffset(10_000)
  const again = tries.findIndex((error) => error !== undefined)
  await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: `op_${again}` })
  expect((await stripe.customers.list()).data.length).toBe(made + 1)
})

test("the settings start from Stripe's figures for a mode and are checked", async () => {
  const { control, stripe } = await startStripe()
  expect(await control('POST', '/rate_limits', { as: 'live', search: 2 })).toEqual({ ...STRIPES.live, search: 2 })
  expect(await control('POST', '/rate_limits', { read: null })).toMatchObject({ read: null, write: 100, search: 2 })
  await expect(control('POST', '/rate_limits', { read: 0 })).rejects.toThrow('read')
  await control('POST', '/rate_limits', { as: 'off', search: 1 })
  const searches = Array.from({ length: 4 }, () => stripe.customers.search({ query: 'created>0' }))
  const results = await Promise.allSettled(searches)
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  expect(refused[0]).toMatchObject({ headers: { 'stripe-rate-limited-reason': 'endpoint-rate' } })
  await control('POST', '/reset')
  expect(await control('GET', '/rate_limits')).toEqual(STRIPES.off)
  expect(await refusal(stripe.customers.search({ query: 'nonsense' }))).toMatchObject({ statusCode: 400 })
})
