import type { Stripe } from 'stripe'
import type { StripeWorld } from '../stripe-world.ts'

/** Whole numbers from a to b. */
export type Draw = (from: number, to: number) => number

/**
 * What befalls one customer at Stripe. Each `yield` waits: the first until the middle of the month, the next past its
 * renewal, the last some days more. Returns the customer.
 */
export type History = (world: HistoryWorld, draw: Draw) => AsyncGenerator<undefined, string | void>

export type HistoryWorld = Pick<StripeWorld, 'stripe' | 'control'>
type PriceGiven = Omit<Partial<Stripe.PriceCreateParams>, 'product'>

/** Days until each `yield` of a history goes on. */
export const waits = [11.3, 22, 6] as const

/** Somebody with a card. */
export async function customerOf(
  { stripe }: HistoryWorld,
  more: Stripe.CustomerCreateParams = {},
  card = 'pm_card_visa',
): Promise<string> {
  const made = await stripe.customers.create({
    email: 'ada@example.com',
    payment_method: card,
    invoice_settings: { default_payment_method: card },
    ...more,
  })
  return made.id
}

/** A monthly price of a product of its own, unless it is given other terms. */
export async function priceOf({ stripe }: HistoryWorld, terms: PriceGiven, name = 'Team'): Promise<Stripe.Price> {
  const product = await stripe.products.create({ name })
  return stripe.prices.create({
    product: product.id,
    currency: 'usd',
    recurring: { interval: 'month' },
    ...terms,
  })
}

/** A price by what was used, and how to report use. */
export async function meteredOf(world: HistoryWorld, terms: PriceGiven) {
  const event_name = `calls_${Math.random().toString(36).slice(2)}`
  const meter = await world.stripe.billing.meters.create({
    default_aggregation: { formula: 'sum' },
    display_name: 'Calls',
    event_name,
  })
  const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const
  const price = await priceOf(world, { ...terms, recurring }, 'Calls')
  const report = (customer: string, value: number) =>
    world.stripe.billing.meterEvents.create({
      event_name,
      payload: { stripe_customer_id: customer, value: String(value) },
    })
  return { price, report }
}

export const rateOf = ({ stripe }: HistoryWorld, percentage: number, inclusive: boolean, name = 'VAT') =>
  stripe.taxRates.create({ display_name: name, percentage, inclusive })

export const decimalOf = (text: string) => text as unknown as Stripe.Decimal

/** A finalised invoice of these amounts. */
export async function invoiceOf(
  { stripe }: HistoryWorld,
  customer: string,
  amounts: readonly number[],
  more: Stripe.InvoiceCreateParams = {},
) {
  const draft = await stripe.invoices.create({ customer, auto_advance: false, ...more })
  const lines = amounts.map((amount, index) => ({ amount, description: `Setup ${index + 1}` }))
  await stripe.invoices.addLines(draft.id, { lines })
  return stripe.invoices.finalizeInvoice(draft.id)
}

/** The newest invoice of a subscription. */
export async function latestOf({ stripe }: HistoryWorld, subscription: string): Promise<Stripe.Invoice> {
  const sub = await stripe.subscriptions.retrieve(subscription, { expand: ['latest_invoice'] })
  return sub.latest_invoice as Stripe.Invoice
}

export async function chargeOf({ stripe }: HistoryWorld, customer: string): Promise<Stripe.Charge> {
  const [charge] = (await stripe.charges.list({ customer, limit: 1 })).data
  if (!charge) throw new Error('nothing was charged')
  return charge
}

export function itemOf(sub: Stripe.Subscription): string {
  return sub.items.data[0]?.id ?? ''
}
