import type { Stripe } from 'stripe'
import { cancelSubscription } from './canceling.ts'
import { change } from './changes.ts'
import { all, by, type Context } from './context.ts'
import { endSchedule, isRunning } from './ending-schedules.ts'
import { emit } from './events.ts'
import { taxIdsOf } from './tax-ids.ts'

/** What belongs to nobody any more is no longer collected by itself. */
const NO_COLLECTION = { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null }

/** Leaves a tombstone; subscriptions end at once, drafts and open invoices stay as they are. */
export function deleteCustomer(
  ctx: Context,
  before: Stripe.Customer,
): { id: string; object: 'customer'; deleted: true } {
  const { id } = before
  for (const sub of all(ctx, 'subscription')) {
    if (sub.customer === id && !['canceled', 'incomplete_expired'].includes(sub.status)) cancelSubscription(ctx, sub)
  }
  for (const schedule of by(ctx, 'subscription_schedule', 'customer', id))
    if (isRunning(schedule)) endSchedule(ctx, schedule, { status: 'canceled', canceled_at: ctx.now }, 'canceled')
  for (const invoice of by(ctx, 'invoice', 'customer', id)) {
    if (invoice.status === 'draft' || invoice.status === 'open')
      change(ctx, 'invoice', invoice, NO_COLLECTION, 'invoice.updated')
  }
  for (const { id: taxId } of taxIdsOf(ctx, id)) ctx.store.remove('stripe.tax_id', taxId)
  const tombstone = { id, object: 'customer', deleted: true } as const
  ctx.store.put('stripe.customer', id, tombstone)
  emit(ctx, 'customer.deleted', before)
  return tombstone
}
