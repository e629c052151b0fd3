import type { Stripe } from 'stripe'
import { change } from './changes.ts'
import { type Context, must, put } from './context.ts'
import { emit } from './events.ts'

const LIMIT = 23 * 3600
export const WAITING = 'stripe.pending_update'
export type Waiting = { id: string; invoice: string; patch: Partial<Stripe.Subscription> }

/** A change whose invoice could not be paid: the subscription stays as it was, and the change waits for the payment. */
export function holdUpdate(ctx: Context, before: Stripe.Subscription, invoice: string): Stripe.Subscription {
  const after = must(ctx, 'subscription', before.id)
  const { items, discounts, billing_cycle_anchor, trial_end, status } = after
  const patch = { items, discounts, billing_cycle_anchor, trial_end, status: status === 'past_due' ? 'active' : status }
  ctx.store.put(WAITING, before.id, { id: before.id, invoice, patch } satisfies Waiting)
  const pending_update: Stripe.Subscription.PendingUpdate = {
    billing_cycle_anchor: billing_cycle_anchor === before.billing_cycle_anchor ? null : billing_cycle_anchor,
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    expires_at: ctx.now + LIMIT,
    metadata: null,
    subscription_items: items.data,
    trial_end: trial_end === before.trial_end ? null : trial_end,
    trial_from_plan: null,
  }
  put(ctx, 'subscription', { ...before, latest_invoice: invoice, pending_update })
  const held = must(ctx, 'subscription', before.id)
  emit(ctx, 'customer.subscription.updated', held, { pending_update: null })
  return held
}

/** Its invoice was paid: the waiting change happens. */
export function applyPendingUpdate(ctx: Context, subscription: Stripe.Subscription, invoice: string): void {
  const waiting = ctx.store.get<Waiting>(WAITING, subscription.id)
  if (waiting?.invoice !== invoice || subscription.pending_update === null) return
  ctx.store.remove(WAITING, subscription.id)
  const patch = { ...waiting.patch, pending_update: null }
  const after = change(ctx, 'subscription', subscription, patch, 'customer.subscription.updated')
  emit(ctx, 'customer.subscription.pending_update_applied', after)
}
