import type { Stripe } from 'stripe'
import { invoiceItem, pricing } from '../shapes/invoice-line.ts'
import { create } from './changes.ts'
import { type Context, idOf } from './context.ts'
import { type Debit, debitFor } from './credited-debits.ts'
import { liveDiscounts, netOf } from './discounting.ts'
import { stepOf } from './money.ts'
import { spokenDay } from './periods.ts'
import { isMetered, itemAmount, productName, unitPrice } from './prices.ts'
import { remaining } from './proration.ts'

/** Books pending invoice items for each changed item: the unused time given back, the remaining time at the new rate. */
export function addProrations(
  ctx: Context,
  subscription: Stripe.Subscription,
  old: Stripe.SubscriptionItem[],
  fresh: Stripe.SubscriptionItem[],
  at: number,
): void {
  if (at >= (old[0]?.current_period_end ?? Infinity)) return
  for (const id of new Set([...old, ...fresh].map((item) => item.id))) {
    const before = old.find((item) => item.id === id)
    const after = fresh.find((item) => item.id === id)
    if (before && after && before.price.id === after.price.id && before.quantity === after.quantity) continue
    if (before && !isMetered(before.price)) giveBack(ctx, subscription, before, at)
    if (after && !isMetered(after.price)) askFor(ctx, subscription, after, at)
  }
}

/** Flexible billing gives back part of what was really debited; classic billing what the item costs now, with its last discounts. */
function giveBack(ctx: Context, subscription: Stripe.Subscription, item: Stripe.SubscriptionItem, at: number): void {
  const debit = debitFor(ctx, subscription, item.id, at)
  const flexible = subscription.billing_mode.type === 'flexible'
  if (flexible && !debit) return
  const step = stepOf(subscription.currency)
  const billed = flexible && debit ? debit.billed : currentRate(ctx, subscription, item, debit)
  book(
    ctx,
    subscription,
    item,
    0 - remaining(billed, at, step),
    { start: at, end: billed.end },
    { debit, credits: true },
  )
}

function askFor(ctx: Context, subscription: Stripe.Subscription, item: Stripe.SubscriptionItem, at: number): void {
  const ids = [...item.discounts.map(idOf), ...liveDiscounts(ctx, subscription.discounts)]
  const { current_period_start: start, current_period_end: end } = item
  const full = itemAmount(ctx, item.price, subscription.currency, item.quantity ?? 1)
  const net = netOf(ctx, full, subscription.currency, item.price, ids)
  const amount = remaining({ amount: net, start, end }, at, stepOf(subscription.currency))
  book(ctx, subscription, item, amount, { start: at, end }, { credits: false })
}

function currentRate(
  ctx: Context,
  subscription: Stripe.Subscription,
  item: Stripe.SubscriptionItem,
  debit: Debit | undefined,
) {
  const { current_period_start: start, current_period_end: end } = item
  const { currency } = subscription
  const full = itemAmount(ctx, item.price, currency, item.quantity ?? 1)
  // As long as nothing changed, what was billed is what the item costs, to the last unit of a spread discount.
  if (debit && debit.gross === full && debit.billed.start === start) return debit.billed
  const ids = debit?.discounts ?? [...item.discounts, ...subscription.discounts].map(idOf)
  return { amount: netOf(ctx, full, currency, item.price, ids), start, end }
}

function book(
  ctx: Context,
  subscription: Stripe.Subscription,
  item: Stripe.SubscriptionItem,
  amount: number,
  period: { start: number; end: number },
  { debit, credits }: { debit?: Debit; credits: boolean },
): void {
  const { id, currency, customer } = subscription
  const quantity = item.quantity ?? 1
  const count = quantity === 1 ? '' : `${quantity} × `
  const kind = credits ? 'Unused' : 'Remaining'
  const given = {
    amount,
    currency,
    customer,
    description: `${kind} time on ${count}${productName(ctx, item.price)} after ${spokenDay(period.start)}`,
    discountable: false,
    parent: {
      type: 'subscription_details' as const,
      subscription_details: { subscription: id, subscription_item: item.id },
    },
    period,
    pricing: pricing(item.price, unitPrice(ctx, item.price, currency)),
    proration: true,
    proration_details: { credited_items: debit?.items ?? null, discount_amounts: [] },
    quantity,
  }
  create(ctx, 'invoiceitem', invoiceItem(ctx, given), 'invoiceitem.created')
}
