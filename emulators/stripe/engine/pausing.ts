import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { itemList } from '../shapes/subscription.ts'
import { change } from './changes.ts'
import { collect } from './collecting.ts'
import { type Context, idOf, must } from './context.ts'
import { becomeLatest, draftInvoice, pendingItems } from './drafting.ts'
import { emit } from './events.ts'
import { finalize } from './finalizing.ts'
import { billUsageNow } from './outstanding-usage.ts'
import { nextPeriodEnd, periodAfter } from './periods.ts'
import { addProrations } from './prorating.ts'
import { activate } from './resumption.ts'
import { intervalOf, invoiceGiven } from './subscribing.ts'
import { periodLines } from './subscription-lines.ts'

type PauseOrder = {
  outstanding_usage_through?: 'none' | 'now'
  unused_time_from?: 'item_current_period_start' | 'none' | 'now'
  invoicing_behavior?: 'invoice' | 'pending_invoice_item'
}
type Reason = Stripe.Subscription.StatusDetails.Paused.Subscription.Type

/** Stops service and invoices until resumed; unused time is credited and metered usage billed unless told otherwise. */
export function pauseSubscription(ctx: Context, before: Stripe.Subscription, order: PauseOrder): Stripe.Subscription {
  const { unused_time_from: from = 'now', invoicing_behavior: how = 'pending_invoice_item' } = order
  if (before.billing_mode.type !== 'flexible')
    throw invalid('Only subscriptions with flexible billing mode can be paused.', 'id')
  if (before.schedule !== null) throw invalid('A subscription with a schedule attached cannot be paused.', 'id')
  if (before.collection_method !== 'charge_automatically')
    throw invalid('Only subscriptions that are charged automatically can be paused.', 'id')
  if (before.status !== 'active')
    throw invalid(`A subscription that is ${before.status} cannot be paused; it must be active.`, 'id')
  const items = before.items.data
  const start = items[0]?.current_period_start ?? ctx.now
  if (from !== 'none') addProrations(ctx, before, items, [], from === 'now' ? ctx.now : start)
  if (order.outstanding_usage_through !== 'none') billUsageNow(ctx, before)
  if (how === 'invoice') invoicePending(ctx, before)
  return markPaused(ctx, must(ctx, 'subscription', before.id), 'pause_requested')
}

export function markPaused(ctx: Context, before: Stripe.Subscription, reason: Reason): Stripe.Subscription {
  const paused = { subscription: { type: reason }, transitioned_at: ctx.now, type: 'subscription' }
  const patch = { status: 'paused', status_details: { paused } } as const
  const after = change(ctx, 'subscription', before, patch, 'customer.subscription.updated')
  emit(ctx, 'customer.subscription.paused', after)
  return after
}

function invoicePending(ctx: Context, subscription: Stripe.Subscription): void {
  const customer = must(ctx, 'customer', idOf(subscription.customer), 'customer')
  const items = pendingItems(ctx, customer.id, subscription.currency, subscription.id)
  if (items.length === 0) return
  const draft = draftInvoice(ctx, customer, invoiceGiven(subscription, 'subscription_update', ctx.now), [], items)
  becomeLatest(ctx, subscription.id, draft)
  const opened = finalize(ctx, draft)
  if (opened.status === 'open') collect(ctx, opened)
}

type ResumeOrder = {
  billing_cycle_anchor?: { type: 'now' | 'unchanged' }
  payment_behavior?: 'resume_on_payment_attempt' | 'resume_on_payment_success'
  proration_behavior?: 'always_invoice' | 'create_prorations' | 'none'
  proration_date?: number
}

/** Goes on after a pause: with a new period from now, or within the old cycle for what is left of its period. */
export function resumeSubscription(ctx: Context, before: Stripe.Subscription, order: ResumeOrder): Stripe.Subscription {
  if (before.status !== 'paused') throw invalid('Only paused subscriptions can be resumed.', 'id')
  if (before.collection_method !== 'charge_automatically')
    throw invalid('Only subscriptions that are charged automatically can be resumed.', 'id')
  const anew = order.billing_cycle_anchor?.type !== 'unchanged'
  const prices = before.items.data.map(({ price }) => price)
  const interval = intervalOf(prices)
  const anchor = anew ? ctx.now : before.billing_cycle_anchor
  const end = anew ? periodAfter(anchor, interval, 1) : nextPeriodEnd(anchor, interval, ctx.now)
  const start = anew ? ctx.now : lastPeriodStart(anchor, interval, ctx.now)
  const items = before.items.data.map((item) => ({ ...item, current_period_start: start, current_period_end: end }))
  const running = { items: itemList(before.id, items), billing_cycle_anchor: anchor }
  const moved = change(ctx, 'subscription', before, running)
  const how = order.proration_behavior ?? 'create_prorations'
  if (!anew && how !== 'none') addProrations(ctx, moved, [], items, order.proration_date ?? ctx.now)
  const invoice = anew || how === 'always_invoice' ? resumptionInvoice(ctx, moved, anew) : undefined
  if (!invoice || invoice.status === 'paid') return activate(ctx, before.id)
  ctx.store.put('stripe.resumption', invoice.id, { id: invoice.id, subscription: before.id, at: ctx.now + 23 * 3600 })
  if (order.payment_behavior !== 'resume_on_payment_success') return must(ctx, 'subscription', before.id)
  collect(ctx, invoice)
  return must(ctx, 'subscription', before.id)
}

function lastPeriodStart(anchor: number, interval: { interval: string; interval_count: number }, now: number): number {
  let n = 0
  while (periodAfter(anchor, interval, n + 1) <= now) n += 1
  return periodAfter(anchor, interval, n)
}

function resumptionInvoice(ctx: Context, subscription: Stripe.Subscription, anew: boolean): Stripe.Invoice | undefined {
  const customer = must(ctx, 'customer', idOf(subscription.customer), 'customer')
  const lines = anew ? periodLines(ctx, subscription, subscription.items.data) : []
  const items = pendingItems(ctx, customer.id, subscription.currency, subscription.id)
  if (lines.length + items.length === 0) return undefined
  const given = { ...invoiceGiven(subscription, 'subscription_update', ctx.now), auto_advance: false }
  const draft = draftInvoice(ctx, customer, given, lines, items)
  becomeLatest(ctx, subscription.id, draft)
  return finalize(ctx, draft)
}
