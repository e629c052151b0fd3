import type { Stripe } from 'stripe'
import { mergeMetadata } from '../engine/changes.ts'
import { all, by, type Context, idOf, must } from '../engine/context.ts'
import { cancelRefund, changeRefund, refundCharge } from '../engine/refunding.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import { page, paging, within } from '../http/pagination.ts'
import * as p from '../http/params.ts'

function chargeOf(ctx: Context, params: { charge?: string; payment_intent?: string }): Stripe.Charge {
  if (params.charge !== undefined) return must(ctx, 'charge', params.charge, 'charge')
  if (params.payment_intent === undefined) throw p.absent('payment_intent')
  const intent = must(ctx, 'payment_intent', params.payment_intent, 'payment_intent')
  if (intent.latest_charge === null || intent.status !== 'succeeded') {
    throw invalid(
      'This PaymentIntent does not have a successful charge to refund.',
      'payment_intent',
      'payment_intent_unexpected_state',
    )
  }
  return must(ctx, 'charge', idOf(intent.latest_charge), 'charge')
}

export const refunds = [
  endpoint(
    'POST',
    '/v1/refunds',
    {
      amount: p.integer(1),
      charge: p.string(),
      instructions_email: p.string(),
      metadata: p.metadata,
      payment_intent: p.string(),
      reason: p.oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
      refund_application_fee: p.boolean,
      reverse_transfer: p.boolean,
    },
    (ctx, params) => {
      const { amount, reason } = params
      return refundCharge(ctx, chargeOf(ctx, params), { amount, reason, metadata: mergeMetadata({}, params.metadata) })
    },
  ),
  endpoint(
    'GET',
    '/v1/refunds',
    { ...paging, charge: p.string(), payment_intent: p.string(), created: p.range },
    (ctx, params) => {
      const found = params.charge === undefined ? all(ctx, 'refund') : by(ctx, 'refund', 'charge', params.charge)
      const fitting = found.filter(
        (refund) =>
          (params.payment_intent === undefined || refund.payment_intent === params.payment_intent) &&
          within(refund.created, params.created),
      )
      return page(fitting, params, '/v1/refunds')
    },
  ),
  endpoint('GET', '/v1/refunds/:id', {}, (ctx, _, { id }) => must(ctx, 'refund', id)),
  endpoint('POST', '/v1/refunds/:id', { metadata: p.metadata }, (ctx, params, { id }) => {
    const before = must(ctx, 'refund', id)
    return changeRefund(ctx, before, { metadata: mergeMetadata(before.metadata, params.metadata) })
  }),
  endpoint('POST', '/v1/refunds/:id/cancel', {}, (ctx, _, { id }) => {
    return cancelRefund(ctx, must(ctx, 'refund', id))
  }),
]
