import type { Stripe } from 'stripe'
import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'
import type { Actor } from '#server/desk.ts'
import { createPayments } from '#server/adapters/stripe/payments.ts'
import { billingJobs, billingRoutes, ensureBilling, mountStripeHook } from '#modules/billing/index.ts'
import type { TicketRequester } from '#modules/billing/ports.ts'
import { findOrMakeContact, updateContact, verifyIdentity } from '#modules/customers/index.ts'
import { ensureDefaults, permissionsOf } from '#modules/team/index.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { createTestWorld } from '#test/build.ts'
import { serveTestWorld } from '#test/served.ts'
import { startStripeWorld } from './stripe-world.ts'

export type BillingDesk = Awaited<ReturnType<typeof startBillingDesk>>

type Sent = { to: string; secret: string }

/** A desk with billing, connected to a Stripe of its own by webhooks; the inbox's facts are what the test says. */
export async function startBillingDesk() {
  const test = await createTestWorld()
  const { world } = test
  const outside = await startStripeWorld(test.clock.now().epochMilliseconds)
  const tickets = new Map<Id<'tkt'>, TicketRequester>()
  const sent: Sent[] = []
  const served = await serveTestWorld(test, billingRoutes, [mountStripeHook])
  world.publicUrl = served.url
  world.ports.payments = createPayments({
    account: 'emulated',
    mode: 'emulated',
    secretKey: 'sk_test_emulated',
    base: outside.base,
    timeoutMs: 2000,
    webhooks: { registerAt: `${served.url}/hooks/stripe` },
    turn: async () => 0,
  })
  world.ports.requesters = {
    ofTicket: async (_desk, id) => tickets.get(id),
    numbers: async (_desk, ids) =>
      new Map(ids.flatMap((id) => (tickets.has(id) ? [[id, tickets.get(id)?.ticketNumber ?? 0] as const] : []))),
  }
  world.ports.notices = {
    hidden: '••••••',
    send: async (_desk, { to, secret }) => {
      sent.push({ to, secret })
    },
  }
  await ensureDefaults(test.desk())
  await ensureBilling(test.desk())
  const drain = () => test.drain(billingJobs)
  await drain()

  /** Until Stripe has told everything and the desk has taken it in. */
  const settle = async () => {
    for (let round = 0; round < 3; round++) {
      await outside.webhooks.drain()
      // What the hook does after a moment.
      await test.desk().enqueue({ name: 'billing.webhooks' })
      await drain()
    }
  }
  const advance = async (duration: Temporal.DurationLike) => {
    test.clock.advance(duration)
    outside.clock.setOffset(outside.clock.offset() + Temporal.Duration.from(duration).total('milliseconds'))
  }
  return {
    ...outside,
    ...test,
    served,
    tickets,
    sent,
    drain,
    settle,
    advance,
    agent: (name: string, ...roles: Role[]) => makeAgent(test, name, roles),
    /** Another actor of the same person: their API key. */
    keyOf: (actor: Actor, role: Role): Actor => ({
      ...actor,
      kind: 'api',
      id: newId('key', test.clock.now()),
      roles: [role],
      permissions: permissionsOf([role]),
    }),
    person: (email: string, name: string) => makeContact(test, email, name),
    ticketOf: (contactId: Id<'con'>, sender: TicketRequester['sender']) => {
      const id = newId('tkt', test.clock.now())
      tickets.set(id, { ticketNumber: 1000 + tickets.size, contactId, sender })
      return id
    },
    query: async <T>(text: string, values: unknown[]) => (await world.pool.query(text, values)).rows as T[],
    shop: (options?: ShopOptions) => makeShop(outside.stripe, options),
    async stop() {
      await served.close()
      await outside.close()
      await test.close()
    },
  }
}

type Test = Awaited<ReturnType<typeof createTestWorld>>

async function makeAgent(test: Test, name: string, roles: Role[]): Promise<Actor> {
  const id = newId('agt', test.clock.now())
  const now = test.clock.now().toString()
  await test.world.pool.query(
    `insert into agents (id, name, email, roles, state, created_at, updated_at) values ($1, $2, $3, $4, 'active', $5, $5)`,
    [uuidOf(id), name, `${name.toLowerCase()}@desk.example`, roles, now],
  )
  return { kind: 'agent', id, agentId: id, name, roles, permissions: permissionsOf(roles), visible: 'all' }
}

async function makeContact(test: Test, email: string, name: string): Promise<Id<'con'>> {
  const desk = test.desk()
  const { id } = await desk.transaction((tx) => findOrMakeContact(tx, { email, name }))
  await verifyIdentity(desk, id, email, 'dmarc')
  await updateContact(desk, id, { timeZone: 'Europe/Berlin' })
  return id
}

export type ShopOptions = {
  email?: string
  unit?: number
  currency?: string
  card?: string
  interval?: 'month' | 'year'
  metadata?: Record<string, string>
}

/** Somebody who subscribed and paid the first invoice. */
async function makeShop(stripe: Stripe, options: ShopOptions = {}) {
  const {
    email = 'ada@example.com',
    unit = 4900,
    currency = 'usd',
    card = 'pm_card_visa',
    interval = 'month',
  } = options
  const customer = await stripe.customers.create({
    email,
    name: 'Ada Rivera',
    payment_method: card,
    invoice_settings: { default_payment_method: card },
    ...(options.metadata ? { metadata: options.metadata } : {}),
  })
  const product = await stripe.products.create({ name: 'Pro' })
  const price = await stripe.prices.create({
    product: product.id,
    currency,
    unit_amount: unit,
    recurring: { interval },
  })
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const [charge] = (await stripe.charges.list({ customer: customer.id })).data
  return { customer: customer.id, subscription: subscription.id, charge: charge?.id ?? '', product: product.id }
}

/** A payment without any invoice. */
export async function payOnce(stripe: Stripe, customer: string | undefined, amount = 2000, card = 'pm_card_visa') {
  const intent = await stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    payment_method: card,
    confirm: true,
    ...(customer ? { customer } : {}),
  })
  return String(intent.latest_charge)
}

/** A mail whose sender is shown by DMARC. */
export const provenSender = (value: string): NonNullable<TicketRequester['sender']> => ({
  value,
  verified: 'dmarc',
  auth: { spf: 'pass', dkim: 'pass', dmarc: 'pass', aligned: true },
  signedIn: false,
})
