import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { createServer } from 'node:http'
import { Stripe } from 'stripe'
import { createPayments } from '#server/adapters/stripe/payments.ts'
import type { Payments } from '#modules/billing/ports.ts'
import { startStripeWorld } from './stripe-world.ts'

/** Something that answers as Stripe, and the adapter talking to it. */
export type Target = {
  payments: Payments
  /** A payment of so much in USD; the id of its charge. */
  pay(amount: number): Promise<string>
  /** The error of a payment that the bank declines. */
  decline(): Promise<unknown>
  /** The error of a call beyond the rate limit; undefined where that cannot be provoked. */
  tooMany?(): Promise<unknown>
  /** So many customers, where that costs nothing. */
  customers?(count: number): Promise<void>
  /** The client, for what only a current API can. */
  modern?: Stripe
  close(): Promise<void>
}

const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

/** The repository's own emulator. */
export async function startEmulator(): Promise<Target> {
  const world = await startStripeWorld(Date.now())
  const { stripe } = world
  return {
    payments: adapter('sk_test_contract', world.base),
    pay: (amount) => payByIntent(stripe, amount, 'pm_card_visa'),
    decline: () => caught(payByIntent(stripe, 100, 'pm_card_chargeDeclined')),
    async tooMany() {
      await world.control('POST', '/faults', { kind: '429' })
      return caught(stripe.customers.create({}, { maxNetworkRetries: 0 }))
    },
    async customers(count) {
      for (let made = 0; made < count; made++) await stripe.customers.create({ email: `c${made}@example.com` })
    },
    modern: stripe,
    close: world.close,
  }
}

/** `stripe-stateful-mock`, written by others to API 2020-08-27: charges, refunds and customers only. */
export async function startStatefulMock(): Promise<Target> {
  const { createExpressApp } = createRequire(import.meta.url)('stripe-stateful-mock') as {
    createExpressApp: () => Parameters<typeof createServer>[1]
  }
  const server = createServer(createExpressApp())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stripe = new Stripe('sk_test_mock', { host: '127.0.0.1', port, protocol: 'http', telemetry: false })
  const charge = (amount: number, source: string) =>
    stripe.charges.create({ amount, currency: 'usd', source }, { maxNetworkRetries: 0 })
  return {
    payments: adapter('sk_test_mock', `http://127.0.0.1:${port}`),
    pay: async (amount) => (await charge(amount, 'tok_visa')).id,
    decline: () => caught(charge(100, 'tok_chargeDeclined')),
    tooMany: () => caught(charge(100, 'tok_429')),
    async customers(count) {
      for (let made = 0; made < count; made++) await stripe.customers.create({ email: `c${made}@example.com` })
    },
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Stripe itself, in the sandbox of whoever runs this. Throws for a live key: nothing here may move real money. */
export async function startLive(key: string): Promise<Target> {
  if (!/^(sk|rk)_test_/.test(key))
    throw new Error('STRIPE_LIVE_TEST_KEY must be the test key of a sandbox (sk_test_…).')
  const stripe = new Stripe(key, { telemetry: false })
  return {
    payments: adapter(key, undefined),
    pay: (amount) => payByIntent(stripe, amount, 'pm_card_visa'),
    decline: () => caught(payByIntent(stripe, 100, 'pm_card_chargeDeclined')),
    modern: stripe,
    close: async () => {},
  }
}

function adapter(secretKey: string, base: string | undefined): Payments {
  return createPayments({
    account: 'test',
    mode: 'test',
    secretKey,
    ...(base ? { base } : {}),
    webhooks: null,
    turn: async () => (base ? 0 : 100),
  })
}

async function payByIntent(stripe: Stripe, amount: number, card: string): Promise<string> {
  const intent = await stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    payment_method: card,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    confirm: true,
  })
  return String(intent.latest_charge)
}
