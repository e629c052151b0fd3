import type Stripe from 'stripe'
import { moneyText } from './money-text.ts'

/** `Pro · 49.00 USD a month`, with seats when there is more than one. */
export function planText({ items }: Stripe.Subscription, names: Map<string, string>): string {
  return items.data
    .map(({ price, quantity }) => priceText(price, names) + (quantity && quantity > 1 ? ` × ${quantity}` : ''))
    .join(', ')
}

export function priceText(price: Stripe.Price, names: Map<string, string>): string {
  const product = typeof price.product === 'string' ? price.product : price.product.id
  const name = price.nickname ?? names.get(product) ?? 'Plan'
  return `${name} · ${price.unit_amount === null ? 'priced by tiers' : moneyText(price.unit_amount, price.currency)}${intervalText(price)}`
}

function intervalText({ recurring }: Stripe.Price): string {
  if (!recurring) return ''
  const { interval, interval_count: count } = recurring
  return count === 1 ? ` a ${interval}` : ` every ${count} ${interval}s`
}
