import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { refuseUneven } from './amount-steps.ts'
import { appoint, cancelAppointment } from './appointments.ts'
import { behaviourOf } from './charging.ts'
import { move } from './balance.ts'
import { change, create } from './changes.ts'
import { by, type Context, idOf, must } from './context.ts'
import { blocksRefund, satisfyInquiry } from './disputing.ts'
import { emit } from './events.ts'
import { settleWarnings } from './fraud-warnings.ts'
import { newId } from './ids.ts'
import { spoken } from './money.ts'

type RefundOrder = { amount?: number; reason?: Stripe.Refund['reason']; metadata?: Stripe.Metadata }
/** How long a test card that delays or fails its refunds takes to do so, in seconds of the clock. */
const OUTCOME_AFTER = 86_400
/** How long a customer may take to say where a refund shall go, in seconds. */
const ANSWER_WITHIN = 45 * 86_400

/** Gives money of a captured charge back to its card. Refuses more than remains, and charges held by a dispute. */
export function refundCharge(ctx: Context, charge: Stripe.Charge, order: RefundOrder): Stripe.Refund {
  const amount = refundable(ctx, charge, order.amount)
  const outcome = behaviourOf(ctx, charge.payment_method ?? '').refund
  const id = newId('refund')
  const movement = move(ctx, {
    type: 'refund',
    category: 'refund',
    source: id,
    amount: -amount,
    currency: charge.currency,
    description: charge.description === null ? 'REFUND FOR CHARGE' : `REFUND FOR CHARGE (${charge.description})`,
  })
  const refund = create(
    ctx,
    'refund',
    {
      id,
      object: 'refund',
      amount,
      balance_transaction: movement.id,
      charge: charge.id,
      created: ctx.now,
      currency: charge.currency,
      customer: charge.customer,
      customer_account: null,
      destination_details: {
        card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
        type: 'card',
      },
      metadata: order.metadata ?? {},
      payment_intent: charge.payment_intent,
      payment_method: charge.payment_method,
      reason: order.reason ?? null,
      receipt_number: null,
      source_transfer_reversal: null,
      status: outcome === 'pends' ? 'pending' : outcome === 'asks' ? 'requires_action' : 'succeeded',
      transfer_reversal: null,
      ...(outcome === 'pends' ? { pending_reason: 'processing' } : {}),
      ...(outcome === 'asks' ? { next_action: askForDetails(ctx, charge) } : {}),
    },
    'refund.created',
  )
  applyToCharge(ctx, charge, amount, 'charge.refunded')
  if (outcome) appoint(ctx, 'refund_outcome', id, ctx.now + (outcome === 'asks' ? ANSWER_WITHIN : OUTCOME_AFTER))
  return refund
}

function askForDetails(ctx: Context, charge: Stripe.Charge): Stripe.Refund.NextAction {
  const email_sent = { email_sent_at: ctx.now, email_sent_to: charge.billing_details.email ?? 'customer@example.com' }
  return { type: 'display_details', display_details: { email_sent, expires_at: ctx.now + ANSWER_WITHIN } }
}

function refundable(ctx: Context, charge: Stripe.Charge, asked: number | undefined): number {
  const { id, currency } = charge
  if (!charge.paid) throw invalid(`Charge ${id} has failed and cannot be refunded.`, 'charge', 'charge_not_refundable')
  if (!charge.captured)
    throw invalid(
      `Charge ${id} has not been captured; cancel its PaymentIntent instead.`,
      'charge',
      'charge_not_captured',
    )
  if (blocksRefund(ctx, charge))
    throw invalid(`Charge ${id} has been charged back; cannot issue a refund.`, 'charge', 'charge_disputed')
  const left = charge.amount - charge.amount_refunded
  if (left === 0) throw invalid(`Charge ${id} has already been refunded.`, 'charge', 'charge_already_refunded')
  const amount = asked ?? left
  refuseUneven(amount, currency, 'amount')
  if (amount > left) {
    throw invalid(
      `Refund amount (${spoken(amount, currency)}) is greater than unrefunded amount on charge (${spoken(left, currency)})`,
      'amount',
    )
  }
  return amount
}

function applyToCharge(ctx: Context, charge: Stripe.Charge, amount: number, event: string): void {
  const amount_refunded = charge.amount_refunded + amount
  const refunded = amount_refunded === charge.amount
  const after = change(ctx, 'charge', charge, { amount_refunded, refunded }, event)
  settleWarnings(ctx, after)
  if (refunded) satisfyInquiry(ctx, after)
}

export const completeRefund = (ctx: Context, refund: Stripe.Refund): Stripe.Refund =>
  changeRefund(ctx, refund, { status: 'succeeded', pending_reason: undefined, next_action: undefined })

/** Takes back a refund that still waits for the customer. */
export function cancelRefund(ctx: Context, refund: Stripe.Refund): Stripe.Refund {
  if (refund.status !== 'requires_action')
    throw invalid(`Refunds in status ${refund.status} cannot be canceled; only refunds that require action can be.`)
  cancelAppointment(ctx, 'refund_outcome', refund.id)
  return changeRefund(ctx, refund, { status: 'canceled', ...bringBack(ctx, refund) })
}

/** What a delaying or failing test card had in mind for its refund comes true. */
export function endRefund(ctx: Context, id: string): void {
  const refund = must(ctx, 'refund', id)
  const outcome = behaviourOf(ctx, String(refund.payment_method)).refund
  if (outcome === 'pends' && refund.status === 'pending') completeRefund(ctx, refund)
  if (outcome === 'asks' && refund.status === 'requires_action') failRefund(ctx, refund, 'expired_or_canceled_card')
  if (outcome === 'fails' && refund.status === 'succeeded') failRefund(ctx, refund, 'expired_or_canceled_card')
}

/** The bank sends a refund back: the money returns to the account and can be refunded again. */
export function failRefund(ctx: Context, refund: Stripe.Refund, reason: string): Stripe.Refund {
  if (refund.status === 'failed' || refund.status === 'canceled')
    throw invalid('The refund has already ended.', 'refund')
  cancelAppointment(ctx, 'refund_outcome', refund.id)
  const failed = changeRefund(ctx, refund, { status: 'failed', failure_reason: reason, ...bringBack(ctx, refund) })
  emit(ctx, 'refund.failed', failed)
  return failed
}

/** The money of a refund that came to nothing returns to the account, and the charge may be refunded again. */
function bringBack(ctx: Context, refund: Stripe.Refund): Partial<Stripe.Refund> {
  const { id, amount, currency } = refund
  const kind = 'refund_failure'
  const back = move(ctx, { type: kind, category: kind, source: id, amount, currency, description: 'REFUND FAILURE' })
  applyToCharge(ctx, must(ctx, 'charge', idOf(refund.charge ?? ''), 'charge'), -amount, 'charge.updated')
  return { failure_balance_transaction: back.id, pending_reason: undefined, next_action: undefined }
}

export function changeRefund(ctx: Context, refund: Stripe.Refund, patch: Partial<Stripe.Refund>): Stripe.Refund {
  const after = change(ctx, 'refund', refund, patch, 'refund.updated')
  if (after !== refund) emit(ctx, 'charge.refund.updated', after)
  return after
}

/** What still counts as given back: everything that has not failed or been cancelled. */
function standing(refunds: Stripe.Refund[]): Stripe.Refund[] {
  return refunds.filter((refund) => refund.status !== 'failed' && refund.status !== 'canceled')
}

export const refundsOf = (ctx: Context, charge: string): Stripe.Refund[] =>
  standing(by(ctx, 'refund', 'charge', charge))
