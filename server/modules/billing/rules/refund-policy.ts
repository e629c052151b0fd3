import {
  compare,
  fromStripe,
  isExactForStripe,
  money,
  roundToStripeStep,
  toStripe,
  type Money,
} from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import { stripeStep } from '#contract/currencies.ts'
import { refundApprovals } from './refund-approvals.ts'
import { refundEffects } from './refund-effects.ts'
import { refundEntitlement, type Entitlement } from './refund-entitlement.ts'
import type { Reason, RefundDecision, RefundRequest, TraceStep } from './refund-request.ts'
import { refundRoom, type RefundRoom } from './refund-room.ts'
import { acceptSentence, refuseSentence } from './refund-words.ts'

/**
 * What the policy allows for a charge, who must approve and what would happen. Decide again on fresh facts, with the amount
 * chosen, right before anything is stored: the answer is then a refusal when the room has shrunk.
 */
export function decideRefund(request: RefundRequest): RefundDecision {
  const room = refundRoom(request)
  if (room.blocks.length) return refuse(request, room.blocks, room.trace)
  const entitlement = refundEntitlement(request, room.room)
  const reasons = [...entitlement.reasons, ...room.notes]
  const trace = [...room.trace, ...entitlement.trace]
  const max = roundToStripeStep(entitlement.max, request.charge.currency)
  if (max <= 0) return refuse(request, reasons, trace)
  const allowed = { min: smallest(request, max), max: fromStripe(max, request.charge.currency) }
  const amount = chosen(request, allowed, entitlement)
  if ('code' in amount) return refuse(request, [amount, ...reasons], trace, allowed)
  return accept(request, { room, entitlement, allowed, amount, reasons, trace })
}

function accept(
  request: RefundRequest,
  found: {
    room: RefundRoom
    entitlement: Entitlement
    allowed: { min: Money; max: Money }
    amount: Money
    reasons: Reason[]
    trace: TraceStep[]
  },
): RefundDecision {
  const { room, entitlement, allowed, amount, reasons, trace } = found
  if (request.requester.authority === 'not_asked')
    reasons.push({ code: 'not_asked', sentence: 'No customer asked for this; the desk acts on its own account.' })
  const approvals = refundApprovals(request, entitlement, amount, room.returned)
  const needed = approvals.map((approval) => `${approval.role} (${approval.code})`).join(', ') || 'nobody'
  return {
    outcome: 'refund',
    allowed,
    proposed: amount,
    approvals,
    reasons,
    trace: [...trace, { rule: 'approval', input: formatMoney(amount), result: needed }],
    effects: refundEffects(request, room.way, amount),
    policyVersion: request.policy.version,
    customerSentence: acceptSentence(request.charge, amount),
  }
}

function refuse(
  request: RefundRequest,
  reasons: Reason[],
  trace: TraceStep[],
  allowed: RefundDecision['allowed'] = null,
): RefundDecision {
  return {
    outcome: 'refuse',
    allowed,
    proposed: null,
    approvals: [],
    reasons,
    trace,
    effects: [],
    policyVersion: request.policy.version,
    customerSentence: refuseSentence(reasons[0], request),
  }
}

/** The amount asked for when it is allowed, the policy's proposal when none was, or why not. */
function chosen(request: RefundRequest, allowed: { min: Money; max: Money }, entitlement: Entitlement): Money | Reason {
  const asked = request.requestedAmount
  const { min, max } = allowed
  if (!asked) {
    const proposed = fromStripe(
      roundToStripeStep(entitlement.proposed, request.charge.currency),
      request.charge.currency,
    )
    return compare(proposed, min) < 0 ? min : proposed
  }
  if (asked.currency !== max.currency)
    return {
      code: 'other_currency',
      sentence: `The charge is in ${max.currency}; a refund cannot be in ${asked.currency}.`,
    }
  if (compare(asked, max) > 0)
    return {
      code: 'above_allowed',
      sentence: `${formatMoney(asked)} is more than the ${formatMoney(max)} that may be refunded.`,
    }
  if (compare(asked, min) < 0)
    return {
      code: 'below_smallest',
      sentence: `${formatMoney(asked)} is less than the smallest refund, ${formatMoney(min)}.`,
    }
  if (!isExactForStripe(asked))
    return {
      code: 'not_a_step',
      sentence: `Stripe moves ${asked.currency} in steps of ${stepWords(asked.currency)} only.`,
    }
  return asked
}

function smallest({ policy, charge }: RefundRequest, max: number): Money {
  const currency = charge.currency.toUpperCase()
  const configured = money(policy.smallest[currency] ?? 0, currency)
  const least = isExactForStripe(configured)
    ? Math.max(toStripe(configured), stripeStep(currency))
    : stripeStep(currency)
  return fromStripe(Math.min(least, max), currency)
}

function stepWords(currency: string): string {
  return formatMoney(fromStripe(stripeStep(currency), currency))
}
