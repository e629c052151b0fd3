import { add, compare, fromStripe, isZero, roundToStripeStep, type Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import { amountApprover, withinLimit, type Approver } from './limits.ts'
import type { Entitlement } from './refund-entitlement.ts'
import type { PastRefund, RefundRequest, RequiredApproval } from './refund-request.ts'
import { counted } from './words.ts'

const year = 365 * 86_400_000

/**
 * Everyone who must agree before this amount moves, with the reason for each. The bands look at all that comes back of the
 * charge (`returned` in Stripe units), so that a large refund cannot be made of small ones.
 */
export function refundApprovals(
  request: RefundRequest,
  entitlement: Entitlement,
  amount: Money,
  returned: number,
): RequiredApproval[] {
  const { policy, rates } = request
  const approvals: RequiredApproval[] = []
  const ask = (role: Approver, code: string, because: string): unknown => approvals.push({ role, code, because })
  const before = fromStripe(roundToStripeStep(returned, amount.currency, 'up'), amount.currency)
  const band = amountApprover(add(amount, before), policy, rates)
  const start = isZero(before) ? 'This is ' : `With the ${formatMoney(before)} already returned of this charge `
  if (band) ask(band.role, 'amount', `${start}${band.sentence}`)
  if (request.requester.authority === 'none' || request.requester.authority === 'disclose_only')
    ask(
      'lead',
      'authority_override',
      'The requester is not shown to have authority over this billing; approving it is the recorded override.',
    )
  if (request.cause === 'fraud')
    ask('lead', 'fraudulent', 'Marking a payment as fraudulent also puts the card and e-mail on the block list.')
  if (entitlement.approver) ask(entitlement.approver.role, 'policy', entitlement.approver.because)
  const past = counting(request)
  if (!entitlement.byRight && past.length >= policy.limits.repeatPerYear)
    ask(
      'lead',
      'repeat',
      `${counted(past.length, 'refund')} in the last 12 months; the policy asks a lead from ${policy.limits.repeatPerYear} on.`,
    )
  if (request.cause === 'goodwill') approvals.push(...goodwillApproval(request, entitlement, amount, past))
  return approvals
}

/** The one role an approval of everything listed needs: finance where anything does. */
export function strictestRole(approvals: readonly RequiredApproval[]): Approver | undefined {
  if (!approvals.length) return undefined
  return approvals.some((approval) => approval.role === 'finance') ? 'finance' : 'lead'
}

function goodwillApproval(
  request: RefundRequest,
  entitlement: Entitlement,
  amount: Money,
  past: readonly PastRefund[],
): RequiredApproval[] {
  const { policy, rates } = request
  const approvals: RequiredApproval[] = []
  if (compare(amount, fromStripe(entitlement.usual ?? 0, amount.currency)) > 0)
    approvals.push({
      role: 'lead',
      code: 'goodwill_share',
      because: `More than ${policy.goodwill.sharePercent} % of the charge as goodwill.`,
    })
  const given = past.filter((refund) => refund.cause === 'goodwill' && refund.money.currency === amount.currency)
  const total = given.reduce((all, refund) => add(all, refund.money), amount)
  const cap = withinLimit(total, policy.goodwill.yearlyCap, policy.baseCurrency, rates)
  if (given.length && !cap.within)
    approvals.push({
      role: 'lead',
      code: 'goodwill_cap',
      because: `Goodwill of the last 12 months would pass its cap: ${cap.sentence}.`,
    })
  return approvals
}

/** Refunds of the last 12 months that were not for our own errors. */
function counting({ refundHistory, policy, now }: RefundRequest): PastRefund[] {
  return refundHistory.filter(
    (refund) => refund.at > now - year && refund.at <= now && !policy.ourErrors.includes(refund.cause),
  )
}
