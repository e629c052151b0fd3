import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { cancelSubscription } from './canceling.ts'
import { by, type Context, idOf, must } from './context.ts'
import { pendingItems } from './drafting.ts'
import { periodEnd, renew } from './renewing.ts'
import { type ChangeOrder, changeSubscription } from './subscription-change.ts'

type PreviewOrder = { subscription: Stripe.Subscription; change?: ChangeOrder; cancelNow?: boolean; prorate?: boolean }

/** Carries the work of a transaction that must not last back to its caller. */
class Undone extends Error {
  invoice: Stripe.Invoice
  constructor(invoice: Stripe.Invoice) {
    super('preview')
    this.invoice = invoice
  }
}

/** The next invoice as it would be: the change and the renewal are really made, read off, and taken back. */
export function previewInvoice(ctx: Context, order: PreviewOrder): Stripe.Invoice {
  try {
    return ctx.store.transaction(() => {
      throw new Undone(nextInvoice({ ...ctx, forcedDecline: () => undefined }, order))
    })
  } catch (error) {
    if (error instanceof Undone) return error.invoice
    throw error
  }
}

function nextInvoice(ctx: Context, order: PreviewOrder): Stripe.Invoice {
  const { subscription } = order
  const known = new Set(by(ctx, 'invoice', 'customer', idOf(subscription.customer)).map((invoice) => invoice.id))
  const made = () =>
    by(ctx, 'invoice', 'customer', idOf(subscription.customer)).find((invoice) => !known.has(invoice.id))
  if (order.cancelNow === true)
    cancelSubscription(ctx, subscription, { prorate: order.prorate ?? true, invoice_now: true })
  // Whether the change would be paid does not matter to a preview, so nothing is collected.
  else if (order.change)
    changeSubscription(ctx, subscription, { ...order.change, payment_behavior: 'default_incomplete' })
  const at = made() ?? upcoming(ctx, must(ctx, 'subscription', subscription.id), made)
  if (!at) throw invalid('No upcoming invoices for customer', 'subscription', 'invoice_upcoming_none')
  const amount_due = Math.max(0, at.total + at.starting_balance)
  return {
    ...at,
    id: `upcoming_in_${at.id.slice(3)}`,
    number: null,
    status: 'draft',
    billing_reason: at.billing_reason === 'subscription_cycle' ? 'upcoming' : at.billing_reason,
    amount_due,
    amount_remaining: amount_due,
    amount_paid: 0,
    next_payment_attempt: at.automatically_finalizes_at ?? ctx.now,
    lines: { ...at.lines, data: at.lines.data.map((line) => ({ ...line, invoice: null })) },
  }
}

function upcoming(
  ctx: Context,
  subscription: Stripe.Subscription,
  made: () => Stripe.Invoice | undefined,
): Stripe.Invoice | undefined {
  const at = periodEnd(subscription)
  const ends = subscription.cancel_at_period_end || (subscription.cancel_at !== null && subscription.cancel_at <= at)
  if (subscription.status === 'canceled') return undefined
  const pending = pendingItems(ctx, idOf(subscription.customer), subscription.currency, subscription.id)
  if (ends && pending.length === 0) return undefined
  renew({ ...ctx, now: at }, subscription)
  return made()
}
