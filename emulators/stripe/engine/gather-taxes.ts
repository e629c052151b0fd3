import type { Stripe } from 'stripe'

/** The taxes of all lines, one entry per tax rate in the order they first appear. */
export function gatherTaxes(taxes: Stripe.InvoiceLineItem.Tax[]): Stripe.Invoice.TotalTax[] {
  const found = new Map<string, Stripe.Invoice.TotalTax>()
  for (const tax of taxes) {
    const key = `${tax.tax_rate_details?.tax_rate} ${tax.taxability_reason}`
    const so = found.get(key)
    const taxable_amount = (so?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0)
    found.set(key, { ...tax, amount: (so?.amount ?? 0) + tax.amount, taxable_amount })
  }
  return [...found.values()]
}
