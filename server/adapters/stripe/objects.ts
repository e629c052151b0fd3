import type { Stripe } from 'stripe'
import type { ListFilter, MirrorKind, StripeObject } from '#modules/billing/ports.ts'
import { answered } from './failure.ts'

type Page = { data: { id: string }[]; has_more: boolean }
/** Where a page begins, and what every list can be narrowed to. */
type Asked = Stripe.PaginationParams & Pick<ListFilter, 'created'>
type Resource = {
  retrieve(stripe: Stripe, id: string): Promise<{ id: string }>
  list(stripe: Stripe, filter: ListFilter, page: Asked): Promise<Page>
}

const only = (filter: ListFilter, ...names: (keyof ListFilter)[]) =>
  Object.fromEntries(names.flatMap((name) => (filter[name] === undefined ? [] : [[name, filter[name]]])))

/** With the coupon and the code behind each discount, so that it can be reckoned and named. */
const discounts = ['discounts.source.coupon', 'discounts.promotion_code']
/** Those of single items, which the invoice does not list; in a list their coupon lies deeper than Stripe expands. */
const itemDiscounts = 'total_discount_amounts.discount.source.coupon'

/** Left out of a price unless asked for; from a subscription they would lie deeper than Stripe expands. */
const priceDetails = ['tiers', 'currency_options']

/** How each kind of the mirror is read, one and many. */
export const resources: Record<MirrorKind, Resource> = {
  customer: {
    retrieve: (stripe, id) => stripe.customers.retrieve(id),
    list: (stripe, _filter, page) => stripe.customers.list(page),
  },
  product: {
    retrieve: (stripe, id) => stripe.products.retrieve(id),
    list: (stripe, _filter, page) => stripe.products.list(page),
  },
  subscription: {
    retrieve: (stripe, id) => stripe.subscriptions.retrieve(id),
    list: (stripe, filter, page) => stripe.subscriptions.list({ ...only(filter, 'customer'), status: 'all', ...page }),
  },
  invoice: {
    retrieve: async (stripe, id) =>
      wholeInvoice(
        stripe,
        answered(await stripe.invoices.retrieve(id, { expand: ['payments', ...discounts, itemDiscounts] })),
      ),
    list: (stripe, filter, page) =>
      stripe.invoices.list({
        ...only(filter, 'customer'),
        ...page,
        expand: ['data.payments', ...discounts.map((path) => `data.${path}`)],
      }),
  },
  charge: {
    retrieve: (stripe, id) => stripe.charges.retrieve(id, { expand: ['balance_transaction'] }),
    list: (stripe, filter, page) =>
      stripe.charges.list({
        ...only(filter, 'customer'),
        ...(filter.paymentIntent ? { payment_intent: filter.paymentIntent } : {}),
        ...page,
        expand: ['data.balance_transaction'],
      }),
  },
  refund: {
    retrieve: (stripe, id) => stripe.refunds.retrieve(id, { expand: ['balance_transaction'] }),
    list: (stripe, filter, page) =>
      stripe.refunds.list({ ...only(filter, 'charge'), ...page, expand: ['data.balance_transaction'] }),
  },
  credit_note: {
    retrieve: (stripe, id) => stripe.creditNotes.retrieve(id),
    list: (stripe, filter, page) => stripe.creditNotes.list({ ...only(filter, 'customer', 'invoice'), ...page }),
  },
  dispute: {
    retrieve: (stripe, id) => stripe.disputes.retrieve(id),
    list: (stripe, filter, page) => stripe.disputes.list({ ...only(filter, 'charge'), ...page }),
  },
  price: {
    retrieve: (stripe, id) => stripe.prices.retrieve(id, { expand: priceDetails }),
    list: (stripe, _filter, page) =>
      stripe.prices.list({ ...page, expand: priceDetails.map((path) => `data.${path}`) }),
  },
  tax_rate: {
    retrieve: (stripe, id) => stripe.taxRates.retrieve(id),
    list: (stripe, _filter, page) => stripe.taxRates.list(page),
  },
}

/** An invoice carries its first ten lines; the explainer needs all of them. */
async function wholeInvoice(stripe: Stripe, invoice: Stripe.Invoice): Promise<Stripe.Invoice> {
  if (!invoice.lines.has_more || !invoice.id) return invoice
  const data: Stripe.InvoiceLineItem[] = []
  for await (const line of stripe.invoices.listLineItems(invoice.id, { limit: 100 })) data.push(line)
  return { ...invoice, lines: { ...invoice.lines, data, has_more: false } }
}

/** Plain JSON: the client's decimals become strings, nothing of the client stays attached, and no NUL reaches the database. */
export function plain(object: unknown): StripeObject {
  const text = JSON.stringify(object)
  const withoutNul = (_name: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '') : value
  return JSON.parse(text, text.includes('\\u0000') ? withoutNul : undefined) as StripeObject
}
