import { add, compare, fromStripe, isZero, roundToStripeStep, type Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import { goodwillCapApproval, repeatApproval } from './given-approvals.ts'
import { amountApprover, type Approver } from './limits.ts'
import type { Entitlement } from './refund-entitlement.ts'
import type { RefundRequest, RequiredApproval } from './refund-request.ts'

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
  if (!entitlement.byRight) approvals.push(...repeatApproval(request))
  if (request.cause === 'goodwill') approvals.push(...goodwillApproval(request, entitlement, amount))
  return approvals
}

/** The one role an approval of everything listed needs: finance where anything does. */
export function strictestRole(approvals: readonly RequiredApproval[]): Approver | undefined {
  if (!approvals.length) return undefined
  return approvals.some((approval) => approval.role === 'finance') ? 'finance' : 'lead'
}

function goodwillApproval(request: RefundRequest, entitlement: Entitlement, amount: Money): RequiredApproval[] {
  const { sharePercent } = request.policy.goodwill
  const isMore = compare(amount, fromStripe(entitlement.usual ?? 0, amount.currency)) > 0
  const because = `More than ${sharePercent} % of the charge as goodwill.`
  return [
    ...(isMore ? [{ role: 'lead' as const, code: 'goodwill_share', because }] : []),
    ...goodwillCapApproval(amount, request),
  ]
}
