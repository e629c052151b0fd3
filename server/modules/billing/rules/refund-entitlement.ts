import { roundToStripeStep, scale } from '#contract/money.ts'
import type { Approver } from './limits.ts'
import { paymentKind, unusedPart } from './paid-period.ts'
import type { RefundPolicy, WindowRule } from './policy.ts'
import type { Reason, RefundRequest, TraceStep } from './refund-request.ts'
import { amountWords, dayWords } from './words.ts'

/** How much of the room the cause entitles to, in Stripe units. `max` 0 means the policy says no. */
export type Entitlement = {
  max: number
  proposed: number
  /** Goodwill up to here is usual; more needs a lead. */
  usual?: number
  reasons: Reason[]
  trace: TraceStep[]
  approver?: { role: Approver; because: string }
  /** Ours to mend or theirs by law: repeat refunds do not count against it. */
  byRight: boolean
}

const dayMs = 86_400_000

export function refundEntitlement(request: RefundRequest, room: number): Entitlement {
  const { policy, cause } = request
  if (policy.ourErrors.includes(cause))
    return whole(
      room,
      'our_error',
      `Our own error (${cause.replaceAll('_', ' ')}): refunded in full, with no cap.`,
      true,
    )
  if (cause === 'fraud')
    return whole(
      room,
      'fraud',
      'Reported as not made by the cardholder: refunded in full, and a dispute is avoided.',
      false,
    )
  if (cause === 'goodwill') return goodwill(request, room)
  const law = statutory(request)
  if (law) return whole(room, 'statutory', law, true)
  return windowed(request, room)
}

function whole(room: number, code: string, sentence: string, byRight: boolean): Entitlement {
  return {
    max: room,
    proposed: room,
    reasons: [{ code, sentence }],
    trace: [{ rule: code, input: 'cause', result: 'full' }],
    byRight,
  }
}

function goodwill({ policy, charge }: RefundRequest, room: number): Entitlement {
  const percent = policy.goodwill.sharePercent
  const share = roundToStripeStep(scale(charge.amountCaptured, percent, 100), charge.currency)
  const usual = Math.max(0, share - (charge.amountCaptured - room))
  const proposed = usual ? Math.min(room, usual) : room
  const sentence = `Nothing is owed; as goodwill up to ${percent} % of the charge, ${amountWords(share, charge.currency)}, is usual.`
  const trace = [{ rule: 'goodwill', input: `${percent} %`, result: amountWords(proposed, charge.currency) }]
  return { max: room, proposed, usual, reasons: [{ code: 'goodwill', sentence }], trace, byRight: false }
}

function statutory(request: RefundRequest): string | undefined {
  const { policy, segment, country, charge, cause, now } = request
  const { occasion } = paymentKind(request)
  if (cause !== 'remorse' || segment !== 'consumer' || occasion !== 'first' || !country) return undefined
  const right = policy.statutory.find((candidate) => candidate.countries.includes(country))
  if (!right || now > charge.created * 1000 + right.days * dayMs) return undefined
  return `Within ${right.days} days of the purchase: ${right.name} goes before the policy.`
}

/** The first rule that fits and is still open decides; when all that fit are closed, the widest is named. */
function windowed(request: RefundRequest, room: number): Entitlement {
  const { policy, charge, now } = request
  const { interval, occasion } = paymentKind(request)
  const fitting = policy.windows.filter(
    (rule) =>
      rule.cause === request.cause &&
      (!rule.segment || rule.segment === request.segment) &&
      (!rule.interval || rule.interval === interval) &&
      (!rule.occasion || rule.occasion === occasion),
  )
  const age = now - charge.created * 1000
  const input = `${interval.replace('_', '-')}, ${occasion}, ${request.segment}, ${Math.max(0, Math.floor(age / dayMs))} days since the charge`
  const rule = fitting.find((candidate) => age <= daysOf(candidate, policy) * dayMs)
  if (!rule) return closed(request, fitting, input)
  const approver = rule.approver
    ? {
        role: rule.approver,
        because: `The policy asks a ${rule.approver} to approve this kind of refund (${rule.id}).`,
      }
    : undefined
  const base = { byRight: false, approver }
  if (rule.give === 'full') {
    const sentence = `Within the window of ${daysOf(rule, policy)} days for this plan: everything still refundable.`
    return {
      ...base,
      max: room,
      proposed: room,
      reasons: [{ code: rule.id, sentence }],
      trace: [{ rule: rule.id, input, result: 'full' }],
    }
  }
  return { ...base, ...unused(request, room, rule, input) }
}

function unused(
  request: RefundRequest,
  room: number,
  rule: WindowRule,
  input: string,
): Pick<Entitlement, 'max' | 'proposed' | 'reasons' | 'trace'> {
  const { charge } = request
  const part = unusedPart(request, rule.give === 'unused_months' ? 'months' : 'days')
  if (!part)
    return {
      max: 0,
      proposed: 0,
      reasons: [{ code: 'no_period', sentence: 'No paid period is known for this charge.' }],
      trace: [],
    }
  const returned = charge.amountCaptured - room
  const due = Math.max(0, Math.min(room, roundToStripeStep(part.amount - returned, charge.currency)))
  const words = amountWords(due, charge.currency)
  const trace: TraceStep[] = [
    { rule: rule.id, input, result: rule.give.replace('_', ' ') },
    { rule: 'paid × unused ÷ whole, less what was returned', input: part.input, result: words },
  ]
  const sentence = due
    ? `The full-refund window is over; the unused part of the paid period, ${words}, is returned (${part.input}).`
    : `Nothing of the paid period is unused and unreturned (${part.input}).`
  return { max: due, proposed: due, reasons: [{ code: due ? rule.id : 'nothing_unused', sentence }], trace }
}

function closed(request: RefundRequest, fitting: readonly WindowRule[], input: string): Entitlement {
  const { policy, charge } = request
  const days = Math.max(0, ...fitting.map((rule) => daysOf(rule, policy)))
  const reason: Reason = fitting.length
    ? {
        code: 'window_closed',
        sentence: `The window of ${days} days ended on ${dayWords(charge.created + days * 86_400, { now: request.now, timeZone: 'UTC' })}.`,
      }
    : {
        code: 'no_rule',
        sentence: `The policy has no refund for "${request.cause.replaceAll('_', ' ')}" on this kind of payment.`,
      }
  return {
    max: 0,
    proposed: 0,
    reasons: [reason],
    trace: [{ rule: reason.code, input, result: 'nothing' }],
    byRight: false,
  }
}

function daysOf(rule: WindowRule, policy: RefundPolicy): number {
  return typeof rule.within === 'number' ? rule.within : policy.limits[rule.within]
}
