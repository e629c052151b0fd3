import type { Stripe } from 'stripe'
import { mergeMetadata } from './changes.ts'
import { couponOf } from './coupons.ts'
import { type Context, find, idOf, must } from './context.ts'
import { liveDiscounts } from './discounting.ts'
import { lastEnd } from './ending-schedules.ts'
import { orderItem } from './ordering-items.ts'
import { sameInterval } from './periods.ts'
import type { DiscountOrder } from './redeeming.ts'
import { subscribe } from './subscribing.ts'
import { changeSubscription, type ChangeOrder } from './subscription-change.ts'

type Schedule = Stripe.SubscriptionSchedule
type Phase = Stripe.SubscriptionSchedule.Phase

/** Makes the subscription of a schedule's first phase; its first invoice stays a draft for an hour. */
export function beginSubscription(ctx: Context, schedule: Schedule, phase: Phase): Stripe.Subscription {
  addExtras(ctx, schedule, phase)
  const { end_behavior, billing_mode } = schedule
  return subscribe(ctx, {
    customer: idOf(schedule.customer),
    items: phase.items.map((item) => itemOrder(ctx, item, [])),
    currency: phase.currency,
    discounts: discountOrders(ctx, phase.discounts, []),
    metadata: phase.metadata,
    payment_behavior: 'draft',
    trialEnd: phase.trial_end ?? undefined,
    given: {
      ...settingsOf(schedule, phase),
      billing_mode: { type: billing_mode.type, flexible: billing_mode.flexible },
      cancel_at: end_behavior === 'cancel' ? lastEnd(schedule) : null,
      schedule: schedule.id,
    },
  })
}

/**
 * Changes the subscription of a running schedule to what the phase says, with the phase's prorations unless told otherwise. At the end
 * of a period nothing is left to prorate, and the renewal that is due then bills the new items.
 */
export function enterPhase(
  ctx: Context,
  schedule: Schedule,
  phase: Phase,
  how: { fresh: boolean; prorations: Stripe.SubscriptionSchedule.Phase.ProrationBehavior },
): Stripe.Subscription {
  if (how.fresh) addExtras(ctx, schedule, phase)
  const before = must(ctx, 'subscription', idOf(schedule.subscription ?? ''))
  const period = before.items.data[0]
  const atEnd = period !== undefined && ctx.now >= period.current_period_end
  const trial = phase.trial_end !== null && phase.trial_end > ctx.now && phase.trial_end !== before.trial_end
  const restart = how.fresh && anchorOf(schedule, phase) === 'phase_start'
  return changeSubscription(ctx, before, {
    items: itemChanges(ctx, before, phase),
    discounts: discountOrders(ctx, phase.discounts, before.discounts),
    proration_behavior: atEnd ? 'none' : (how.prorations as ChangeOrder['proration_behavior']),
    restart: restart && !trial,
    // A trial that ends as the interval changes must not leave the new period free.
    endTrial: before.status === 'trialing' && atEnd && !trial && (restart || hasNewInterval(ctx, before, phase)),
    trialUntil: trial ? (phase.trial_end ?? undefined) : undefined,
    given: { ...settingsOf(schedule, phase), metadata: mergeMetadata(before.metadata, phase.metadata ?? {}) },
  })
}

const anchorOf = (schedule: Schedule, phase: Phase) =>
  phase.billing_cycle_anchor ?? schedule.default_settings.billing_cycle_anchor

function hasNewInterval(ctx: Context, before: Stripe.Subscription, phase: Phase): boolean {
  const was = before.items.data[0]?.price.recurring
  const is = find(ctx, 'price', idOf(phase.items[0]?.price ?? ''))?.recurring
  return !was || !is || !sameInterval(was, is)
}

/** What a phase sets on its subscription besides items, discounts and metadata. */
function settingsOf({ default_settings: fallback }: Schedule, phase: Phase): Partial<Stripe.Subscription> {
  const days = phase.invoice_settings?.days_until_due ?? fallback.invoice_settings.days_until_due
  const collection_method = phase.collection_method ?? fallback.collection_method ?? 'charge_automatically'
  return {
    collection_method,
    days_until_due: collection_method === 'send_invoice' ? (days ?? 30) : null,
    default_payment_method: phase.default_payment_method ?? fallback.default_payment_method,
    default_tax_rates: phase.default_tax_rates ?? [],
    description: phase.description ?? fallback.description,
  }
}

/** One-time charges that come with a phase wait for its invoice. */
function addExtras(ctx: Context, schedule: Schedule, phase: Phase): void {
  const customer = must(ctx, 'customer', idOf(schedule.customer), 'customer')
  const subscription = schedule.subscription === null ? undefined : idOf(schedule.subscription)
  for (const { price, quantity, metadata } of phase.add_invoice_items)
    orderItem(
      ctx,
      customer,
      {
        currency: phase.currency,
        pricing: { price: idOf(price) },
        quantity: quantity ?? 1,
        metadata,
        period: { start: phase.start_date, end: phase.end_date },
      },
      { subscription },
    )
}

/** Items whose price stays keep their id; the others go, and what is new comes. */
function itemChanges(ctx: Context, before: Stripe.Subscription, phase: Phase): ChangeOrder['items'] {
  const wanted = (id: string) => phase.items.find(({ price }) => idOf(price) === id)
  const old = before.items.data.map((item) => {
    const next = wanted(item.price.id)
    return next ? { id: item.id, ...itemOrder(ctx, next, item.discounts) } : { id: item.id, deleted: true }
  })
  const known = new Set(before.items.data.map(({ price }) => price.id))
  const fresh = phase.items.filter(({ price }) => !known.has(idOf(price)))
  return [...old, ...fresh.map((item) => itemOrder(ctx, item, []))]
}

function itemOrder(ctx: Context, item: Stripe.SubscriptionSchedule.Phase.Item, known: (string | Stripe.Discount)[]) {
  const { price, quantity, metadata, discounts } = item
  return {
    price: idOf(price),
    ...(quantity === undefined ? {} : { quantity }),
    ...(metadata ? { metadata } : {}),
    discounts: discountOrders(ctx, discounts, known),
  }
}

/** A coupon that already counts goes on counting; it is not redeemed a second time. */
function discountOrders(
  ctx: Context,
  asked: Stripe.SubscriptionSchedule.Phase.Discount[],
  known: (string | Stripe.Discount)[],
): DiscountOrder[] {
  const live = liveDiscounts(ctx, known).flatMap((id) => find(ctx, 'discount', id) ?? [])
  return asked.map(({ coupon, promotion_code: code }) => {
    const kept = live.find((discount) =>
      code === null ? couponOf(ctx, discount).id === idOf(coupon ?? '') : discount.promotion_code === idOf(code),
    )
    if (kept) return { discount: kept.id }
    return code === null ? { coupon: idOf(coupon ?? '') } : { promotion_code: idOf(code) }
  })
}
