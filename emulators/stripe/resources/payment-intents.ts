import type { Stripe } from 'stripe'
import { refuseUneven } from '../engine/amount-steps.ts'
import { attemptPayment, capture, lastError, refuseUnchargeable } from '../engine/charging.ts'
import { change, create, mergeMetadata } from '../engine/changes.ts'
import { all, by, type Context, idOf, must } from '../engine/context.ts'
import { isSupported } from '../engine/money.ts'
import { paymentOf } from '../engine/paying.ts'
import { methodFrom } from '../engine/payment-methods.ts'
import { cancelIntent } from '../engine/releasing.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { paymentIntent } from '../shapes/payment-intent.ts'
import { live } from './customers.ts'

const shared = {
  description: p.clearable(p.string(1000)),
  metadata: p.metadata,
  payment_method: p.string(),
  receipt_email: p.clearable(p.string()),
  setup_future_usage: p.clearable(p.oneOf('off_session', 'on_session')),
  statement_descriptor: p.string(22),
  statement_descriptor_suffix: p.string(22),
}
const automatic = p.object({ enabled: p.needed(p.boolean), allow_redirects: p.oneOf('always', 'never') })

/** The method to pay with: the intent's customer must own it, or nobody. */
function method(ctx: Context, id: string | undefined, customer: string | null): string | null {
  if (id === undefined) return null
  const found = methodFrom(ctx, id, 'payment_method')
  if (found.customer === null || found.customer === customer) return found.id
  throw invalid(
    'The PaymentMethod belongs to a customer; please include that Customer in the `customer` parameter on the PaymentIntent.',
    'payment_method',
    'payment_method_unexpected_state',
  )
}

type Confirming = { off_session?: boolean; error_on_requires_action?: boolean; return_url?: string }

function confirm(ctx: Context, intent: Stripe.PaymentIntent, how: Confirming): Stripe.PaymentIntent {
  if (intent.payment_method === null) {
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      undefined,
      'payment_intent_unexpected_state',
    )
  }
  const refuseAction = how.off_session === true || how.error_on_requires_action === true
  const after = attemptPayment(ctx, intent, { offSession: how.off_session, refuseAction, returnUrl: how.return_url })
  if (after.status === 'requires_payment_method') throw lastError(after)
  return after
}

export const paymentIntents = [
  endpoint(
    'POST',
    '/v1/payment_intents',
    {
      ...shared,
      amount: p.needed(p.integer(1)),
      currency: p.needed(p.currency),
      automatic_payment_methods: automatic,
      capture_method: p.oneOf('automatic', 'automatic_async', 'manual'),
      confirm: p.boolean,
      confirmation_method: p.oneOf('automatic', 'manual'),
      customer: p.string(),
      error_on_requires_action: p.boolean,
      off_session: p.boolean,
      return_url: p.string(),
    },
    (ctx, params) => {
      const { amount, currency } = params
      if (!isSupported(currency)) throw invalid(`Invalid currency: ${currency}.`, 'currency')
      refuseUnchargeable(amount, currency)
      const customer = params.customer === undefined ? null : live(ctx, params.customer, 'customer').id
      const chosen = method(ctx, params.payment_method, customer)
      const intent = create(
        ctx,
        'payment_intent',
        paymentIntent(ctx, {
          amount,
          currency,
          customer,
          automatic_payment_methods: params.automatic_payment_methods ?? null,
          capture_method: params.capture_method ?? 'automatic',
          description: params.description ?? null,
          metadata: mergeMetadata({}, params.metadata),
          payment_method: chosen,
          receipt_email: params.receipt_email ?? null,
          setup_future_usage: params.setup_future_usage ?? null,
          statement_descriptor: params.statement_descriptor ?? null,
          status: chosen === null ? 'requires_payment_method' : 'requires_confirmation',
        }),
        'payment_intent.created',
      )
      if (params.confirm === true) return confirm(ctx, intent, params)
      const only = (['off_session', 'error_on_requires_action', 'return_url'] as const).find((name) => name in params)
      if (only) throw invalid(`\`${only}\` can only be given together with \`confirm=true\`.`, only)
      return intent
    },
  ),
  endpoint('GET', '/v1/payment_intents', { ...paging, customer: p.string(), created: p.range }, (ctx, params) => {
    const found =
      params.customer === undefined
        ? all(ctx, 'payment_intent')
        : by(ctx, 'payment_intent', 'customer', params.customer)
    return page(
      found.filter(({ created }) => within(created, params.created)),
      params,
      '/v1/payment_intents',
    )
  }),
  endpoint('GET', '/v1/payment_intents/:id', { client_secret: p.string() }, (ctx, _, { id }) =>
    must(ctx, 'payment_intent', id),
  ),
  endpoint(
    'POST',
    '/v1/payment_intents/:id',
    { ...shared, amount: p.integer(1), currency: p.currency, customer: p.string() },
    (ctx, { metadata, payment_method, ...given }, { id }) => {
      const before = open(ctx, id, 'update')
      refuseDefault(ctx, before, 'updated')
      if (given.amount !== undefined || given.currency !== undefined)
        refuseUnchargeable(given.amount ?? before.amount, given.currency ?? before.currency)
      const customer = given.customer ?? (before.customer === null ? null : idOf(before.customer))
      const chosen = method(ctx, payment_method, customer)
      const picked = chosen === null ? {} : { payment_method: chosen, status: 'requires_confirmation' as const }
      return change(ctx, 'payment_intent', before, {
        ...given,
        ...picked,
        metadata: mergeMetadata(before.metadata, metadata),
      })
    },
  ),
  endpoint(
    'POST',
    '/v1/payment_intents/:id/confirm',
    {
      error_on_requires_action: p.boolean,
      payment_method: p.string(),
      off_session: p.boolean,
      return_url: p.string(),
      receipt_email: p.string(),
      setup_future_usage: shared.setup_future_usage,
    },
    (ctx, params, { id }) => {
      const before = open(ctx, id, 'confirm')
      const chosen = method(ctx, params.payment_method, before.customer === null ? null : idOf(before.customer))
      return confirm(ctx, { ...before, payment_method: chosen ?? before.payment_method }, params)
    },
  ),
  endpoint(
    'POST',
    '/v1/payment_intents/:id/capture',
    { amount_to_capture: p.integer(1), final_capture: p.boolean },
    (ctx, params, { id }) => {
      const before = must(ctx, 'payment_intent', id)
      if (before.status !== 'requires_capture') throw unexpected(before, 'captured', 'requires_capture')
      const amount = params.amount_to_capture ?? before.amount_capturable
      if (amount > before.amount_capturable)
        throw invalid(
          'The amount to capture is greater than the amount you can capture.',
          'amount_to_capture',
          'amount_too_large',
        )
      refuseUneven(amount, before.currency, 'amount_to_capture')
      return capture(ctx, before, amount)
    },
  ),
  endpoint(
    'POST',
    '/v1/payment_intents/:id/cancel',
    { cancellation_reason: p.oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') },
    (ctx, params, { id }) => {
      const before = must(ctx, 'payment_intent', id)
      if (before.status === 'succeeded' || before.status === 'canceled') {
        throw unexpected(
          before,
          'canceled',
          'requires_payment_method, requires_capture, requires_confirmation, requires_action, processing',
        )
      }
      refuseDefault(ctx, before, 'canceled')
      return cancelIntent(ctx, before, params.cancellation_reason ?? null)
    },
  ),
]

/** The intent of an invoice's default payment belongs to the invoice. */
function refuseDefault(ctx: Context, intent: Stripe.PaymentIntent, done: string): void {
  if (paymentOf(ctx, intent.id)?.is_default !== true) return
  const message = `This PaymentIntent is the default payment of an invoice and cannot be ${done} directly.`
  throw invalid(message, undefined, 'payment_intent_unexpected_state')
}

const OPEN = ['requires_payment_method', 'requires_confirmation', 'requires_action']

function open(ctx: Context, id: string, verb: string): Stripe.PaymentIntent {
  const intent = must(ctx, 'payment_intent', id)
  if (OPEN.includes(intent.status)) return intent
  throw invalid(
    `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    undefined,
    'payment_intent_unexpected_state',
  )
}

function unexpected(intent: Stripe.PaymentIntent, done: string, wanted: string) {
  const message = `This PaymentIntent could not be ${done} because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${done}: ${wanted}.`
  return invalid(message, undefined, 'payment_intent_unexpected_state')
}
