import type { Stripe } from 'stripe'
import type { Account } from '#contract/customers.ts'
import { plans, type Currency, type PlanKey } from './company.ts'
import type { Day } from './day.ts'
import { people, subscribers, workspaces, type Workspace } from './people.ts'
import type { Stage, Step } from './stage.ts'

/** Months in which customers came, paid and renewed, before the day the demo tells of. */
export function historySteps(day: Day): Step[] {
  const arrivals = subscribers.map((one): Step => {
    const { name, email } = people[one.who]
    const buyer = { name, email, card: one.card, plan: one.plan, currency: one.currency, seats: 1 }
    return {
      id: `history.${one.who}`,
      at: day.before(one.since),
      label: `${name} subscribes`,
      run: (stage) => subscribe(stage, `history.${one.who}`, buyer),
    }
  })
  const companies = Object.entries(workspaces).map(([key, workspace]): Step => ({
    id: `history.${key}`,
    at: day.before(workspace.since),
    label: `${workspace.name} buys ${workspace.seats} seats`,
    run: (stage) => openWorkspace(stage, key, workspace),
  }))
  return [...arrivals, ...companies, ...lately(day)]
}

/** What happened shortly before yesterday and is asked about then. */
function lately(day: Day): Step[] {
  const step = (id: string, at: Temporal.Instant, label: string, run: Step['run']): Step => ({ id, at, label, run })
  const noah = { ...people.noah, card: 'pm_card_visa', plan: 'plus_month', currency: 'usd', seats: 1 } as const
  return [
    step('history.sam-pro', day.before('P8D'), 'Sam Whitfield moves to Pro', movesToPro),
    step('history.amelia-card', day.before('P3D'), 'Amelia Stone changes her card', (stage) =>
      newCard(stage, people.amelia.email, 'pm_card_chargeCustomerFail'),
    ),
    step('history.noah-1', day.yesterday('07:20'), 'Noah Bennett subscribes', (stage) =>
      subscribe(stage, 'history.noah-1', noah),
    ),
    step('history.noah-2', day.yesterday('07:22'), 'Noah Bennett subscribes again', (stage) =>
      subscribe(stage, 'history.noah-2', noah),
    ),
  ]
}

type Buyer = {
  name: string
  email: string
  card: string
  plan: PlanKey
  currency: Currency
  seats: number
  metadata?: Record<string, string>
}

async function subscribe(stage: Stage, once: string, buyer: Buyer): Promise<void> {
  const { stripe } = stage.outside
  const key = (what: string) => ({ idempotencyKey: `${stage.run}.${once}.${what}` })
  const [known] = (await stripe.customers.list({ email: buyer.email, limit: 1 })).data
  const customer =
    known ??
    (await stripe.customers.create(
      { name: buyer.name, email: buyer.email, ...(buyer.metadata ? { metadata: buyer.metadata } : {}) },
      key('customer'),
    ))
  if (!known) await useCard(stripe, customer.id, buyer.card, key('card'))
  const price = await priceOf(stage, buyer.plan, buyer.currency)
  await stripe.subscriptions.create(
    { customer: customer.id, items: [{ price, quantity: buyer.seats }] },
    key('subscription'),
  )
}

async function useCard(
  stripe: Stripe,
  customer: string,
  card: string,
  options?: { idempotencyKey: string },
): Promise<void> {
  const method = await stripe.paymentMethods.attach(card, { customer }, options)
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } })
}

async function newCard(stage: Stage, email: string, card: string): Promise<void> {
  const { stripe } = stage.outside
  const [customer] = (await stripe.customers.list({ email, limit: 1 })).data
  if (customer) await useCard(stripe, customer.id, card)
}

/** In the middle of a month: the rest of Plus comes back, the rest of Pro is charged at once. */
async function movesToPro(stage: Stage): Promise<void> {
  const { stripe } = stage.outside
  const [customer] = (await stripe.customers.list({ email: people.sam.email, limit: 1 })).data
  const [subscription] = customer ? (await stripe.subscriptions.list({ customer: customer.id })).data : []
  const item = subscription?.items.data[0]
  const price = await priceOf(stage, 'pro_month', 'usd')
  if (!subscription || !item || item.price.id === price) return
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item.id, price }],
    proration_behavior: 'always_invoice',
  })
}

/** The price of a plan in a currency, made when it is first wanted. */
async function priceOf(stage: Stage, plan: PlanKey, currency: Currency): Promise<string> {
  const { stripe } = stage.outside
  const lookup = `lumenary-${plan}-${currency}`
  const [known] = (await stripe.prices.list({ lookup_keys: [lookup], limit: 1 })).data
  if (known) return known.id
  const { product: name, interval, amounts } = plans[plan]
  const products = (await stripe.products.list({ limit: 100 })).data
  const product = products.find((one) => one.name === name) ?? (await stripe.products.create({ name }))
  const amount = amounts[currency]
  if (amount === undefined) throw new Error(`${name} is not sold in ${currency}`)
  const price = await stripe.prices.create({
    product: product.id,
    lookup_key: lookup,
    currency,
    unit_amount: amount,
    recurring: { interval },
  })
  return price.id
}

/** A company on both sides: an account with its domain here, a billing customer that names it there. */
async function openWorkspace(stage: Stage, key: string, workspace: Workspace): Promise<void> {
  const mia = stage.desk('mia')
  const { items } = await mia.get<{ items: Account[] }>(`/accounts?q=${encodeURIComponent(workspace.name)}`)
  const account =
    items.find(({ name }) => name === workspace.name) ??
    (await mia.send<Account>('POST', '/accounts', {
      name: workspace.name,
      segment: 'enterprise',
      domains: [workspace.domain],
    }))
  await subscribe(stage, `history.${key}`, {
    name: workspace.name,
    email: workspace.billingEmail,
    card: workspace.card,
    plan: workspace.plan,
    currency: workspace.currency,
    seats: workspace.seats,
    metadata: { mainstay_owner: account.id },
  })
}
