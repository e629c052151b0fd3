import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createPace } from './pace.ts'
import { createPayments } from './payments.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Something that is not quite Stripe, below a path of its own, and the adapter talking to it. */
async function against(handler: Handler) {
  const asked: { path: string; key: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', key: request.headers['idempotency-key']?.toString() })
    request.resume().on('end', () => handler(request, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/below/stripe/`
  const payments = createPayments({
    account: 'emulated',
    mode: 'emulated',
    secretKey: 'sk_test_1',
    base,
    timeoutMs: 200,
    webhooks: null,
    turn: async () => 0,
  })
  return { payments, asked }
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

const call = {
  call: 'refunds.create' as const,
  params: { charge: 'ch_1', amount: 100, reason: 'duplicate' as const, metadata: { operation_id: 'op_1' } },
  lookUp: { list: 'refunds' as const, params: { charge: 'ch_1' } },
}

test('everything is asked below the path of the address, with the key given', async () => {
  const { payments, asked } = await against(json(200, { id: 're_1', object: 'refund' }))
  expect(await payments.carryOut(call, 'op_1:1')).toEqual({ outcome: 'ok', found: 're_1' })
  expect(asked).toEqual([{ path: '/below/stripe/v1/refunds', key: 'op_1:1' }])
})

test.each<[string, Handler, string, number]>([
  ['an error of Stripe', json(500, { error: { type: 'api_error', message: 'no' } }), '5xx', 1],
  ['a proxy that says 502', (_, response) => response.writeHead(502).end('<html>Bad gateway</html>'), '5xx', 1],
  ['a 404 without an error in it', json(404, { nothing: 'here' }), '5xx', 1],
  ['a conflict', json(409, { error: { type: 'idempotency_error', message: 'busy' } }), '409', 1],
  ['a refusal', json(400, { error: { type: 'invalid_request_error', message: 'already refunded' } }), '4xx', 1],
  ['no answer', () => {}, 'timeout', 1],
  // The official client repeats a connection that was closed once by itself, under the same key.
  ['a closed connection', (_, response) => void response.destroy(), 'connection_lost', 2],
])('%s is told as what it is, and not repeated here', async (_name, handler, outcome, calls) => {
  const { payments, asked } = await against(handler)
  expect(await payments.carryOut(call, 'op_1:1')).toMatchObject({ outcome })
  expect(asked.map(({ key }) => key)).toEqual(Array.from({ length: calls }, () => 'op_1:1'))
})

test('429 says when to come back', async () => {
  const body = { error: { type: 'invalid_request_error', message: 'slow down' } }
  const { payments } = await against(json(429, body, { 'retry-after': '7' }))
  expect(await payments.carryOut(call, 'k')).toMatchObject({ outcome: '429', retryAfterMs: 7000 })
})

test('reads that fail say whether asking again may help', async () => {
  const broken = await against(json(500, { error: { type: 'api_error', message: 'no' } }))
  await expect(broken.payments.retrieve('charge', 'ch_1')).rejects.toMatchObject({ retryable: true })
  const refused = await against(json(401, { error: { type: 'invalid_request_error', message: 'bad key' } }))
  await expect(refused.payments.retrieve('charge', 'ch_1')).rejects.toMatchObject({ retryable: false })
  const other = await against(json(404, {}))
  await expect(other.payments.retrieve('charge', 'ch_1')).rejects.toMatchObject({ retryable: false })
  const missing = { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such charge' } }
  const gone = await against(json(404, missing))
  expect(await gone.payments.retrieve('charge', 'ch_1')).toBeNull()
})

test('a NUL in a text of Stripe does not reach the database', async () => {
  const { payments } = await against(json(200, { id: 'ch_1', description: 'a\u0000b', note: String.raw`\u0000` }))
  expect(await payments.retrieve('charge', 'ch_1')).toMatchObject({ description: 'ab', note: String.raw`\u0000` })
})

test('reads wait for their turn, and no more are under way at once than the pace allows', async () => {
  const pace = createPace({ turn: async () => 1, atOnce: 2 })
  let [now, most] = [0, 0]
  const order: number[] = []
  await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      pace(async () => {
        order.push(n)
        most = Math.max(most, (now += 1))
        await new Promise((resolve) => setTimeout(resolve, 5))
        now -= 1
      }),
    ),
  )
  expect({ most, order }).toEqual({ most: 2, order: [1, 2, 3, 4, 5] })
  await expect(pace(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await pace(async () => 'free again')).toBe('free again')
})
