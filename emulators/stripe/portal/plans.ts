import type { Stripe } from 'stripe'
import { change } from '../engine/changes.ts'
import { type Context, find, idOf } from '../engine/context.ts'
import { itemAmount } from '../engine/prices.ts'
import { periodAfter } from '../engine/periods.ts'
import { phasesOf } from '../engine/schedule-phases.ts'
import { planSchedule } from '../engine/scheduling.ts'
import { changeSubscription } from '../engine/subscription-change.ts'
import { invalid } from '../http/errors.ts'
import type { PortalView } from './view.ts'

type Update = Stripe.BillingPortal.Configuration.Features.SubscriptionUpdate
type Plan = { item: Stripe.SubscriptionItem; price: Stripe.Price; quantity: number | undefined }

/** The prices a customer may choose for a subscription: those the configuration lists in its currency; none where it has several items. */
export function offeredPrices(
  ctx: Context,
  { features }: Stripe.BillingPortal.Configuration,
  { items, currency }: Stripe.Subscription,
): Stripe.Price[] {
  const { enabled, default_allowed_updates: allowed, products } = features.subscription_update
  if (!enabled || items.data.length !== 1) return []
  const current = items.data[0]?.price
  const ids = allowed.includes('price') ? (products ?? []).flatMap(({ prices }) => prices) : []
  const others = ids.flatMap((id) => find(ctx, 'price', id) ?? [])
  const fitting = others.filter((price) => price.active && price.currency === currency && price.id !== current?.id)
  return current ? [current, ...fitting] : []
}

/** What a form asks for, if the configuration offers it. */
export function wantedPlan(
  ctx: Context,
  { configuration }: PortalView,
  subscription: Stripe.Subscription,
  asked: { price: string | null; quantity: string | null },
): Plan {
  const item = subscription.items.data[0]
  const offered = offeredPrices(ctx, configuration, subscription)
  const price = offered.find(({ id }) => id === (asked.price ?? item?.price.id))
  if (!item || !price) throw invalid('This plan is not offered here.')
  const may = configuration.features.subscription_update.default_allowed_updates.includes('quantity')
  if (!may || asked.quantity === null) return { item, price, quantity: item.quantity }
  if (!/^[1-9]\d{0,5}$/.test(asked.quantity)) throw invalid('The quantity must be a whole number, at least 1.')
  return { item, price, quantity: Number(asked.quantity) }
}

/** Changes the plan at once, or as the period ends where the configuration says so of such changes. */
export function changePlan(ctx: Context, before: Stripe.Subscription, plan: Plan, how: Update): void {
  const { item, price, quantity } = plan
  if (how.schedule_at_period_end.conditions.some(({ type }) => meets(ctx, type, plan, before.currency)))
    return changeAtEnd(ctx, before, plan)
  changeSubscription(ctx, before, {
    items: [{ id: item.id, price: price.id, ...(quantity === undefined ? {} : { quantity }) }],
    proration_behavior: how.proration_behavior as 'always_invoice' | 'create_prorations' | 'none',
    payment_behavior: 'error_if_incomplete',
    given: {},
  })
}

function meets(ctx: Context, condition: string, { item, price, quantity }: Plan, currency: string): boolean {
  const costs = (of: Stripe.Price, count: number | undefined) => itemAmount(ctx, of, currency, count ?? 0)
  if (condition === 'decreasing_item_amount') return costs(price, quantity) < costs(item.price, item.quantity)
  const length = ({ recurring }: Stripe.Price) => (recurring ? periodAfter(0, recurring, 1) : 0)
  return condition === 'shortening_interval' && length(price) < length(item.price)
}

function changeAtEnd(ctx: Context, before: Stripe.Subscription, { price, quantity }: Plan): void {
  const schedule = planSchedule(ctx, { from_subscription: before.id })
  const discounts = before.discounts.length === 0 ? {} : { discounts: codesOf(schedule) }
  const items = [{ price: price.id, ...(quantity === undefined ? {} : { quantity }) }]
  const next = phasesOf(ctx, [{ items, ...discounts }], schedule.phases[0]?.end_date ?? ctx.now)
  const phases = [...schedule.phases, ...next]
  change(ctx, 'subscription_schedule', schedule, { phases }, 'subscription_schedule.updated')
}

/** What was redeemed for the subscription goes on in its next phase. */
function codesOf({ phases }: Stripe.SubscriptionSchedule) {
  return (phases[0]?.discounts ?? []).map(({ coupon, promotion_code: code }) =>
    code === null ? { coupon: coupon === null ? undefined : idOf(coupon) } : { promotion_code: idOf(code) },
  )
}
