import type { Stripe } from 'stripe'
import { change } from './changes.ts'
import { collect } from './collecting.ts'
import { by, type Context, idOf, must } from './context.ts'
import { becomeLatest, draftInvoice, pendingItems, subscriptionOf } from './drafting.ts'
import { endWithSubscription } from './ending-schedules.ts'
import { emit } from './events.ts'
import { finalize } from './finalizing.ts'
import { addProrations } from './prorating.ts'
import { invoiceGiven } from './subscribing.ts'
import { usageLines } from './subscription-lines.ts'

type CancelOrder = {
  prorate?: boolean
  invoice_now?: boolean
  details?: Partial<Stripe.Subscription.CancellationDetails>
}

/** Ends a subscription now. With neither flag no credit is given and its pending prorations are dropped. */
export function cancelSubscription(
  ctx: Context,
  before: Stripe.Subscription,
  order: CancelOrder = {},
): Stripe.Subscription {
  const { prorate = false, invoice_now = false } = order
  if (prorate && before.status !== 'trialing') addProrations(ctx, before, before.items.data, [], ctx.now)
  if (!prorate && !invoice_now) dropPending(ctx, before)
  if (invoice_now) invoiceRest(ctx, before)
  stopCollecting(ctx, before)
  const details = { ...NO_DETAILS, ...before.cancellation_details, ...order.details }
  const reason = details.reason ?? 'cancellation_requested'
  const latest = must(ctx, 'subscription', before.id)
  const patch = {
    status: 'canceled',
    canceled_at: latest.canceled_at ?? ctx.now,
    ended_at: ctx.now,
    cancellation_details: { ...details, reason },
  } as const
  const after = change(ctx, 'subscription', latest, patch)
  emit(ctx, 'customer.subscription.deleted', after)
  endWithSubscription(ctx, after, reason === 'payment_failed')
  return after
}

const NO_DETAILS: Stripe.Subscription.CancellationDetails = {
  comment: null,
  feedback: null,
  feedback_option: null,
  reason: null,
}

function dropPending(ctx: Context, subscription: Stripe.Subscription): void {
  for (const item of pendingItems(ctx, idOf(subscription.customer), subscription.currency, subscription.id)) {
    if (!item.proration) continue
    ctx.store.remove('stripe.invoiceitem', item.id)
    emit(ctx, 'invoiceitem.deleted', item)
  }
}

function invoiceRest(ctx: Context, subscription: Stripe.Subscription): void {
  const customer = must(ctx, 'customer', idOf(subscription.customer), 'customer')
  const items = pendingItems(ctx, customer.id, subscription.currency, subscription.id)
  const data = subscription.items.data
  const used = usageLines(
    ctx,
    subscription,
    data,
    { start: data[0]?.current_period_start ?? ctx.now, end: ctx.now },
    true,
  )
  const lines = subscription.status === 'trialing' ? [] : used
  if (items.length + lines.length === 0) return
  const draft = draftInvoice(ctx, customer, invoiceGiven(subscription, 'subscription_update', ctx.now), lines, items)
  becomeLatest(ctx, subscription.id, draft)
  const opened = finalize(ctx, draft)
  if (opened.status === 'open' && subscription.collection_method === 'charge_automatically') collect(ctx, opened)
}

/** Open invoices of an ended subscription are no longer collected by themselves. */
function stopCollecting(ctx: Context, subscription: Stripe.Subscription): void {
  for (const invoice of by(ctx, 'invoice', 'customer', idOf(subscription.customer))) {
    if (subscriptionOf(invoice) !== subscription.id || (invoice.status !== 'open' && invoice.status !== 'draft'))
      continue
    change(
      ctx,
      'invoice',
      invoice,
      { auto_advance: false, next_payment_attempt: null, automatically_finalizes_at: null },
      'invoice.updated',
    )
  }
}
