import { all, by, type Context, find, type Kind } from '../engine/context.ts'
import { couponExtra } from '../engine/coupons.ts'
import { tiersOf } from '../engine/prices.ts'
import { kindOf } from '../engine/ids.ts'
import { present } from '../engine/present.ts'
import { taxIdsOf } from '../engine/tax-ids.ts'
import { invalid } from './errors.ts'

const DEPTH_LIMIT = 4
type Bag = Record<string, unknown>

/** Fields that hold an id but stay an id. */
const PLAIN = new Set([
  'charge.payment_method',
  'line_item.invoice',
  'subscription_item.subscription',
  'items.plan',
  'price_details.product',
  'credited_items.invoice',
  'credited_items.invoice_line_items',
  'subscription_details.subscription',
  'subscription_item_details.subscription',
  'subscription_item_details.invoice_item',
  'invoice_item_details.subscription',
  'invoice_item_details.invoice_item',
])

const listOf = (data: unknown[], url: string) => ({ object: 'list', data, has_more: false, url })

/** Properties that are absent until asked for. */
const INCLUDABLE: Record<string, (ctx: Context, owner: Bag & { id: string }) => unknown> = {
  'invoice.payments': (ctx, { id }) => listOf(by(ctx, 'invoice_payment', 'invoice', id), `/v1/invoices/${id}/payments`),
  'charge.refunds': (ctx, { id }) => listOf(by(ctx, 'refund', 'charge', id).toReversed(), `/v1/charges/${id}/refunds`),
  'customer.subscriptions': (ctx, { id }) => {
    const live = all(ctx, 'subscription').filter((sub) => sub.customer === id && sub.status !== 'canceled')
    return listOf(live.toReversed(), `/v1/customers/${id}/subscriptions`)
  },
  'customer.sources': (_, { id }) => listOf([], `/v1/customers/${id}/sources`),
  'customer.tax_ids': (ctx, { id }) => listOf(taxIdsOf(ctx, id).toReversed(), `/v1/customers/${id}/tax_ids`),
  'customer.invoice_credit_balance': () => ({}),
  'coupon.applies_to': (ctx, { id }) => couponExtra(ctx, id).applies_to ?? null,
  'coupon.currency_options': (ctx, { id }) => couponExtra(ctx, id).currency_options ?? {},
  'price.tiers': (ctx, { id }) => tiersOf(ctx, id),
  'price.currency_options': (ctx, { id }) => ctx.store.get<Bag>('stripe.price_options', id) ?? {},
}

/** Replaces ids by their objects along each path (`data.customer`, `latest_invoice.payments`); at most four levels, as Stripe. */
export function expand(ctx: Context, value: object, paths: string[]): object {
  const split = paths.map((path) => path.split('.'))
  for (const parts of split) {
    if (parts.length > DEPTH_LIMIT)
      throw invalid(`You cannot expand more than 4 levels of a property. Property: ${parts.join('.')}`, 'expand')
  }
  return present(split.reduce((result, parts) => walk(ctx, result, parts, ''), value))
}

function walk(ctx: Context, value: object, [head, ...rest]: string[], name: string): object {
  if (head === undefined) return value
  const bag = value as Bag & { id: string }
  const owner = typeof bag.object === 'string' ? bag.object : name
  const field = `${owner}.${head}`
  const current = head in bag ? bag[head] : INCLUDABLE[field]?.(ctx, bag)
  if (current === undefined) throw unexpandable(head)
  return { ...value, [head]: step(ctx, current, rest, field, head) }
}

function step(ctx: Context, current: unknown, rest: string[], field: string, head: string): unknown {
  if (current === null) return null
  if (Array.isArray(current)) return current.map((entry) => step(ctx, entry, rest, field, head))
  if (typeof current === 'object') return walk(ctx, current, rest, head)
  const plain = typeof current !== 'string' || PLAIN.has(field) || head === 'id'
  const kind = plain ? undefined : head === 'coupon' ? 'coupon' : kindOf(current)
  const found = kind && find(ctx, kind as Kind, current as string)
  if (!found) throw unexpandable(head)
  return walk(ctx, present(found), rest, '')
}

function unexpandable(property: string) {
  return invalid(`This property cannot be expanded (${property}).`, 'expand')
}
