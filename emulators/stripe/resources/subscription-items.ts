import type { Stripe } from 'stripe'
import { type Context, must } from '../engine/context.ts'
import { changeSubscription } from '../engine/subscription-change.ts'
import { endpoint } from '../http/endpoint.ts'
import { missing } from '../http/errors.ts'
import { page, paging } from '../http/pagination.ts'
import * as p from '../http/params.ts'
import { discountParams } from '../params/discount-params.ts'

/** An item lives in its subscription; the owner is remembered by the item's id. */
function owned(ctx: Context, id: string): { item: Stripe.SubscriptionItem; subscription: Stripe.Subscription } {
  const owner = ctx.store.get<{ subscription: string }>('stripe.item_owner', id)
  const subscription = owner && must(ctx, 'subscription', owner.subscription)
  const item = subscription?.items.data.find((candidate) => candidate.id === id)
  if (!subscription || !item) throw missing('subscription_item', id, 'id')
  return { item, subscription }
}

export const subscriptionItems = [
  endpoint('GET', '/v1/subscription_items', { ...paging, subscription: p.needed(p.string()) }, (ctx, params) => {
    const { items } = must(ctx, 'subscription', params.subscription, 'subscription')
    return page(items.data, params, '/v1/subscription_items')
  }),
  endpoint('GET', '/v1/subscription_items/:id', {}, (ctx, _, { id }) => owned(ctx, id).item),
  endpoint(
    'POST',
    '/v1/subscription_items/:id',
    {
      discounts: discountParams,
      metadata: p.metadata,
      off_session: p.boolean,
      payment_behavior: p.oneOf(
        'allow_incomplete',
        'default_incomplete',
        'error_if_incomplete',
        'pending_if_incomplete',
      ),
      price: p.string(),
      proration_behavior: p.oneOf('create_prorations', 'always_invoice', 'none'),
      proration_date: p.integer(0),
      quantity: p.integer(0),
    },
    (ctx, { discounts, metadata, price, quantity, proration_behavior, proration_date, payment_behavior }, { id }) => {
      const { subscription } = owned(ctx, id)
      const items = [{ id, discounts, metadata, price, quantity }]
      changeSubscription(ctx, subscription, { items, proration_behavior, proration_date, payment_behavior, given: {} })
      return owned(ctx, id).item
    },
  ),
]
