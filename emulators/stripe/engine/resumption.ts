import type { Stripe } from 'stripe'
import { change } from './changes.ts'
import { type Context, find, must } from './context.ts'
import { emit } from './events.ts'

/** The invoice of a resumption was paid, or none was needed. */
export function activate(ctx: Context, id: string): Stripe.Subscription {
  const { status_details: _, ...before } = must(ctx, 'subscription', id)
  const after = change(ctx, 'subscription', before, { status: 'active' }, 'customer.subscription.updated')
  emit(ctx, 'customer.subscription.resumed', after)
  return after
}

export type Resumption = { id: string; subscription: string; at: number }

/** A paid invoice ends the pause it was made for. */
export function resumeIfPaid(ctx: Context, invoice: string): void {
  const waiting = ctx.store.get<Resumption>('stripe.resumption', invoice)
  if (!waiting) return
  ctx.store.remove('stripe.resumption', invoice)
  if (find(ctx, 'subscription', waiting.subscription)?.status === 'paused') activate(ctx, waiting.subscription)
}
