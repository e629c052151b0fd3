import type { Stripe } from 'stripe'
import { itemList } from '../shapes/subscription.ts'
import { cancelSubscription } from './canceling.ts'
import { change } from './changes.ts'
import { type Context, idOf, must } from './context.ts'
import { becomeLatest, DRAFT_WAIT, draftInvoice, pendingItems } from './drafting.ts'
import { nextPeriodEnd } from './periods.ts'
import { markPaused } from './pausing.ts'
import { intervalOf, invoiceGiven } from './subscribing.ts'
import { periodLines, usageLines } from './subscription-lines.ts'

/** The end of a subscription's running period, when it must be renewed or ended. */
export function periodEnd(subscription: Stripe.Subscription): number {
  return subscription.items.data[0]?.current_period_end ?? Infinity
}

/** Starts the next period and drafts its invoice; a subscription set to end here ends instead. */
export function renew(ctx: Context, subscription: Stripe.Subscription): void {
  if (subscription.cancel_at_period_end) {
    cancelSubscription(ctx, subscription, { invoice_now: true })
    return
  }
  if (subscription.status === 'trialing' && endsWithTrial(ctx, subscription)) return
  const items = subscription.items.data
  const start = periodEnd(subscription)
  const end = nextPeriodEnd(subscription.billing_cycle_anchor, intervalOf(items.map((item) => item.price)), start)
  const previous = items[0]?.current_period_start ?? start
  const moved = items.map((item) => ({ ...item, current_period_start: start, current_period_end: end }))
  const status = subscription.status === 'trialing' ? 'active' : subscription.status
  const patch = { items: itemList(subscription.id, moved), status }
  const renewed = change(ctx, 'subscription', subscription, patch, 'customer.subscription.updated')
  const customer = must(ctx, 'customer', idOf(subscription.customer), 'customer')
  const given = {
    ...invoiceGiven(renewed, 'subscription_cycle', ctx.now),
    period_start: previous,
    period_end: start,
    automatically_finalizes_at: ctx.now + DRAFT_WAIT,
    // What an unpaid subscription owes meanwhile waits as drafts for somebody to decide.
    ...(renewed.status === 'unpaid' ? { auto_advance: false, automatically_finalizes_at: null } : {}),
    ...(renewed.pause_collection ? paused(renewed.pause_collection) : {}),
  }
  const used = usageLines(ctx, renewed, items, { start: previous, end: start })
  const lines = [...used, ...periodLines(ctx, renewed, moved)]
  const pending = pendingItems(ctx, customer.id, renewed.currency, renewed.id)
  const draft = draftInvoice(ctx, customer, given, lines, pending)
  becomeLatest(ctx, renewed.id, draft)
}

/** Paused collection still invoices: the draft is kept and nothing happens to it by itself. */
function paused(pause: Stripe.Subscription.PauseCollection) {
  return pause.behavior === 'keep_as_draft' ? { auto_advance: false, automatically_finalizes_at: null } : {}
}

/** A trial that ends with nothing to charge cancels or pauses the subscription where it is set to; otherwise it is invoiced. */
function endsWithTrial(ctx: Context, subscription: Stripe.Subscription): boolean {
  const behaviour = subscription.trial_settings?.end_behavior.missing_payment_method
  if (behaviour === 'create_invoice' || subscription.collection_method !== 'charge_automatically') return false
  const customer = must(ctx, 'customer', idOf(subscription.customer), 'customer')
  if (subscription.default_payment_method !== null || customer.invoice_settings.default_payment_method !== null)
    return false
  if (behaviour === 'cancel') cancelSubscription(ctx, subscription, { details: { reason: 'cancellation_requested' } })
  else markPaused(ctx, subscription, 'trial_end_without_payment_method')
  return true
}
