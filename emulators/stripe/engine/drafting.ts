import type { Stripe } from 'stripe'
import { invoice as invoiceShape } from '../shapes/invoice.ts'
import { invoiceLine } from '../shapes/invoice-line.ts'
import { create } from './changes.ts'
import { by, type Context, find, idOf, must, put } from './context.ts'
import { customerFields } from './customer-fields.ts'
import { discountLines, liveDiscounts, spendOnce } from './discounting.ts'
import { totals } from './invoice-totals.ts'

/** Invoice items not yet on an invoice: those of the subscription, and the customer's own that belong to none. */
export function pendingItems(
  ctx: Context,
  customer: string,
  currency: string,
  subscription: string | null,
): Stripe.InvoiceItem[] {
  return by(ctx, 'invoiceitem', 'customer', customer).filter((item) => {
    const owner = item.parent?.subscription_details?.subscription ?? null
    return item.invoice === null && item.currency === currency && (owner === null || owner === subscription)
  })
}

/** Drafts wait this long before they are finalised and collected, in seconds. */
export const DRAFT_WAIT = 3600

type DraftGiven = Partial<Stripe.Invoice> & { currency: string }

/** Makes a draft invoice of these lines and takes the given pending items onto it. */
export function draftInvoice(
  ctx: Context,
  customer: Stripe.Customer,
  given: DraftGiven,
  lines: Stripe.InvoiceLineItem[],
  items: Stripe.InvoiceItem[],
): Stripe.Invoice {
  const fresh = invoiceShape(ctx, customer, {
    ...customerFields(ctx, customer),
    discounts: inherited(ctx, given),
    ...given,
  })
  const plain = [...items.map((item) => lineOf(ctx, item)), ...lines].map((line) => ({ ...line, invoice: fresh.id }))
  const all = discountLines(ctx, fresh, plain)
  for (const item of items) put(ctx, 'invoiceitem', { ...item, invoice: fresh.id })
  const invoice = create(ctx, 'invoice', { ...fresh, ...totals(ctx, fresh, all) }, 'invoice.created')
  spendOnce(ctx, invoice)
  if (customer.currency !== given.currency && customer.balance === 0) {
    const now = find(ctx, 'customer', customer.id)
    if (now) put(ctx, 'customer', { ...now, currency: given.currency })
  }
  return invoice
}

/** Notes on a subscription, as it is now, that this is its newest invoice. */
export function becomeLatest(ctx: Context, subscription: string, invoice: Stripe.Invoice): Stripe.Subscription {
  const now = must(ctx, 'subscription', subscription)
  put(ctx, 'subscription', { ...now, latest_invoice: invoice.id })
  return must(ctx, 'subscription', subscription)
}

/** An invoice takes the discounts of its subscription over, as far as they still run. */
function inherited(ctx: Context, { parent }: DraftGiven): string[] {
  const owner = parent?.subscription_details?.subscription
  const subscription = owner === undefined ? undefined : find(ctx, 'subscription', idOf(owner))
  return subscription ? liveDiscounts(ctx, subscription.discounts) : []
}

/** An invoice item as a line of an invoice. */
export function lineOf(ctx: Context, item: Stripe.InvoiceItem): Stripe.InvoiceLineItem {
  return invoiceLine({
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    discounts: item.discounts ?? [],
    metadata: item.metadata ?? {},
    parent: parentOf(ctx, item),
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    subscription: item.parent?.subscription_details?.subscription ?? null,
  })
}

/** Prorations of a flexible subscription show as lines of its item; all else shows as lines of the invoice item. */
function parentOf(ctx: Context, item: Stripe.InvoiceItem): Stripe.InvoiceLineItem.Parent {
  const owner = item.parent?.subscription_details
  const credited = item.proration_details?.credited_items?.invoice_line_item_details ?? null
  const proration_details = item.proration ? { credited_items: credited } : null
  const subscription = owner?.subscription ?? null
  const flexible = subscription !== null && find(ctx, 'subscription', subscription)?.billing_mode.type === 'flexible'
  if (item.proration && flexible && owner?.subscription_item !== undefined) {
    const details = {
      invoice_item: item.id,
      proration: true,
      proration_details,
      subscription,
      subscription_item: owner.subscription_item,
    }
    return { type: 'subscription_item_details', subscription_item_details: details, invoice_item_details: null }
  }
  const details = { invoice_item: item.id, proration: item.proration, proration_details, subscription }
  return { type: 'invoice_item_details', invoice_item_details: details, subscription_item_details: null }
}

/** The subscription an invoice was made for. */
export function subscriptionOf(invoice: Stripe.Invoice): string | null {
  const owner = invoice.parent?.subscription_details?.subscription
  return owner === undefined ? null : idOf(owner)
}

export const subscriptionParent = (subscription: Stripe.Subscription): Stripe.Invoice.Parent => ({
  type: 'subscription_details',
  quote_details: null,
  subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
})
