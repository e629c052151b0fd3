import type { Stripe } from 'stripe'
import { ApiError, invalid } from '../http/errors.ts'
import { itemList, subscriptionItem } from '../shapes/subscription.ts'
import { planOf } from '../shapes/price.ts'
import { change, mergeMetadata } from './changes.ts'
import { collect } from './collecting.ts'
import { type Context, idOf, must } from './context.ts'
import { becomeLatest, draftInvoice, pendingItems } from './drafting.ts'
import { finalize } from './finalizing.ts'
import { holdUpdate } from './pending-updates.ts'
import { periodAfter, sameInterval } from './periods.ts'
import { addProrations } from './prorating.ts'
import { type DiscountOrder, endDiscount } from './redeeming.ts'
import {
  intervalOf,
  invoiceGiven,
  itemDiscounts,
  type ItemOrder,
  ownDiscounts,
  ownItems,
  priceOf,
  refuseMeteredQuantity,
} from './subscribing.ts'
import { periodLines, usageLines } from './subscription-lines.ts'

type ItemChange = ItemOrder & { id?: string; deleted?: boolean }
export type ChangeOrder = {
  items?: ItemChange[]
  discounts?: DiscountOrder[] | null
  proration_behavior?: 'create_prorations' | 'always_invoice' | 'none'
  proration_date?: number
  payment_behavior?: 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete' | 'pending_if_incomplete'
  restart?: boolean
  endTrial?: boolean
  /** A trial from now, or the running one until then (seconds). */
  trialUntil?: number
  given: Partial<Stripe.Subscription>
}

/** Changes a subscription; item changes are prorated to the second, a new interval starts a new period and invoices at once. */
export function changeSubscription(ctx: Context, before: Stripe.Subscription, order: ChangeOrder): Stripe.Subscription {
  if (before.status === 'canceled' || before.status === 'incomplete_expired') {
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.', 'id')
  }
  if (before.pending_update !== null && order.items !== undefined)
    throw invalid('This subscription has a pending update; pay or void its invoice first.', 'items')
  const old = before.items.data
  const items = changedItems(ctx, before, order.items ?? [])
  const discounts = ownDiscounts(ctx, before, items, order.discounts)
  const interval = intervalOf(items.map((item) => item.price))
  const was = old[0]?.price.recurring
  const restart =
    order.restart === true ||
    order.endTrial === true ||
    order.trialUntil !== undefined ||
    (was !== null && was !== undefined && !sameInterval(was, interval))
  const at = prorationDate(ctx, before, order.proration_date)
  const trialing = before.status === 'trialing'
  if (order.proration_behavior !== 'none' && !trialing) addProrations(ctx, before, old, restart ? [] : items, at)
  const until = order.trialUntil ?? periodAfter(ctx.now, interval, 1)
  const started = trialing && order.trialUntil !== undefined ? {} : { current_period_start: ctx.now }
  const renewed = restart ? items.map((item) => ({ ...item, ...started, current_period_end: until })) : items
  ownItems(ctx, before.id, renewed)
  const cycle = restart ? { billing_cycle_anchor: order.trialUntil ?? ctx.now } : {}
  const trial = trialOf(ctx, before, order)
  const patch = { ...order.given, ...cycle, ...trial, discounts, items: itemList(before.id, renewed) }
  const after = change(ctx, 'subscription', before, patch, 'customer.subscription.updated')
  const touched = order.items !== undefined
  if (trialing && order.trialUntil !== undefined) return after
  if (restart || (touched && order.proration_behavior === 'always_invoice'))
    return invoiceNow(ctx, { before, after }, restart, order.payment_behavior)
  return after
}

function trialOf(ctx: Context, before: Stripe.Subscription, order: ChangeOrder): Partial<Stripe.Subscription> {
  if (order.endTrial === true) return { trial_end: ctx.now, status: 'active' }
  if (order.trialUntil === undefined) return {}
  const trial_start = before.status === 'trialing' ? before.trial_start : ctx.now
  return { trial_start, trial_end: order.trialUntil, status: 'trialing' }
}

function prorationDate(ctx: Context, subscription: Stripe.Subscription, asked: number | undefined): number {
  const period = subscription.items.data[0]
  const at = asked ?? ctx.now
  if (asked === undefined || !period || (at >= period.current_period_start && at <= period.current_period_end))
    return at
  throw invalid('Cannot specify `proration_date` outside the current billing period.', 'proration_date')
}

function changedItems(
  ctx: Context,
  subscription: Stripe.Subscription,
  orders: ItemChange[],
): Stripe.SubscriptionItem[] {
  const period = subscription.items.data[0]
  let items = [...subscription.items.data]
  for (const [index, order] of orders.entries()) {
    const at = `items[${index}]`
    if (order.id === undefined) {
      const price = priceOf(ctx, order.price, `${at}[price]`)
      refuseMeteredQuantity(price, order.quantity, `${at}[quantity]`)
      const twin = items.some((item) => item.price.id === price.id)
      if (twin) throw invalid(`Price ${price.id} is already in use on Subscription ${subscription.id}.`, `${at}[price]`)
      const [start, end] = [period?.current_period_start ?? ctx.now, period?.current_period_end ?? ctx.now]
      const plain = subscriptionItem(ctx, {
        subscription: subscription.id,
        price,
        quantity: order.quantity ?? 1,
        start,
        end,
        metadata: mergeMetadata({}, order.metadata),
      })
      items.push({ ...plain, discounts: itemDiscounts(ctx, subscription, plain, order.discounts) })
      continue
    }
    const current = items.find((item) => item.id === order.id)
    if (!current)
      throw new ApiError(400, {
        message: `No such subscription item: '${order.id}'`,
        code: 'resource_missing',
        param: `${at}[id]`,
      })
    if (order.deleted === true) {
      for (const id of current.discounts) endDiscount(ctx, idOf(id))
      items = items.filter((item) => item !== current)
      continue
    }
    const price = order.price === undefined ? current.price : priceOf(ctx, order.price, `${at}[price]`)
    const metadata = mergeMetadata(current.metadata, order.metadata)
    const discounts = itemDiscounts(ctx, subscription, { ...current, price }, order.discounts)
    refuseMeteredQuantity(price, order.quantity, `${at}[quantity]`)
    const quantity = order.quantity ?? current.quantity
    const next = { ...current, price, plan: planOf(price), quantity, metadata, discounts }
    items = items.map((item) => (item === current ? next : item))
  }
  if (items.length === 0) throw invalid('A subscription must have at least one active item.', 'items')
  return items
}

/** Invoices what is pending, and on a restarted cycle the new period, at once. */
function invoiceNow(
  ctx: Context,
  { before, after: subscription }: { before: Stripe.Subscription; after: Stripe.Subscription },
  restart: boolean,
  behaviour = 'allow_incomplete',
): Stripe.Subscription {
  const customer = must(ctx, 'customer', idOf(subscription.customer), 'customer')
  const fresh = restart
    ? periodLines(ctx, subscription, subscription.items.data, subscription.status === 'trialing')
    : []
  const lines = restart ? [...usedSoFar(ctx, before), ...fresh] : []
  const items = pendingItems(ctx, customer.id, subscription.currency, subscription.id)
  if (lines.length + items.length === 0) return subscription
  const draft = draftInvoice(ctx, customer, invoiceGiven(subscription, 'subscription_update', ctx.now), lines, items)
  becomeLatest(ctx, subscription.id, draft)
  const opened = finalize(ctx, draft)
  if (
    opened.status === 'open' &&
    subscription.collection_method === 'charge_automatically' &&
    behaviour !== 'default_incomplete'
  ) {
    const { error } = collect(ctx, opened)
    if (error && behaviour === 'error_if_incomplete') throw new ApiError(error.status, error.body)
    if (error && behaviour === 'pending_if_incomplete') return holdUpdate(ctx, before, draft.id)
  }
  return must(ctx, 'subscription', subscription.id)
}

/** A period that ends early bills its usage at once. */
function usedSoFar(ctx: Context, before: Stripe.Subscription): Stripe.InvoiceLineItem[] {
  if (before.status === 'trialing') return []
  const items = before.items.data
  return usageLines(ctx, before, items, { start: items[0]?.current_period_start ?? ctx.now, end: ctx.now })
}
