import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { shopClient } from '#test/billing/stripe-world.ts'
import { startRunningDesk, until } from '#test/running-desk.ts'

export const signingSecret = 'whsec_bench'

type Mirror = { copy: { state: string; read: number } | null; waiting: number; apiVersion: string }
export type StripeDesk = Awaited<ReturnType<typeof startStripeDesk>>

/** A desk that takes the emulator for a live Stripe, so that it reads under its cap, and whose reads are counted on the way. */
export async function startStripeDesk() {
  const reads: number[] = []
  let target: URL | undefined
  const proxy = http.createServer((request, response) => {
    if (request.method === 'GET') reads.push(performance.now())
    if (!target) return void response.writeHead(503).end()
    const options = {
      host: target.hostname,
      port: target.port,
      path: `/stripe${request.url}`,
      method: request.method ?? 'GET',
      headers: { ...request.headers, host: target.host, authorization: 'Bearer sk_test_bench' },
      agent,
    }
    const forwarded = http.request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    forwarded.on('error', () => response.destroy())
    request.pipe(forwarded)
  })
  const agent = new http.Agent({ keepAlive: true })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const desk = await startRunningDesk({
    MAINSTAY_CHECK_RESULTS: '0',
    STRIPE_SECRET_KEY: 'sk_live_bench',
    STRIPE_WEBHOOK_SECRET: signingSecret,
    STRIPE_API_BASE: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  })
  const world = /outside world .* is at (\S+)/.exec(desk.said().stdout)?.[1] ?? ''
  target = new URL(world)
  const status = async () => (await desk.api<Mirror>('GET', '/billing/mirror')).body
  await until(async () => (await status()).copy?.state === 'done', 'the first copy', 120)
  return {
    desk,
    reads,
    status,
    stripe: shopClient(world),
    async close() {
      await desk.remove()
      proxy.closeAllConnections()
      proxy.close()
      agent.destroy()
    },
  }
}

/** The most that began within any second. */
export function busiestSecond(times: readonly number[]): number {
  let from = 0
  let most = 0
  for (const [index, at] of times.entries()) {
    while ((times[from] ?? at) <= at - 1000) from++
    most = Math.max(most, index - from + 1)
  }
  return most
}
