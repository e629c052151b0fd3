import * as z from 'zod'
import type { SubscriptionFacts, SubscriptionItemFacts, SubscriptionSource } from './facts.ts'
import { flag, metadata, read, ref, whole, text, type Read } from './mirror-object.ts'
import { Price, priceDetail } from './mirror-price.ts'

const Item = z
  .object({
    id: z.string(),
    quantity: z.int().nullish(),
    current_period_start: z.int(),
    current_period_end: z.int(),
    price: Price,
  })
  .transform((raw): SubscriptionItemFacts => ({
    id: raw.id,
    price: raw.price.id,
    product: raw.price.product,
    nickname: raw.price.nickname,
    currency: raw.price.currency,
    unitAmount: raw.price.unit_amount ?? undefined,
    interval: raw.price.recurring?.interval,
    intervalCount: raw.price.recurring?.interval_count ?? 1,
    metered: raw.price.recurring?.usage_type === 'metered',
    quantity: raw.quantity ?? undefined,
    periodStart: raw.current_period_start,
    periodEnd: raw.current_period_end,
    detail: priceDetail(raw.price),
  }))

const Subscription = z.object({
  object: z.literal('subscription'),
  id: z.string(),
  customer: ref,
  status: z.string(),
  currency: z.string(),
  created: z.int(),
  start_date: whole,
  canceled_at: whole,
  cancel_at: whole,
  cancel_at_period_end: flag,
  ended_at: whole,
  trial_end: whole,
  pause_collection: z.object({ behavior: z.string() }).nullish(),
  latest_invoice: ref,
  collection_method: text,
  discounts: z.array(z.unknown()).nullish(),
  items: z.object({ data: z.array(Item) }),
  metadata,
})

/** `sourceKey` is the metadata key that marks a subscription sold elsewhere; a value we do not know counts as a partner's. */
export function subscriptionFacts(json: unknown, sourceKey = 'mainstay_source'): Read<SubscriptionFacts> {
  const result = read(Subscription, 'subscription', json)
  if (!result.ok) return result
  const raw = result.facts
  return {
    ok: true,
    facts: {
      id: raw.id,
      customer: raw.customer,
      status: raw.status,
      currency: raw.currency,
      created: raw.created,
      startedAt: raw.start_date ?? raw.created,
      canceledAt: raw.canceled_at,
      cancelAt: raw.cancel_at,
      cancelAtPeriodEnd: raw.cancel_at_period_end,
      endedAt: raw.ended_at,
      trialEnd: raw.trial_end,
      pausedCollection: raw.pause_collection?.behavior,
      latestInvoice: raw.latest_invoice,
      collection: raw.collection_method ?? 'charge_automatically',
      discounted: (raw.discounts ?? []).length > 0,
      source: sourceOf(raw.metadata[sourceKey]),
      items: raw.items.data,
      metadata: raw.metadata,
    },
  }
}

function sourceOf(value: string | undefined): SubscriptionSource {
  switch (value) {
    case undefined:
    case '':
    case 'stripe':
      return 'stripe'
    case 'apple':
    case 'google':
    case 'invoice':
      return value
    default:
      return 'partner'
  }
}
