import type { Stripe } from 'stripe'
import { charge as chargeShape } from '../shapes/charge.ts'
import { ApiError } from '../http/errors.ts'
import { refuseUneven } from './amount-steps.ts'
import { appoint } from './appointments.ts'
import { asksCardholder, awaitCardholder, rememberSetup } from './authenticating.ts'
import { move, processingFee } from './balance.ts'
import { type Behaviour, type Decline, DECLINES } from './cards.ts'
import { change, create } from './changes.ts'
import { type Context, idOf, must } from './context.ts'
import { plantDispute } from './disputing.ts'
import { warn } from './fraud-warnings.ts'
import { minimumCharge, spoken } from './money.ts'
import { creditInvoice } from './paying.ts'
import { HELD_FOR } from './releasing.ts'

export function behaviourOf(ctx: Context, paymentMethod: string): Behaviour {
  return ctx.store.get<Behaviour>('stripe.card_behaviour', paymentMethod) ?? {}
}

/** Refuses an amount that cannot be charged: under the minimum, or with decimals that no network takes. */
export function refuseUnchargeable(amount: number, currency: string): void {
  refuseUneven(amount, currency, 'amount')
  const minimum = minimumCharge(currency)
  if (amount >= minimum) return
  const message = `Amount must be at least ${spoken(minimum, currency)} ${currency}`
  throw new ApiError(400, { message, code: 'amount_too_small', param: 'amount' })
}

/** How a payment is tried: with the customer away, with the cardholder's word given, where the browser returns to. */
export type Trying = {
  offSession?: boolean
  refuseAction?: boolean
  authenticated?: boolean
  returnUrl?: string | null
}

/**
 * Tries to charge the intent's payment method once. Returns the intent: succeeded, requires_capture, requires_action,
 * or back to requires_payment_method.
 */
export function attemptPayment(ctx: Context, intent: Stripe.PaymentIntent, how: Trying = {}): Stripe.PaymentIntent {
  const method = must(ctx, 'payment_method', idOf(intent.payment_method ?? ''), 'payment_method')
  const behaviour = behaviourOf(ctx, method.id)
  const asks = how.authenticated !== true && asksCardholder(behaviour, how.offSession === true)
  if (asks && how.refuseAction !== true) return awaitCardholder(ctx, intent, how.returnUrl ?? null)
  const unasked = asks ? DECLINES.authentication_required : undefined
  const decline = ctx.forcedDecline() ?? unasked ?? behaviour.charge ?? expired(ctx, method)
  const charge = create(ctx, 'charge', chargeShape(ctx, intent, method, decline))
  if (decline) return declined(ctx, intent, charge, decline, method)
  if (!charge.captured) {
    emitAfter(ctx, 'charge.succeeded', charge, {})
    appoint(ctx, 'capture_limit', intent.id, ctx.now + HELD_FOR)
    const patch = {
      next_action: null,
      status: 'requires_capture',
      amount_capturable: intent.amount,
      latest_charge: charge.id,
    } as const
    return change(ctx, 'payment_intent', intent, patch, 'payment_intent.amount_capturable_updated')
  }
  const done = collect(ctx, charge, charge.amount, 'charge.succeeded')
  const paid = settleIntent(ctx, intent, done)
  if (intent.setup_future_usage) rememberSetup(ctx, method.id)
  if (intent.setup_future_usage && intent.customer !== null && method.customer === null) {
    change(ctx, 'payment_method', method, { customer: intent.customer as string }, 'payment_method.attached')
  }
  if (behaviour.warning) warn(ctx, done)
  if (behaviour.dispute) plantDispute(ctx, done, behaviour.dispute)
  return paid
}

/** Captures an authorised charge, all or part of it; the rest is released. */
export function capture(ctx: Context, intent: Stripe.PaymentIntent, amount: number): Stripe.PaymentIntent {
  const held = must(ctx, 'charge', idOf(intent.latest_charge ?? ''), 'charge')
  const released = held.amount - amount
  const charge = collect(ctx, { ...held, amount_refunded: released }, amount, 'charge.captured')
  return settleIntent(ctx, intent, charge)
}

function collect(ctx: Context, charge: Stripe.Charge, amount: number, event: string): Stripe.Charge {
  const { currency, description } = charge
  const fee = processingFee(ctx, amount, currency)
  const movement = move(ctx, {
    type: 'charge',
    category: 'charge',
    source: charge.id,
    amount,
    currency,
    description,
    fee,
  })
  return emitAfter(ctx, event, charge, { balance_transaction: movement.id, captured: true, amount_captured: amount })
}

/** Stores the charge's final state and announces it whole, without `previous_attributes`: the event is its first. */
function emitAfter(ctx: Context, event: string, charge: Stripe.Charge, patch: Partial<Stripe.Charge>): Stripe.Charge {
  return create(ctx, 'charge', { ...charge, ...patch }, event)
}

function settleIntent(ctx: Context, intent: Stripe.PaymentIntent, charge: Stripe.Charge): Stripe.PaymentIntent {
  const amount = charge.amount_captured
  const done = create(
    ctx,
    'payment_intent',
    {
      ...intent,
      status: 'succeeded',
      amount_received: amount,
      amount_capturable: 0,
      latest_charge: charge.id,
      last_payment_error: null,
      next_action: null,
    },
    'payment_intent.succeeded',
  )
  creditInvoice(ctx, done)
  return done
}

function declined(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  decline: Decline,
  method: Stripe.PaymentMethod,
) {
  emitAfter(ctx, 'charge.failed', charge, {})
  const error = {
    ...cardError(decline).body,
    charge: charge.id,
    payment_method: method,
  } as Stripe.PaymentIntent['last_payment_error']
  const patch = {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    latest_charge: charge.id,
    last_payment_error: error,
  } as const
  return create(ctx, 'payment_intent', { ...intent, ...patch }, 'payment_intent.payment_failed')
}

/** Stripe's 402 for a declined card; what was tried stays on record. */
export function cardError(decline: Decline, intent?: Stripe.PaymentIntent): ApiError {
  const { code, decline_code, message } = decline
  const about = intent ? { charge: idOf(intent.latest_charge ?? ''), payment_intent: intent } : {}
  const body = {
    type: 'card_error' as const,
    code,
    message,
    ...about,
    ...(decline_code === null ? {} : { decline_code }),
  }
  return new ApiError(402, body, intent !== undefined)
}

/** The decline that a failed intent carries, as the error its caller gets. */
export function lastError(intent: Stripe.PaymentIntent): ApiError {
  const error = intent.last_payment_error
  return cardError(
    { code: error?.code ?? 'card_declined', decline_code: error?.decline_code ?? null, message: error?.message ?? '' },
    intent,
  )
}

function expired(ctx: Context, method: Stripe.PaymentMethod): Decline | undefined {
  const card = method.card
  if (!card) return undefined
  const end = Date.UTC(card.exp_year, card.exp_month, 1) / 1000
  return ctx.now >= end ? DECLINES.expired_card : undefined
}
