import type { Stripe } from 'stripe'
import { ApiError, invalid } from '../http/errors.ts'
import { asksCardholder, mustAwait, nextAction, rememberSetup } from './authenticating.ts'
import { behaviourOf, cardError } from './charging.ts'
import { create } from './changes.ts'
import { type Context, idOf, must } from './context.ts'
import { attach } from './payment-methods.ts'

/** Confirms a setup intent: the card is kept for later, declines, or its cardholder has to act. */
export function confirmSetup(ctx: Context, intent: Stripe.SetupIntent, return_url: string | null): Stripe.SetupIntent {
  const { payment_method: method } = intent
  if (method === null)
    throw invalid(
      "You cannot confirm this SetupIntent because it's missing a payment method.",
      undefined,
      'setup_intent_unexpected_state',
    )
  const behaviour = behaviourOf(ctx, idOf(method))
  if (!asksCardholder(behaviour, false)) return finish(ctx, intent)
  const next_action = nextAction(intent.id, return_url) as Stripe.SetupIntent.NextAction
  return create(
    ctx,
    'setup_intent',
    { ...intent, status: 'requires_action', next_action },
    'setup_intent.requires_action',
  )
}

/** The cardholder has approved or refused what a setup intent waits for. */
export function authenticateSetup(ctx: Context, intent: Stripe.SetupIntent, approved: boolean): Stripe.SetupIntent {
  mustAwait(intent)
  if (approved) return finish(ctx, intent)
  const message = 'The provided PaymentMethod has failed authentication.'
  return fail(ctx, intent, { code: 'setup_intent_authentication_failure', message })
}

function finish(ctx: Context, intent: Stripe.SetupIntent): Stripe.SetupIntent {
  const method = must(ctx, 'payment_method', idOf(intent.payment_method ?? ''), 'payment_method')
  const declined = behaviourOf(ctx, method.id).attach
  if (declined) {
    const failed = fail(ctx, intent, cardError(declined).body)
    throw new ApiError(402, { ...cardError(declined).body, setup_intent: failed }, true)
  }
  if (intent.customer !== null) attach(ctx, method.id, idOf(intent.customer))
  rememberSetup(ctx, method.id)
  const done = { ...intent, status: 'succeeded' as const, next_action: null, last_setup_error: null }
  return create(ctx, 'setup_intent', done, 'setup_intent.succeeded')
}

function fail(ctx: Context, intent: Stripe.SetupIntent, why: { code?: string; message: string }): Stripe.SetupIntent {
  const patch = {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_setup_error: { type: 'card_error', ...why } as Stripe.SetupIntent.LastSetupError,
  } as const
  return create(ctx, 'setup_intent', { ...intent, ...patch }, 'setup_intent.setup_failed')
}
