import type { Stripe } from 'stripe'
import { by, type Context, find, idOf } from './context.ts'
import type { Billed } from './proration.ts'

type CreditedItems = Stripe.InvoiceItem.ProrationDetails.CreditedItems
/** What billed an item for a moment: after discounts, before them, with the discounts it used. */
export type Debit = { billed: Billed; gross: number; discounts: string[]; items: CreditedItems }

/** The newest debit that billed this item for the moment in question, on an invoice or still pending. */
export function debitFor(ctx: Context, subscription: Stripe.Subscription, item: string, at: number): Debit | undefined {
  const customer = idOf(subscription.customer)
  const pending = by(ctx, 'invoiceitem', 'customer', customer).findLast(
    (other) =>
      other.invoice === null &&
      other.parent?.subscription_details?.subscription_item === item &&
      other.proration_details?.credited_items == null &&
      covers(other.period, at),
  )
  if (pending) {
    const billed = { amount: pending.amount, ...pending.period }
    const discounts = (pending.proration_details?.discount_amounts ?? []).map(({ discount }) => idOf(discount))
    return { billed, gross: pending.amount, discounts, items: { type: 'invoice_item', invoice_item: pending.id } }
  }
  for (const invoice of by(ctx, 'invoice', 'customer', customer).toReversed()) {
    if (invoice.status === 'void') continue
    const lines = debitLines(ctx, invoice, item, at)
    if (lines.length > 0) return ofLines(invoice, lines)
  }
  return undefined
}

const covers = (period: { start: number; end: number }, at: number) => period.start <= at && at <= period.end

/** The lines of the newest debit on an invoice: tiers make several lines of one debit, over the same span. */
function debitLines(ctx: Context, invoice: Stripe.Invoice, item: string, at: number): Stripe.InvoiceLineItem[] {
  const mine = invoice.lines.data.filter(
    (line) => billedItem(ctx, line) === item && line.amount >= 0 && !isCredit(line) && covers(line.period, at),
  )
  const newest = mine.at(-1)
  return mine.filter(({ period }) => period.start === newest?.period.start && period.end === newest.period.end)
}

function isCredit({ parent }: Stripe.InvoiceLineItem): boolean {
  const details = parent?.subscription_item_details ?? parent?.invoice_item_details
  return details?.proration_details?.credited_items != null
}

function ofLines(invoice: Stripe.Invoice, lines: Stripe.InvoiceLineItem[]): Debit | undefined {
  const used = lines.flatMap((line) => line.discount_amounts ?? [])
  const gross = lines.reduce((sum, line) => sum + line.amount, 0)
  const amount = gross - used.reduce((sum, part) => sum + part.amount, 0)
  const [first] = lines
  if (!first) return undefined
  return {
    billed: { amount, ...first.period },
    gross,
    discounts: [...new Set(used.map(({ discount }) => idOf(discount)))],
    items: {
      type: 'invoice_line_items',
      invoice_line_item_details: { invoice: invoice.id, invoice_line_items: lines.map(({ id }) => id) },
    },
  }
}

/** The subscription item behind a line; a classic proration line names only its invoice item. */
function billedItem(ctx: Context, line: Stripe.InvoiceLineItem): string | undefined {
  const own = line.parent?.subscription_item_details?.subscription_item
  if (own !== undefined) return own
  const source = line.parent?.invoice_item_details?.invoice_item
  return source === undefined || source === null
    ? undefined
    : find(ctx, 'invoiceitem', source)?.parent?.subscription_details?.subscription_item
}
