import type { Stripe } from 'stripe'
import { invoiceItem } from '../shapes/invoice-line.ts'
import { create } from './changes.ts'
import type { Context } from './context.ts'
import { BILLED, usageLines } from './subscription-lines.ts'

/** Books what metered items used so far in their period as pending invoice items, so that no later invoice asks for it again. */
export function billUsageNow(ctx: Context, subscription: Stripe.Subscription): void {
  const { id, customer, currency, items } = subscription
  const start = items.data[0]?.current_period_start ?? ctx.now
  for (const line of usageLines(ctx, subscription, items.data, { start, end: ctx.now }, true)) {
    if (line.quantity === 0) continue
    const item = line.parent?.subscription_item_details?.subscription_item
    const details = { subscription: id, ...(item === undefined ? {} : { subscription_item: item }) }
    const given = {
      amount: line.amount,
      currency,
      customer,
      description: line.description,
      discounts: line.discounts,
      parent: { type: 'subscription_details' as const, subscription_details: details },
      period: line.period,
      pricing: line.pricing as Stripe.InvoiceItem.Pricing | null,
      quantity: line.quantity ?? 1,
    }
    create(ctx, 'invoiceitem', invoiceItem(ctx, given), 'invoiceitem.created')
  }
  ctx.store.put(BILLED, id, { id, until: ctx.now + 1 })
}
