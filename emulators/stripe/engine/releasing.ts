import type { Stripe } from 'stripe'
import { change, create } from './changes.ts'
import { type Context, find, idOf, must } from './context.ts'
import { closePayment, paymentOf } from './paying.ts'

/** How long an authorisation is held before the bank takes it back, in seconds. */
export const HELD_FOR = 7 * 86_400

/** Ends an intent that has not succeeded; what it held is released, and the invoice it was to pay waits for it no more. */
export function cancelIntent(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  const lapsed = reason === 'automatic'
  const held = intent.status === 'requires_capture' ? must(ctx, 'charge', idOf(intent.latest_charge ?? '')) : undefined
  const released = { amount_refunded: held?.amount ?? 0, refunded: true }
  if (held) change(ctx, 'charge', held, released, lapsed ? 'charge.expired' : 'charge.refunded')
  const payment = paymentOf(ctx, intent.id)
  if (payment?.status === 'open') closePayment(ctx, payment)
  const patch = {
    status: 'canceled',
    canceled_at: ctx.now,
    cancellation_reason: reason,
    amount_capturable: 0,
    next_action: null,
  } as const
  return create(ctx, 'payment_intent', { ...intent, ...patch }, 'payment_intent.canceled')
}

/** Nobody captured in time. */
export function lapse(ctx: Context, id: string): void {
  const intent = find(ctx, 'payment_intent', id)
  if (intent?.status === 'requires_capture') cancelIntent(ctx, intent, 'automatic')
}
