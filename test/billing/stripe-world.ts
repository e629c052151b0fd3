import http from 'node:http'
import Fastify from 'fastify'
import { Stripe } from 'stripe'
import { createClock } from '../../emulators/clock.ts'
import { openStore } from '../../emulators/store.ts'
import { createStripeEmulator } from '../../emulators/stripe/index.ts'

export type StripeWorld = Awaited<ReturnType<typeof startStripeWorld>>

/** The Stripe emulator on a free port, the official client talking to it as the shop does, and its levers. `now` in epoch ms. */
export async function startStripeWorld(now: number) {
  const store = openStore()
  const clock = createClock()
  clock.setOffset(now - clock.now())
  const emulator = createStripeEmulator({ store, clock })
  const app = Fastify({ forceCloseConnections: true })
  await app.register(emulator.routes, { prefix: '/stripe' })
  await app.register(emulator.control, { prefix: '/control/stripe' })
  await app.listen({ host: '127.0.0.1', port: 0 })
  emulator.webhooks.start()
  const address = app.server.address()
  const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    /** What the desk is told of as Stripe's address. */
    base: `${base}/stripe`,
    stripe: shopClient(base),
    clock,
    webhooks: emulator.webhooks,
    /** A lever of the outside world, below /control/stripe. */
    control: <T = Record<string, unknown>>(method: string, path: string, body?: object) =>
      control<T>(base, method, path, body),
    books: async (charge: string) => {
      const { charges } = await control<{ charges: Books[] }>(base, 'GET', `/ledger?charge=${charge}`)
      return charges[0] as Books
    },
    async close() {
      await emulator.webhooks.stop()
      await app.close()
      store.close()
    },
  }
}

export type Books = {
  paid: number
  refunded: number
  disputed: number
  /** By credit notes, beside refunds. */
  credited: number
  net: number
  invoice: string | null
  refunds: {
    id: string
    amount: number
    status: string
    metadata: Record<string, string>
    creditNote: string | null
  }[]
  creditNotes: { id: string; amount: number; metadata: Record<string, string> }[]
  disputes: { id: string; amount: number; status: string }[]
}

/** The official client, sent to an emulator. `base` is the outside world without /stripe. */
export function shopClient(base: string): Stripe {
  const inner = Stripe.createNodeHttpClient(new http.Agent({ keepAlive: false }))
  const { hostname, port } = new URL(base)
  const below: Stripe.HttpClient['makeRequest'] = (host, to, path, ...rest) =>
    inner.makeRequest(host, to, `/stripe${path}`, ...rest)
  const httpClient = { getClientName: () => inner.getClientName(), makeRequest: below } as unknown as Stripe.HttpClient
  return new Stripe('sk_test_shop', { host: hostname, port, protocol: 'http', telemetry: false, httpClient })
}

async function control<T>(base: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${base}/control/stripe${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  const result = (await answer.json()) as T
  if (!answer.ok) throw new Error(JSON.stringify(result))
  return result
}
