import type { Stripe } from 'stripe'
import { mustAwait, refuseAuthentication } from './authenticating.ts'
import { attemptPayment } from './charging.ts'
import { type Context, idOf, must } from './context.ts'

/** The cardholder has approved or refused: the payment goes on, and may still be declined, or needs another card. */
export function authenticatePayment(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  approved: boolean,
): Stripe.PaymentIntent {
  mustAwait(intent)
  if (approved) return attemptPayment(ctx, intent, { authenticated: true })
  const method = must(ctx, 'payment_method', idOf(intent.payment_method ?? ''), 'payment_method')
  return refuseAuthentication(ctx, intent, method)
}
