import type { Stripe } from 'stripe'

/** The invoice item that an invoice line shows, if it shows one. */
export function itemOf(line: Stripe.InvoiceLineItem): string | undefined {
  const { invoice_item_details: own, subscription_item_details: subscription } = line.parent ?? {}
  return own?.invoice_item ?? subscription?.invoice_item ?? undefined
}
