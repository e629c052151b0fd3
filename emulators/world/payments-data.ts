import type Stripe from 'stripe'
import type { World } from './world.ts'

export type Subscriber = { customer: Stripe.Customer; subscriptions: Stripe.Subscription[] }

export type Account = Subscriber & {
  invoices: Stripe.Invoice[]
  charges: Stripe.Charge[]
  refunds: Stripe.Refund[]
  disputes: Stripe.Dispute[]
}

const pageSize = 50

/** One page of customers, newest first, each with its subscriptions. */
export async function listSubscribers(
  world: World,
  after: string | undefined,
): Promise<{ items: Subscriber[]; more: boolean }> {
  const customers = await world.stripe.customers.list({ limit: pageSize, starting_after: after })
  const subscriptions = await Promise.all(
    customers.data.map(({ id }) => world.stripe.subscriptions.list({ customer: id, status: 'all', limit: 10 })),
  )
  return {
    items: customers.data.map((customer, index) => ({ customer, subscriptions: subscriptions[index]?.data ?? [] })),
    more: customers.has_more,
  }
}

/** Everything Stripe knows about one customer; undefined when there is none or it was deleted. */
export async function readAccount(world: World, id: string): Promise<Account | undefined> {
  const { stripe } = world
  const customer = await stripe.customers.retrieve(id).catch((error: unknown) => {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined
    throw error
  })
  if (!customer || customer.deleted) return undefined
  const [subscriptions, invoices, charges] = await Promise.all([
    stripe.subscriptions.list({ customer: id, status: 'all', limit: 20 }),
    stripe.invoices.list({ customer: id, limit: 50 }),
    stripe.charges.list({ customer: id, limit: 50 }),
  ])
  const [refunds, disputes] = await Promise.all([
    Promise.all(
      charges.data.filter((one) => one.paid).map(({ id: charge }) => stripe.refunds.list({ charge, limit: 20 })),
    ),
    Promise.all(charges.data.filter((one) => one.disputed).map(({ id: charge }) => stripe.disputes.list({ charge }))),
  ])
  return {
    customer,
    subscriptions: subscriptions.data,
    invoices: invoices.data,
    charges: charges.data,
    refunds: refunds.flatMap(({ data }) => data).sort((a, b) => b.created - a.created),
    disputes: disputes.flatMap(({ data }) => data),
  }
}

/** Product names by id, for the words of a plan. */
export async function productNames(world: World): Promise<Map<string, string>> {
  const products = await world.stripe.products.list({ limit: 100 })
  return new Map(products.data.map(({ id, name }) => [id, name]))
}
