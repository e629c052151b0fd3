import type { Stripe } from 'stripe'
import { change } from './changes.ts'
import { type Context, find, idOf } from './context.ts'
import { amountOff, couponExtra, couponOf } from './coupons.ts'
import { discountAmounts, type Rebate } from './discount-amounts.ts'
import { stepOf } from './money.ts'
import { endDiscount } from './redeeming.ts'

/** Those discounts of a list that still count now. */
export function liveDiscounts(ctx: Context, ids: (string | Stripe.Discount)[]): string[] {
  return ids.map(idOf).filter((id) => {
    const discount = find(ctx, 'discount', id)
    return discount !== undefined && discount.deleted === undefined && (discount.end === null || ctx.now < discount.end)
  })
}

/** Puts on each line what its own discounts and those of the invoice take off it. */
export function discountLines(
  ctx: Context,
  invoice: Pick<Stripe.Invoice, 'discounts' | 'currency'>,
  lines: Stripe.InvoiceLineItem[],
): Stripe.InvoiceLineItem[] {
  const rebates = (ids: (string | { id: string })[]) => ids.map((id) => rebateOf(ctx, idOf(id), invoice.currency))
  const amounts = discountAmounts(
    lines.map((line) => ({
      amount: line.amount,
      discountable: line.discountable,
      product: line.pricing?.price_details?.product ?? null,
      own: rebates(line.discounts),
    })),
    rebates(invoice.discounts),
    stepOf(invoice.currency),
  )
  return lines.map((line, index) => ({ ...line, discount_amounts: amounts[index] ?? [] }))
}

function rebateOf(ctx: Context, id: string, currency: string): Rebate {
  const discount = find(ctx, 'discount', id)
  if (!discount) throw new Error(`the discount ${id} is lost`)
  const coupon = couponOf(ctx, discount)
  const percent = coupon.percent_off === null ? null : String(coupon.percent_off)
  const amount = percent === null ? (amountOff(ctx, coupon, currency) ?? 0) : null
  return { id, percent, amount, products: couponExtra(ctx, coupon.id).applies_to?.products ?? null }
}

/** What is left of an amount for a price after these discounts, each applied to what the ones before left over. */
export function netOf(ctx: Context, amount: number, currency: string, price: Stripe.Price, ids: string[]): number {
  const line = { amount, discountable: true, product: idOf(price.product), own: [] }
  const rebates = ids.map((id) => rebateOf(ctx, id, currency))
  return (
    amount - (discountAmounts([line], rebates, stepOf(currency))[0] ?? []).reduce((sum, part) => sum + part.amount, 0)
  )
}

/** A coupon for one invoice is done with once it took something off: its discount leaves the subscription. */
export function spendOnce(ctx: Context, invoice: Stripe.Invoice): void {
  const used = new Set(
    invoice.lines.data
      .flatMap((line) => line.discount_amounts ?? [])
      .flatMap(({ amount, discount }) => (amount > 0 ? [idOf(discount)] : [])),
  )
  for (const id of used) {
    const discount = find(ctx, 'discount', id)
    if (discount && discount.deleted === undefined && couponOf(ctx, discount).duration === 'once')
      removeDiscount(ctx, discount)
  }
}

/** Ends a discount and takes it off its subscription or item; what it did on invoices stays. */
export function removeDiscount(ctx: Context, discount: Stripe.Discount): void {
  endDiscount(ctx, discount.id)
  const subscription = discount.subscription === null ? undefined : find(ctx, 'subscription', discount.subscription)
  if (!subscription) return
  const without = (ids: (string | Stripe.Discount)[]) => ids.filter((id) => idOf(id) !== discount.id)
  const data = subscription.items.data.map((item) => ({ ...item, discounts: without(item.discounts) }))
  const patch = { discounts: without(subscription.discounts), items: { ...subscription.items, data } }
  change(ctx, 'subscription', subscription, patch, 'customer.subscription.updated')
}
