import type { Stripe } from 'stripe'
import type { Context } from './context.ts'
import { taxIdsOf } from './tax-ids.ts'

/** What an invoice shows of its customer: kept up to date while it is a draft, fixed when it is finalised. */
export function customerFields(ctx: Context, customer: Stripe.Customer): Partial<Stripe.Invoice> {
  return {
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: (customer.shipping ?? null) as Stripe.Invoice.CustomerShipping | null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: taxIdsOf(ctx, customer.id).map(({ type, value }) => ({ type, value })),
  }
}
