import type { Stripe } from 'stripe'
import { lineList } from '../shapes/invoice.ts'
import { type Context, idOf } from './context.ts'
import { gatherTaxes } from './gather-taxes.ts'
import { taxed } from './taxing.ts'

/** What a draft adds up to. Its lines carry their own discounts and taxes; the customer's balance is applied at finalisation only. */
export function totals(
  ctx: Context,
  invoice: Stripe.Invoice,
  lines: Stripe.InvoiceLineItem[],
): Partial<Stripe.Invoice> {
  const data = taxed(ctx, invoice, lines)
  const own = sum(data.flatMap(ownDiscounts).map(amountOf))
  const subtotal = sum(data.map((line) => line.amount)) - own
  const total_taxes = gatherTaxes(data.flatMap((line) => line.taxes ?? []))
  const exclusive = sum(total_taxes.filter(({ tax_behavior }) => tax_behavior === 'exclusive').map(amountOf))
  const inclusive = sum(total_taxes.filter(({ tax_behavior }) => tax_behavior === 'inclusive').map(amountOf))
  const discounts = data.flatMap((line) => line.discount_amounts ?? [])
  const discounted = subtotal + own - sum(discounts.map(amountOf))
  const total = discounted + exclusive
  const amount_due = Math.max(0, total)
  return {
    subtotal,
    subtotal_excluding_tax: subtotal - inclusive,
    total,
    total_discount_amounts: perDiscount(discounts),
    total_excluding_tax: discounted - inclusive,
    total_taxes,
    amount_due,
    amount_remaining: amount_due,
    lines: lineList(invoice.id, data),
  }
}

/** A draft whose sums are drawn up anew, after something that they depend on has changed. */
export const redrawn = (ctx: Context, draft: Stripe.Invoice): Stripe.Invoice => ({
  ...draft,
  ...totals(ctx, draft, draft.lines.data),
})

/** What a line's own discounts take off it; the subtotal of an invoice is already without that, unlike its own discounts. */
function ownDiscounts(line: Stripe.InvoiceLineItem): Stripe.InvoiceLineItem.DiscountAmount[] {
  const own = new Set(line.discounts.map(idOf))
  return (line.discount_amounts ?? []).filter(({ discount }) => own.has(idOf(discount)))
}

/** One entry per discount over all lines, in the order they first appear. */
function perDiscount(amounts: Stripe.InvoiceLineItem.DiscountAmount[]): Stripe.Invoice.TotalDiscountAmount[] {
  const found = new Map<string, number>()
  for (const { amount, discount } of amounts) found.set(idOf(discount), (found.get(idOf(discount)) ?? 0) + amount)
  return [...found].map(([discount, amount]) => ({ amount, discount }))
}

const amountOf = ({ amount }: { amount: number }) => amount
const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
