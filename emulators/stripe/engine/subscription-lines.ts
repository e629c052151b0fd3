import type { Stripe } from 'stripe'
import { invoiceLine, pricing } from '../shapes/invoice-line.ts'
import type { Context } from './context.ts'
import { liveDiscounts } from './discounting.ts'
import { share, stepOf, times } from './money.ts'
import { isMetered, lineWords, priceParts, productName } from './prices.ts'
import type { PricePart } from './tiers.ts'
import { itemUsage } from './usage.ts'

/** Up to which second the usage of a subscription has been billed before its period ended, e.g. when it was paused. */
export const BILLED = 'stripe.usage_billed'

type Span = { start: number; end: number }

/** The plain lines of a subscription for one period, in advance: each licensed item in full, or free while trialing. */
export function periodLines(
  ctx: Context,
  subscription: Stripe.Subscription,
  items: Stripe.SubscriptionItem[],
  trial = false,
): Stripe.InvoiceLineItem[] {
  return items
    .filter(({ price }) => !isMetered(price))
    .flatMap((item) => {
      const span = { start: item.current_period_start, end: item.current_period_end }
      const quantity = item.quantity ?? 1
      if (!trial)
        return priceParts(ctx, item.price, subscription.currency, quantity).map((part) =>
          lineOf(ctx, subscription, item, part, span),
        )
      const free = lineOf(ctx, subscription, item, { quantity, unit: '0', tier: null, flat: false }, span)
      return [{ ...free, description: `Trial period for ${productName(ctx, item.price)}` }]
    })
}

/** What the metered items used in a span, billed in arrears; `inclusive` when nothing after the span's last second will be billed. */
export function usageLines(
  ctx: Context,
  subscription: Stripe.Subscription,
  items: Stripe.SubscriptionItem[],
  asked: Span,
  inclusive = false,
): Stripe.InvoiceLineItem[] {
  const billed = ctx.store.get<{ until: number }>(BILLED, subscription.id)?.until ?? 0
  const span = { start: Math.min(Math.max(asked.start, billed), asked.end), end: asked.end }
  return items
    .filter(({ price }) => isMetered(price))
    .flatMap((item) => {
      const used = itemUsage(ctx, subscription.customer, item.price, { ...span, end: span.end + (inclusive ? 1 : 0) })
      return priceParts(ctx, item.price, subscription.currency, used).map((part) =>
        lineOf(ctx, subscription, item, part, span),
      )
    })
}

/** The first, shortened period up to a chosen anchor: each licensed item's share of a full one. */
export function stubLines(
  ctx: Context,
  subscription: Stripe.Subscription,
  items: Stripe.SubscriptionItem[],
  full: Span,
): Stripe.InvoiceLineItem[] {
  return periodLines(ctx, subscription, items).map((line) => {
    const amount = share(line.amount, full.end - line.period.start, full.end - full.start, stepOf(line.currency))
    const details = line.parent?.subscription_item_details
    const parent = details
      ? { ...line.parent, subscription_item_details: { ...details, proration: true } }
      : line.parent
    return { ...line, amount, subtotal: amount, parent: parent as Stripe.InvoiceLineItem.Parent }
  })
}

function lineOf(
  ctx: Context,
  subscription: Stripe.Subscription,
  item: Stripe.SubscriptionItem,
  part: PricePart,
  period: Span,
): Stripe.InvoiceLineItem {
  const { currency, id, metadata } = subscription
  return invoiceLine({
    amount: times(part.unit, part.quantity, stepOf(currency)),
    currency,
    description: lineWords(ctx, item.price, currency, part),
    discounts: liveDiscounts(ctx, item.discounts),
    metadata,
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: id,
        subscription_item: item.id,
      },
    },
    period,
    pricing: pricing(item.price, part.unit),
    quantity: part.quantity,
    subscription: id,
  })
}
