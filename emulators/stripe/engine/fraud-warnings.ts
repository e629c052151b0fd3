import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { change, create } from './changes.ts'
import { by, type Context, idOf } from './context.ts'
import { newId } from './ids.ts'

/** The card's bank reports a charge as fraud before anybody disputes it. */
export function warn(
  ctx: Context,
  charge: Stripe.Charge,
  fraud_type = 'made_with_stolen_card',
): Stripe.Radar.EarlyFraudWarning {
  if (!charge.paid) throw invalid('Only a paid charge can be reported.', 'charge')
  if (by(ctx, 'radar.early_fraud_warning', 'charge', charge.id).length > 0)
    throw invalid('The charge has been reported already.', 'charge')
  const warning: Stripe.Radar.EarlyFraudWarning = {
    id: newId('radar.early_fraud_warning'),
    object: 'radar.early_fraud_warning',
    actionable: !charge.refunded && !charge.disputed,
    charge: charge.id,
    created: ctx.now,
    fraud_type,
    livemode: false,
    ...(charge.payment_intent === null ? {} : { payment_intent: idOf(charge.payment_intent) }),
  }
  return create(ctx, 'radar.early_fraud_warning', warning, 'radar.early_fraud_warning.created')
}

/** A warning about a charge that is fully refunded or disputed can no longer be acted on. */
export function settleWarnings(ctx: Context, charge: Stripe.Charge): void {
  if (!charge.refunded && !charge.disputed) return
  for (const warning of by(ctx, 'radar.early_fraud_warning', 'charge', charge.id)) {
    if (warning.actionable)
      change(ctx, 'radar.early_fraud_warning', warning, { actionable: false }, 'radar.early_fraud_warning.updated')
  }
}
