import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { change } from './changes.ts'
import { by, type Context, find, idOf } from './context.ts'
import { moveBalance } from './customer-balance.ts'
import { dropDefault } from './paying.ts'

/** An invoice was a mistake: nothing is collected any more, and what the customer's balance gave to it goes back. */
export function voidInvoice(ctx: Context, invoice: Stripe.Invoice): Stripe.Invoice {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalid(
      `You can only pass in open or uncollectible invoices. This invoice isn't open or uncollectible.`,
      'invoice',
    )
  }
  if (invoice.amount_paid > 0)
    throw invalid('You cannot void an invoice that has been partially paid; issue a credit note instead.', 'invoice')
  dropDefault(ctx, invoice, 'void_invoice')
  returnBalance(ctx, invoice)
  const transitions = { ...invoice.status_transitions, voided_at: ctx.now }
  const patch = { status: 'void', next_payment_attempt: null, status_transitions: transitions } as const
  return change(ctx, 'invoice', invoice, patch, 'invoice.voided')
}

/** Nobody expects an invoice to be paid any more; it still can be. */
export function writeOff(
  ctx: Context,
  invoice: Stripe.Invoice,
  reason: 'max_payment_attempts' | 'subscription_paused' | 'user_forgiven' = 'user_forgiven',
): Stripe.Invoice {
  if (invoice.status !== 'open') throw invalid('You can only mark open invoices as uncollectible.')
  const transitions = { ...invoice.status_transitions, marked_uncollectible_at: ctx.now }
  const patch = {
    status: 'uncollectible',
    status_details: { uncollectible: { reason } },
    next_payment_attempt: null,
    status_transitions: transitions,
  } as const
  return change(ctx, 'invoice', invoice, patch, 'invoice.marked_uncollectible')
}

function returnBalance(ctx: Context, { id, customer, currency }: Stripe.Invoice): void {
  const moved = by(ctx, 'customer_balance_transaction', 'invoice', id).filter(
    ({ type }) => type === 'applied_to_invoice' || type === 'unapplied_from_invoice',
  )
  const amount = 0 - moved.reduce((sum, entry) => sum + entry.amount, 0)
  const owner = find(ctx, 'customer', idOf(customer ?? ''))
  if (amount !== 0 && owner && !('deleted' in owner))
    moveBalance(ctx, owner.id, { amount, currency, invoice: id, type: 'unapplied_from_invoice' })
}
