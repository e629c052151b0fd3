import type { Stripe } from 'stripe'
import { ApiError, invalid, missing } from '../http/errors.ts'
import { cardPaymentMethod } from '../shapes/payment-method.ts'
import { type TestCard, testCard } from './cards.ts'
import { change, create } from './changes.ts'
import { type Context, find } from './context.ts'
import { cardError } from './charging.ts'

/** A stored payment method, or a new one made from one of Stripe's test tokens (`pm_card_visa`). */
export function methodFrom(ctx: Context, idOrToken: string, param: string): Stripe.PaymentMethod {
  const card = testCard(idOrToken)
  if (card) return newMethod(ctx, card)
  const found = find(ctx, 'payment_method', idOrToken)
  if (!found) throw missing('payment_method', idOrToken, param)
  return found
}

export function newMethod(ctx: Context, card: TestCard): Stripe.PaymentMethod {
  const method = create(ctx, 'payment_method', cardPaymentMethod(ctx, card))
  ctx.store.put('stripe.card_behaviour', method.id, card.behaviour)
  return method
}

/** Attaches a method or token to a customer; cards that decline already refuse here. */
export function attach(
  ctx: Context,
  idOrToken: string,
  customer: string,
  param = 'payment_method',
): Stripe.PaymentMethod {
  const method = methodFrom(ctx, idOrToken, param)
  if (method.customer === customer) return method
  if (method.customer !== null)
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      param,
      'payment_method_unexpected_state',
    )
  const refusal = ctx.store.get<{ attach?: Parameters<typeof cardError>[0] }>(
    'stripe.card_behaviour',
    method.id,
  )?.attach
  if (refusal) throw new ApiError(402, cardError(refusal).body)
  return change(ctx, 'payment_method', method, { customer }, 'payment_method.attached')
}
