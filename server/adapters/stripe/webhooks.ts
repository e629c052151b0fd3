import { Stripe } from 'stripe'
import type { StripeEvent, StripeObject } from '#modules/billing/ports.ts'
import { plain } from './objects.ts'

const toleranceSeconds = 300

/** What we ask to hear of: everything the mirror holds. */
export const listenedTo: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = [
  'billing_portal.session.created',
  'charge.captured',
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.funds_reinstated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.updated',
  'charge.expired',
  'charge.failed',
  'charge.pending',
  'charge.refund.updated',
  'charge.refunded',
  'charge.succeeded',
  'charge.updated',
  'credit_note.created',
  'credit_note.updated',
  'credit_note.voided',
  'customer.created',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.pending_update_applied',
  'customer.subscription.pending_update_expired',
  'customer.subscription.resumed',
  'customer.subscription.trial_will_end',
  'customer.subscription.updated',
  'customer.updated',
  'invoice.created',
  'invoice.deleted',
  'invoice.finalization_failed',
  'invoice.finalized',
  'invoice.marked_uncollectible',
  'invoice.overdue',
  'invoice.overpaid',
  'invoice.paid',
  'invoice.payment_action_required',
  'invoice.payment_failed',
  'invoice.payment_succeeded',
  'invoice.sent',
  'invoice.updated',
  'invoice.voided',
  'invoice_payment.paid',
  'price.created',
  'price.deleted',
  'price.updated',
  'product.created',
  'product.deleted',
  'product.updated',
  'refund.created',
  'refund.failed',
  'refund.updated',
  'tax_rate.created',
  'tax_rate.updated',
]

/** The event behind these bytes, or null when the signature is not good for them. `now` is epoch ms. */
export function readWebhook(raw: Buffer, signature: string, secret: string, now: number): StripeEvent | null {
  try {
    return presentEvent(Stripe.webhooks.constructEvent(raw, signature, secret, toleranceSeconds, undefined, now))
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError) return null
    throw error
  }
}

const listened = new Set<string>(listenedTo)

export const isListenedTo = ({ type }: Stripe.Event): boolean => listened.has(type)

export function presentEvent(event: Stripe.Event): StripeEvent | null {
  const payload = plain(event)
  const object = (payload.data as { object?: unknown } | undefined)?.object
  const isWhole =
    typeof payload.id === 'string' && typeof payload.type === 'string' && typeof object === 'object' && object !== null
  if (!isWhole) return null
  return {
    id: payload.id,
    type: String(payload.type),
    apiVersion: typeof payload.api_version === 'string' ? payload.api_version : null,
    created: Number(payload.created) || 0,
    object: object as StripeObject,
    payload,
  }
}
