import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { dispute as disputeShape } from '../shapes/dispute.ts'
import { appoint } from './appointments.ts'
import { move } from './balance.ts'
import { change, create } from './changes.ts'
import { by, type Context, idOf, must } from './context.ts'
import { emit } from './events.ts'
import { settleWarnings } from './fraud-warnings.ts'

const FEE = 1500
const isInquiry = (status: string) => status.startsWith('warning_')
const isClosed = (status: string) => ['won', 'lost', 'warning_closed', 'prevented'].includes(status)

/** The bank disputes a charge: but for an inquiry, the money and a fee leave the account at once. */
export function plantDispute(
  ctx: Context,
  charge: Stripe.Charge,
  given: { amount?: number; reason: string; status?: string },
): Stripe.Dispute {
  if (!charge.paid || !charge.captured) throw invalid('Only a captured charge can be disputed.', 'charge')
  const earlier = by(ctx, 'dispute', 'charge', charge.id)
  if (earlier.some((other) => !isClosed(other.status))) throw invalid('The charge is already disputed.', 'charge')
  const lost = earlier.filter((other) => other.status === 'lost').reduce((sum, other) => sum + other.amount, 0)
  // A bank may dispute what was refunded already when told to; left alone it takes what is still there.
  const amount = given.amount ?? charge.amount_captured - charge.amount_refunded - lost
  if (amount <= 0 || amount > charge.amount_captured - lost) {
    throw invalid('The disputed amount must be between 1 and what disputes have not already taken.', 'amount')
  }
  const status = given.status ?? 'needs_response'
  const fresh = disputeShape(ctx, charge, { amount, reason: given.reason, status })
  const movements = isInquiry(status) ? [] : [withdraw(ctx, fresh)]
  const dispute = create(ctx, 'dispute', { ...fresh, balance_transactions: movements }, 'charge.dispute.created')
  if (!isInquiry(status)) emit(ctx, 'charge.dispute.funds_withdrawn', dispute)
  awaitAnswer(ctx, dispute)
  const disputed = change(ctx, 'charge', charge, { disputed: true }, 'charge.updated')
  settleWarnings(ctx, disputed)
  return dispute
}

function withdraw(ctx: Context, dispute: Stripe.Dispute): Stripe.BalanceTransaction {
  return move(ctx, {
    type: 'adjustment',
    category: 'dispute',
    source: dispute.id,
    amount: -dispute.amount,
    currency: dispute.currency,
    description: `Chargeback withdrawal for ${idOf(dispute.charge)}`,
    fee: FEE,
    feeDescription: 'Dispute fee',
  })
}

/** What an unanswered deadline brings a day later, in seconds. */
const DAY = 86_400
/** How long an inquiry that has become a dispute may be answered, in seconds. */
const ANSWER_WITHIN = 9 * DAY

function awaitAnswer(ctx: Context, { id, evidence_details: { due_by } }: Stripe.Dispute): void {
  if (due_by !== null) appoint(ctx, 'dispute_due', id, due_by)
}

/** The deadline passes. An unanswered dispute is lost soon; an inquiry stays with the bank. */
export function missDeadline(ctx: Context, id: string): void {
  const dispute = must(ctx, 'dispute', id)
  if (!dispute.status.endsWith('needs_response')) return
  const evidence_details = { ...dispute.evidence_details, past_due: true }
  change(ctx, 'dispute', dispute, { evidence_details }, 'charge.dispute.updated')
  if (dispute.status === 'needs_response') appoint(ctx, 'dispute_lost', id, ctx.now + DAY)
}

export function loseUnanswered(ctx: Context, id: string): void {
  const dispute = must(ctx, 'dispute', id)
  if (dispute.status === 'needs_response') resolveDispute(ctx, dispute, 'lost')
}

/** The bank is not content with the answer to its inquiry: the money goes and a new deadline runs. */
export function escalate(ctx: Context, dispute: Stripe.Dispute): Stripe.Dispute {
  if (!isInquiry(dispute.status) || isClosed(dispute.status)) throw invalid('Only an open inquiry can escalate.', 'id')
  const card = dispute.payment_method_details?.card
  const raised = change(
    ctx,
    'dispute',
    dispute,
    {
      status: 'needs_response',
      balance_transactions: [withdraw(ctx, dispute)],
      is_charge_refundable: false,
      evidence_details: { ...dispute.evidence_details, due_by: ctx.now + ANSWER_WITHIN, past_due: false },
      ...(card ? { payment_method_details: { type: 'card', card: { ...card, case_type: 'chargeback' } } } : {}),
    },
    'charge.dispute.updated',
  )
  emit(ctx, 'charge.dispute.funds_withdrawn', raised)
  awaitAnswer(ctx, raised)
  return raised
}

/** A full refund is the answer to an inquiry. */
export function satisfyInquiry(ctx: Context, charge: Stripe.Charge): void {
  const open = by(ctx, 'dispute', 'charge', charge.id).find(({ status }) => isInquiry(status) && !isClosed(status))
  if (open) close(ctx, open, { status: 'warning_closed', is_charge_refundable: false })
}

/** The bank decides. Won gives the money back (the fee stays gone); an inquiry closes without any. */
export function resolveDispute(ctx: Context, dispute: Stripe.Dispute, outcome: 'won' | 'lost'): Stripe.Dispute {
  if (isClosed(dispute.status)) throw invalid('This dispute is already closed', 'dispute', 'dispute_already_closed')
  if (isInquiry(dispute.status) && outcome === 'won') return close(ctx, dispute, { status: 'warning_closed' })
  if (isInquiry(dispute.status)) {
    const escalated = change(ctx, 'dispute', dispute, {
      balance_transactions: [withdraw(ctx, dispute)],
      is_charge_refundable: false,
    })
    emit(ctx, 'charge.dispute.funds_withdrawn', escalated)
    return close(ctx, escalated, { status: 'lost' })
  }
  if (outcome === 'lost') return close(ctx, dispute, { status: 'lost' })
  const back = move(ctx, {
    type: 'adjustment',
    category: 'dispute_reversal',
    source: dispute.id,
    amount: dispute.amount,
    currency: dispute.currency,
    description: `Chargeback reversal for ${idOf(dispute.charge)}`,
  })
  const won = close(ctx, dispute, { status: 'won', balance_transactions: [...dispute.balance_transactions, back] })
  emit(ctx, 'charge.dispute.funds_reinstated', won)
  return won
}

function close(ctx: Context, dispute: Stripe.Dispute, patch: Partial<Stripe.Dispute>): Stripe.Dispute {
  const closed = change(ctx, 'dispute', dispute, patch, 'charge.dispute.updated')
  emit(ctx, 'charge.dispute.closed', closed)
  if (closed.status === 'warning_closed') {
    change(ctx, 'charge', must(ctx, 'charge', idOf(dispute.charge), 'charge'), { disputed: false }, 'charge.updated')
  }
  return closed
}

/** Money of a charge that a dispute holds or took: such a charge cannot be refunded. */
export function blocksRefund(ctx: Context, charge: Stripe.Charge): boolean {
  return by(ctx, 'dispute', 'charge', charge.id).some(
    (dispute) => !isInquiry(dispute.status) && dispute.status !== 'won',
  )
}
