import type { Stripe } from 'stripe'
import { billingSettings } from './billing-settings.ts'
import { cancelSubscription } from './canceling.ts'
import { change } from './changes.ts'
import { collect } from './collecting.ts'
import { type Context, find, must } from './context.ts'
import { subscriptionOf } from './drafting.ts'
import { writeOff } from './voiding.ts'

/** A retry falls due. After the last of them the account's settings say what becomes of subscription and invoice. */
export function retry(ctx: Context, invoice: Stripe.Invoice): void {
  const { error } = collect(ctx, invoice)
  const after = must(ctx, 'invoice', invoice.id)
  const settings = billingSettings(ctx)
  if (!error || after.next_payment_attempt !== null || after.attempt_count <= settings.retries.length) return
  const owner = subscriptionOf(after)
  const subscription = owner === null ? undefined : find(ctx, 'subscription', owner)
  if (subscription && subscription.status !== 'canceled') {
    if (settings.subscription === 'cancel')
      cancelSubscription(ctx, subscription, { details: { reason: 'payment_failed' } })
    if (settings.subscription === 'unpaid')
      change(ctx, 'subscription', subscription, { status: 'unpaid' }, 'customer.subscription.updated')
  }
  if (settings.invoice === 'uncollectible') writeOff(ctx, must(ctx, 'invoice', invoice.id), 'max_payment_attempts')
}
