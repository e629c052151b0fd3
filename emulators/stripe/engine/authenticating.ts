import type { Stripe } from 'stripe'
import { ApiError, invalid } from '../http/errors.ts'
import type { Behaviour } from './cards.ts'
import { create } from './changes.ts'
import { type Context, idOf } from './context.ts'
import { token } from './ids.ts'

/** Whether the cardholder is asked; a card that was set up for later is left alone while the customer is away. */
export function asksCardholder(behaviour: Behaviour, offSession: boolean): boolean {
  if (behaviour.authenticate === undefined) return false
  return !(behaviour.authenticate === 'unless_setup' && behaviour.setUp === true && offSession)
}

/** The card may now be charged while the customer is away. */
export function rememberSetup(ctx: Context, method: string): void {
  const behaviour = ctx.store.get<Behaviour>('stripe.card_behaviour', method)
  if (behaviour?.authenticate !== undefined)
    ctx.store.put('stripe.card_behaviour', method, { ...behaviour, setUp: true })
}

/** What the customer's browser has to do next: go to a page, or let Stripe's script open it. */
export function nextAction(intent: string, return_url: string | null): Stripe.PaymentIntent.NextAction {
  const url = `https://hooks.stripe.com/authenticate/${intent}`
  if (return_url !== null) return { type: 'redirect_to_url', redirect_to_url: { return_url, url } }
  const details = { type: 'three_d_secure_redirect', stripe_js: url, source: `src_${token(24)}` }
  return { type: 'use_stripe_sdk', use_stripe_sdk: details as Stripe.PaymentIntent.NextAction.UseStripeSdk }
}

/** The intent waits for the cardholder. */
export function awaitCardholder(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  return_url: string | null,
): Stripe.PaymentIntent {
  const next_action = nextAction(intent.id, return_url)
  const waiting = { ...intent, status: 'requires_action' as const, next_action }
  return create(ctx, 'payment_intent', waiting, 'payment_intent.requires_action')
}

const REFUSED =
  'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.'

/** The cardholder has refused or given up: another payment method is needed. */
export function refuseAuthentication(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): Stripe.PaymentIntent {
  const error = { type: 'invalid_request_error', code: 'payment_intent_authentication_failure', message: REFUSED }
  const patch = {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: { ...error, payment_method: method } as Stripe.PaymentIntent.LastPaymentError,
  } as const
  return create(ctx, 'payment_intent', { ...intent, ...patch }, 'payment_intent.payment_failed')
}

export function mustAwait(intent: { id: string; status: string }): void {
  if (intent.status !== 'requires_action') throw invalid(`${intent.id} does not wait for its cardholder.`, 'id')
}

/** What paying an invoice answers when the cardholder has to act first; the attempt stays on record. */
export function needsAction(intent: Stripe.PaymentIntent): ApiError {
  const message =
    'This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.'
  const about = { payment_intent: intent, payment_method: idOf(intent.payment_method ?? '') }
  return new ApiError(
    402,
    { type: 'card_error', code: 'invoice_payment_intent_requires_action', message, ...about },
    true,
  )
}
