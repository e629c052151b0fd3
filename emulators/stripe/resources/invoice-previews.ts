import type { Stripe } from 'stripe'
import { by, type Context, must } from '../engine/context.ts'
import { previewInvoice } from '../engine/previewing.ts'
import { endpoint } from '../http/endpoint.ts'
import { invalid } from '../http/errors.ts'
import * as p from '../http/params.ts'
import { discountParams } from '../params/discount-params.ts'

function subscriptionFor(ctx: Context, params: { customer?: string; subscription?: string }): Stripe.Subscription {
  if (params.subscription !== undefined) return must(ctx, 'subscription', params.subscription, 'subscription')
  if (params.customer === undefined) throw p.absent('customer')
  const live = by(ctx, 'subscription', 'customer', params.customer).find(({ status }) =>
    ['active', 'trialing', 'past_due'].includes(status),
  )
  if (!live) throw invalid('No upcoming invoices for customer', 'customer', 'invoice_upcoming_none')
  return live
}

export const invoicePreviews = [
  endpoint(
    'POST',
    '/v1/invoices/create_preview',
    {
      customer: p.string(),
      discounts: discountParams,
      subscription: p.string(),
      subscription_details: p.object({
        billing_cycle_anchor: p.object({ type: p.needed(p.oneOf('now', 'unchanged')) }),
        cancel_at_period_end: p.boolean,
        cancel_now: p.boolean,
        items: p.list(
          p.object({
            id: p.string(),
            discounts: discountParams,
            deleted: p.boolean,
            metadata: p.metadata,
            price: p.string(),
            quantity: p.integer(0),
          }),
        ),
        proration_behavior: p.oneOf('create_prorations', 'always_invoice', 'none'),
        proration_date: p.integer(0),
      }),
    },
    (ctx, params) => {
      const subscription = subscriptionFor(ctx, params)
      const {
        cancel_now,
        cancel_at_period_end: atEnd,
        billing_cycle_anchor: anchor,
        ...rest
      } = params.subscription_details ?? {}
      const given = atEnd === undefined ? {} : { cancel_at_period_end: atEnd }
      const change = { ...rest, discounts: params.discounts, restart: anchor?.type === 'now', given }
      return previewInvoice(ctx, {
        subscription,
        change,
        cancelNow: cancel_now,
        prorate: rest.proration_behavior !== 'none',
      })
    },
  ),
]
