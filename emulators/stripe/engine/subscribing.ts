import type { Stripe } from 'stripe'
import { ApiError, invalid } from '../http/errors.ts'
import { absent } from '../http/params.ts'
import { itemList, subscription as subscriptionShape, subscriptionItem } from '../shapes/subscription.ts'
import { create, mergeMetadata } from './changes.ts'
import { collect } from './collecting.ts'
import { type Context, idOf, must, put } from './context.ts'
import { becomeLatest, DRAFT_WAIT, draftInvoice, pendingItems, subscriptionParent } from './drafting.ts'
import { emit } from './events.ts'
import { finalize } from './finalizing.ts'
import { type Interval, periodAfter, sameInterval } from './periods.ts'
import { isMetered, itemAmount, unitPrice } from './prices.ts'
import { type DiscountOrder, replaceDiscounts } from './redeeming.ts'
import { periodLines, stubLines } from './subscription-lines.ts'

export type ItemOrder = {
  price?: string
  quantity?: number
  metadata?: Record<string, string> | null
  discounts?: DiscountOrder[] | null
}
type SubscribeOrder = {
  customer: string
  items: ItemOrder[]
  currency?: string
  discounts?: DiscountOrder[] | null
  metadata?: Record<string, string> | null
  /** `draft` is not Stripe's word: the first invoice waits as a draft, as it does for schedules. */
  payment_behavior?: 'allow_incomplete' | 'default_incomplete' | 'draft' | 'error_if_incomplete'
  trialEnd?: number
  /** A later moment at which full periods begin; until then a shorter one is billed, or free without prorations. */
  anchor?: number
  proration_behavior?: string
  given: Partial<Stripe.Subscription>
}

/** Starts a subscription: its items, its first period, and its first invoice, finalised and collected at once. */
export function subscribe(ctx: Context, order: SubscribeOrder): Stripe.Subscription {
  const customer = must(ctx, 'customer', order.customer, 'customer')
  const prices = order.items.map((item, index) => priceOf(ctx, item.price, `items[${index}][price]`))
  const first = prices[0]
  if (!first?.recurring) throw absent('items')
  const currency = order.currency ?? first.currency
  for (const price of prices) unitPrice(ctx, price, currency)
  const anchor = order.trialEnd ?? order.anchor ?? ctx.now
  const interval = intervalOf(prices)
  if (order.anchor !== undefined && (order.anchor <= ctx.now || order.anchor > periodAfter(ctx.now, interval, 1)))
    throw invalid(
      'The billing cycle anchor must lie in the future and not after the next natural billing date.',
      'billing_cycle_anchor',
    )
  const end = order.trialEnd ?? order.anchor ?? periodAfter(anchor, interval, 1)
  const trial =
    order.trialEnd === undefined ? {} : { trial_start: ctx.now, trial_end: order.trialEnd, status: 'trialing' as const }
  const fresh = subscriptionShape(ctx, {
    currency,
    customer: customer.id,
    billing_cycle_anchor: anchor,
    test_clock: customer.test_clock ?? null,
    ...order.given,
    ...trial,
  })
  const items = prices.map((price, index) => {
    const item = order.items[index]
    refuseMeteredQuantity(price, item?.quantity, `items[${index}][quantity]`)
    const metadata = mergeMetadata({}, item?.metadata)
    const plain = subscriptionItem(ctx, {
      subscription: fresh.id,
      price,
      quantity: item?.quantity ?? 1,
      start: ctx.now,
      end,
      metadata,
    })
    return { ...plain, discounts: itemDiscounts(ctx, fresh, plain, item?.discounts) }
  })
  const discounts = ownDiscounts(ctx, fresh, items, order.discounts)
  const metadata = mergeMetadata({}, order.metadata)
  put(ctx, 'subscription', { ...fresh, metadata, discounts, items: itemList(fresh.id, items) })
  ownItems(ctx, fresh.id, items)
  const made = must(ctx, 'subscription', fresh.id)
  const free = order.anchor !== undefined && order.proration_behavior === 'none'
  const lines =
    order.anchor === undefined
      ? periodLines(ctx, made, items, made.status === 'trialing')
      : stubLines(ctx, made, items, { start: periodAfter(order.anchor, interval, -1), end: order.anchor })
  const paid = free ? made : firstInvoice(ctx, made, customer, lines, order.payment_behavior ?? 'allow_incomplete')
  emit(ctx, 'customer.subscription.created', paid)
  return paid
}

type Owner = Pick<Stripe.Subscription, 'id' | 'currency' | 'customer' | 'discounts'>
type Orders = DiscountOrder[] | null | undefined

/** The discounts of a whole subscription, whose items say what a promotion code's minimum is held against. */
export function ownDiscounts(ctx: Context, owner: Owner, items: Stripe.SubscriptionItem[], orders: Orders): string[] {
  const { id, currency } = owner
  const amount = items.reduce((sum, { price, quantity }) => sum + itemAmount(ctx, price, currency, quantity ?? 0), 0)
  const known = owner.discounts.map(idOf)
  return replaceDiscounts(ctx, orders, {
    customer: idOf(owner.customer),
    currency,
    owner: { subscription: id },
    known,
    amount,
  })
}

export function itemDiscounts(ctx: Context, owner: Owner, item: Stripe.SubscriptionItem, orders: Orders): string[] {
  const { id, currency } = owner
  return replaceDiscounts(ctx, orders, {
    customer: idOf(owner.customer),
    currency,
    owner: { subscription: id, subscription_item: item.id },
    known: item.discounts.map(idOf),
    amount: itemAmount(ctx, item.price, currency, item.quantity ?? 0),
    param: 'items[discounts]',
  })
}

function firstInvoice(
  ctx: Context,
  subscription: Stripe.Subscription,
  customer: Stripe.Customer,
  lines: Stripe.InvoiceLineItem[],
  behaviour: string,
): Stripe.Subscription {
  const items = pendingItems(ctx, customer.id, subscription.currency, subscription.id)
  const draft = draftInvoice(
    ctx,
    customer,
    {
      ...invoiceGiven(subscription, 'subscription_create', ctx.now),
      ...(behaviour === 'draft' ? { automatically_finalizes_at: ctx.now + DRAFT_WAIT } : {}),
    },
    lines,
    items,
  )
  becomeLatest(ctx, subscription.id, draft)
  if (behaviour === 'draft') return must(ctx, 'subscription', subscription.id)
  const opened = finalize(ctx, draft)
  const settle = (status: Stripe.Subscription['status']) =>
    create(ctx, 'subscription', { ...must(ctx, 'subscription', subscription.id), status })
  if (opened.status === 'paid' || subscription.collection_method === 'send_invoice') return settle(subscription.status)
  if (behaviour === 'default_incomplete') return settle('incomplete')
  const { error } = collect(ctx, opened)
  if (!error) return settle('active')
  // Without any payment method Stripe refuses outright; a declined card leaves an incomplete subscription unless told to fail.
  if (error.status === 400 || behaviour === 'error_if_incomplete') throw new ApiError(error.status, error.body)
  return settle('incomplete')
}

/** What every invoice of a subscription has in common. */
export function invoiceGiven(subscription: Stripe.Subscription, reason: Stripe.Invoice['billing_reason'], now: number) {
  const sends = subscription.collection_method === 'send_invoice'
  return {
    currency: subscription.currency,
    billing_reason: reason,
    parent: subscriptionParent(subscription),
    auto_advance: true,
    collection_method: subscription.collection_method,
    due_date: sends ? now + (subscription.days_until_due ?? 30) * 86_400 : null,
    description: subscription.invoice_settings.description,
    custom_fields: subscription.invoice_settings.custom_fields,
    default_tax_rates: subscription.default_tax_rates ?? [],
  }
}

export function refuseMeteredQuantity(price: Stripe.Price, quantity: number | undefined, at: string): void {
  if (quantity !== undefined && isMetered(price))
    throw invalid('The quantity of a metered price comes from its meter and cannot be set.', at)
}

export function priceOf(ctx: Context, id: string | undefined, at: string): Stripe.Price {
  if (id === undefined) throw absent(at)
  const price = must(ctx, 'price', id, at)
  if (!price.recurring)
    throw invalid(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      at,
    )
  if (!price.active) throw invalid(`The price specified is inactive. This field only accepts active prices.`, at)
  return price
}

/** The one interval that all items share. */
export function intervalOf(prices: Stripe.Price[]): Interval {
  const [first, ...others] = prices.flatMap((price) => price.recurring ?? [])
  if (!first) throw absent('items')
  if (others.every((other) => sameInterval(first, other))) return first
  throw invalid('Currently, all items of a subscription must have the same billing interval.', 'items')
}

/** Remembers which subscription each item belongs to, for lookups by item id. */
export function ownItems(ctx: Context, subscription: string, items: Stripe.SubscriptionItem[]): void {
  for (const item of items) ctx.store.put('stripe.item_owner', item.id, { id: item.id, subscription })
}
