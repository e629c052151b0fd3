import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { change } from './changes.ts'
import { collect } from './collecting.ts'
import { type Context, idOf } from './context.ts'
import { finalize, methodFor } from './finalizing.ts'
import { attach, methodFrom } from './payment-methods.ts'
import { markPaid } from './paying.ts'

/** Pays an invoice on request: outside Stripe, with a given method, or with the usual one. */
export function payInvoice(
  ctx: Context,
  before: Stripe.Invoice,
  params: { payment_method?: string; paid_out_of_band?: boolean },
): Stripe.Invoice {
  const invoice = before.status === 'draft' ? finalize(ctx, before) : before
  if (before.status === 'paid') throw invalid('Invoice is already paid', undefined, 'invoice_already_paid')
  if (invoice.status === 'paid') return invoice
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
    throw invalid(`Invoices with status ${invoice.status} cannot be paid.`, undefined, 'invoice_not_payable')
  if (params.paid_out_of_band === true) {
    const amount = invoice.amount_remaining
    const outside = change(ctx, 'invoice', invoice, { amount_paid_off_stripe: amount })
    return markPaid(ctx, outside, amount)
  }
  const owner = idOf(invoice.customer ?? '')
  const asked =
    params.payment_method === undefined ? undefined : methodFrom(ctx, params.payment_method, 'payment_method')
  const method = asked && asked.customer === null ? attach(ctx, asked.id, owner) : asked
  if (method && method.customer !== owner)
    throw invalid('The payment method must belong to the customer of the invoice.', 'payment_method')
  const { invoice: after, error } = collect(ctx, invoice, method?.id ?? methodFor(ctx, invoice), false)
  if (error) throw error
  return after
}
