import http from 'node:http'
import Fastify from 'fastify'
import { Stripe } from 'stripe'
import { onTestFinished } from 'vitest'
import { createClock } from '../clock.ts'
import { openStore } from '../store.ts'
import { createStripeEmulator } from './index.ts'

export const DAY = 86_400_000

/** An emulator on a free port under `/stripe`, the official client talking to it, and the levers of its control API. */
export async function startStripe(file?: string, atEnd: (stop: () => Promise<void>) => void = onTestFinished) {
  const store = openStore(file)
  const clock = createClock()
  const emulator = createStripeEmulator({ store, clock })
  const app = Fastify({ forceCloseConnections: true })
  await app.register(emulator.routes, { prefix: '/stripe' })
  await app.register(emulator.control, { prefix: '/control/stripe' })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await emulator.webhooks.stop()
    await app.close()
    store.close()
  }
  atEnd(stop)
  const base = `http://127.0.0.1:${port}`
  return {
    base,
    clock,
    store,
    emulator,
    stop,
    stripe: client(port),
    patient: client(port, { maxNetworkRetries: 2 }),
    control: <T = Record<string, unknown>>(method: string, path: string, body?: object) =>
      control<T>(base, method, path, body),
  }
}

/** The official client, sent to the emulator's prefix: no retries of its own unless asked for. */
export function client(port: number, more: { maxNetworkRetries?: number; timeout?: number } = {}): Stripe {
  const inner = Stripe.createNodeHttpClient(new http.Agent({ keepAlive: false }))
  const prefixed = {
    getClientName: () => inner.getClientName(),
    makeRequest: (...[host, to, path, ...rest]: Parameters<typeof inner.makeRequest>) =>
      inner.makeRequest(host, to, `/stripe${path}`, ...rest),
  }
  return new Stripe('sk_test_emulated', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: prefixed as unknown as Stripe.HttpClient,
    ...more,
  })
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

/** A customer with a working card, a product, and a monthly price of the given minor units. */
export async function shop(stripe: Stripe, options: { unit?: number; currency?: string; card?: string } = {}) {
  const { unit = 2000, currency = 'usd', card = 'pm_card_visa' } = options
  const customer = await stripe.customers.create({
    email: 'ada@example.com',
    name: 'Ada',
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  })
  const product = await stripe.products.create({ name: 'Pro' })
  const price = await stripe.prices.create({
    product: product.id,
    currency,
    unit_amount: unit,
    recurring: { interval: 'month' },
  })
  return { customer, product, price }
}

/** What went wrong, as the client raised it. */
export async function refusal(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await work
  } catch (error) {
    return error as Stripe.errors.StripeError
  }
  throw new Error('expected a refusal')
}

/** The clock put at a moment (milliseconds since the epoch). */
export function moveTo(clock: { offset(): number; now(): number; setOffset(ms: number): void }, ms: number): void {
  clock.setOffset(clock.offset() + ms - clock.now())
}
