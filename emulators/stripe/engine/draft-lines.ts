import type { Stripe } from 'stripe'
import { invalid, missing } from '../http/errors.ts'
import { change } from './changes.ts'
import { type Context, find, idOf, put } from './context.ts'
import { discountLines } from './discounting.ts'
import { lineOf } from './drafting.ts'
import { emit } from './events.ts'
import { totals } from './invoice-totals.ts'
import { itemOf } from './line-items.ts'
import { type DiscountOrder, redeem } from './redeeming.ts'

/** Lines can be added, changed and removed for as long as their invoice is a draft. */
export function refuseFinalized(invoice: Stripe.Invoice): void {
  if (invoice.status === 'draft') return
  const message = 'The specified invoice is not a draft; its lines can no longer be changed.'
  throw invalid(message, 'invoice', 'invoice_not_editable')
}

const withLines = (ctx: Context, invoice: Stripe.Invoice, data: Stripe.InvoiceLineItem[]) =>
  change(ctx, 'invoice', invoice, totals(ctx, invoice, discountLines(ctx, invoice, data)), 'invoice.updated')

/** Redeems discounts for a draft as a whole, in place of those it has. */
export function discountDraft(ctx: Context, invoice: Stripe.Invoice, orders: DiscountOrder[]): Stripe.Invoice {
  refuseFinalized(invoice)
  const { id, currency, subtotal } = invoice
  const customer = idOf(invoice.customer ?? '')
  const known = invoice.discounts.map(idOf)
  const discounts = redeem(ctx, orders, { customer, currency, owner: { invoice: id }, known, amount: subtotal })
  const after = { ...invoice, discounts }
  const patch = { discounts, ...totals(ctx, after, discountLines(ctx, after, invoice.lines.data)) }
  return change(ctx, 'invoice', invoice, patch, 'invoice.updated')
}

/** Puts one more item on a draft. */
export function addToDraft(ctx: Context, invoice: Stripe.Invoice, item: Stripe.InvoiceItem): Stripe.Invoice {
  refuseFinalized(invoice)
  const line = { ...lineOf(ctx, item), invoice: invoice.id }
  return withLines(ctx, invoice, [...invoice.lines.data, line])
}

/** The line of a draft that shows an invoice item follows what became of the item. */
export function redrawLine(ctx: Context, invoice: Stripe.Invoice, item: Stripe.InvoiceItem): Stripe.Invoice {
  refuseFinalized(invoice)
  const data = invoice.lines.data.map((line) =>
    itemOf(line) === item.id ? { ...lineOf(ctx, item), id: line.id, invoice: invoice.id } : line,
  )
  return withLines(ctx, invoice, data)
}

/** Takes lines off a draft; their invoice items are deleted, or wait for another invoice. */
export function removeLines(
  ctx: Context,
  invoice: Stripe.Invoice,
  orders: { id: string; behavior: 'delete' | 'unassign' }[],
): Stripe.Invoice {
  refuseFinalized(invoice)
  for (const { id, behavior } of orders) {
    const item = itemBehind(ctx, lineWith(invoice, id, 'lines'))
    if (behavior === 'delete') deleteItem(ctx, item)
    else {
      put(ctx, 'invoiceitem', { ...item, invoice: null })
    }
  }
  const gone = new Set(orders.map(({ id }) => id))
  const left = invoice.lines.data.filter((line) => !gone.has(line.id))
  return withLines(ctx, invoice, left)
}

/** Takes a deleted invoice item off its draft. */
export function dropItem(ctx: Context, invoice: Stripe.Invoice, item: Stripe.InvoiceItem): void {
  refuseFinalized(invoice)
  deleteItem(ctx, item)
  const left = invoice.lines.data.filter((line) => itemOf(line) !== item.id)
  withLines(ctx, invoice, left)
}

export function deleteItem(ctx: Context, item: Stripe.InvoiceItem): void {
  ctx.store.remove('stripe.invoiceitem', item.id)
  emit(ctx, 'invoiceitem.deleted', item)
}

export function lineWith(invoice: Stripe.Invoice, id: string, param: string): Stripe.InvoiceLineItem {
  const line = invoice.lines.data.find((candidate) => candidate.id === id)
  if (!line) throw missing('invoice line item', id, param)
  return line
}

/** The invoice item behind a line; the plain lines of a subscription have none and are changed on the subscription. */
export function itemBehind(ctx: Context, line: Stripe.InvoiceLineItem): Stripe.InvoiceItem {
  const item = find(ctx, 'invoiceitem', itemOf(line) ?? '')
  if (item) return item
  throw invalid('Lines of a subscription are changed on the subscription, not on its invoice.', 'lines')
}
