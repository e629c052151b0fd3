import type { World } from './world.ts'

/** Offered until they exist, so that a newcomer needs no catalogue first. The id is the price's lookup key. */
export const starterPlans = [
  {
    id: 'world-plus-usd',
    label: 'Plus · 19.00 USD a month',
    name: 'Plus',
    amount: 1900,
    currency: 'usd',
    interval: 'month',
  },
  {
    id: 'world-pro-usd',
    label: 'Pro · 49.00 USD a month',
    name: 'Pro',
    amount: 4900,
    currency: 'usd',
    interval: 'month',
  },
  {
    id: 'world-pro-eur',
    label: 'Pro · 490.00 EUR a year',
    name: 'Pro',
    amount: 49_000,
    currency: 'eur',
    interval: 'year',
  },
  {
    id: 'world-pro-jpy',
    label: 'Pro · 5,900 JPY a month',
    name: 'Pro',
    amount: 5900,
    currency: 'jpy',
    interval: 'month',
  },
] as const

/** The id of the price meant by the form: an existing one, or a starter plan made now. */
export async function ensurePrice({ stripe }: World, plan: string): Promise<string> {
  const starter = starterPlans.find(({ id }) => id === plan)
  if (!starter) return plan
  const { data } = await stripe.prices.list({ lookup_keys: [plan], active: true })
  if (data[0]) return data[0].id
  const product = await stripe.products.create({ name: starter.name })
  const price = await stripe.prices.create({
    product: product.id,
    lookup_key: plan,
    currency: starter.currency,
    unit_amount: starter.amount,
    recurring: { interval: starter.interval },
  })
  return price.id
}
