import type { DiscountAmount, InvoiceLineFacts } from './facts.ts'

/** What a line's own discounts take off it; the subtotal of its invoice is already without that. */
export function itemDiscounts(line: InvoiceLineFacts): DiscountAmount[] {
  return line.discounts.filter(({ discount }) => line.ownDiscounts?.includes(discount))
}
