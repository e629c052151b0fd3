import type { Role } from '#contract/team.ts'
import type { Money } from '#contract/money.ts'
import { withinLimit, type Approver, type Rates } from './limits.ts'
import type { RefundPolicy } from './policy.ts'

export type ApprovalInput = {
  decision: 'approve' | 'reject'
  approval: {
    state: 'open' | 'approved' | 'rejected' | 'expired'
    requiredRole: Approver
    /** Null where nothing is counted, such as a cancellation. */
    money: Money | null
    /** Who is behind the request: a person, also where their API key made it, or the id of a key that has no owner. */
    requestedBy: string | null
    /** Epoch ms. */
    requestedAt: number
    expiresAt: number
  }
  /** Who is behind the decider, told the same way; null when nobody is known, and then nobody approves. */
  decider: { agentId: string | null; roles: readonly Role[] }
  reason?: string
  policy: RefundPolicy
  rates?: Rates
  /** The setting for a desk with one person; it counts only while there is no second one. */
  solo: { enabled: boolean; activeAgents: number }
  now: number
}

export type ApprovalDecision =
  /** `solo` must be written into the ledger. */
  | { allowed: true; mark: 'four_eyes' | 'solo' }
  | {
      allowed: false
      code: 'decided' | 'expired' | 'role' | 'limit' | 'self' | 'too_early' | 'reason_missing'
      sentence: string
      until?: number
    }

const hour = 3_600_000

/** Whether this person may approve or reject now. Nobody approves what they asked for; anyone may take their own request back. */
export function decideApproval(input: ApprovalInput): ApprovalDecision {
  const { approval, decider, now } = input
  if (approval.state === 'expired' || (approval.state === 'open' && now >= approval.expiresAt))
    return refused('expired', 'This request has expired. Ask again on fresh facts.')
  if (approval.state !== 'open') return refused('decided', `This request is already ${approval.state}.`)
  const own = decider.agentId !== null && decider.agentId === approval.requestedBy
  if (input.decision === 'reject' && own) return { allowed: true, mark: 'four_eyes' }
  const role = roleFault(input)
  if (role) return role
  if (decider.agentId === null)
    return refused('self', 'It is not known who decides, so four eyes cannot be shown. Approve as a person.')
  if (input.decision === 'reject' || !own) return { allowed: true, mark: 'four_eyes' }
  return alone(input)
}

/** Lead up to the lead limit, finance for everything; admin only with one of these roles too. */
function roleFault({ approval, decider, policy, rates }: ApprovalInput): ApprovalDecision | undefined {
  if (decider.roles.includes('finance')) return undefined
  if (!decider.roles.includes('lead')) {
    const admin = decider.roles.includes('admin') ? ' Being an admin is not enough.' : ''
    return refused('role', `Only a lead or finance may decide this.${admin}`)
  }
  if (approval.requiredRole === 'finance') return refused('role', 'Only finance may decide this.')
  if (!approval.money) return undefined
  const limit = withinLimit(approval.money, policy.limits.leadLimit, policy.baseCurrency, rates)
  return limit.within ? undefined : refused('limit', `Above what a lead may approve: ${limit.sentence}.`)
}

/** A desk of one: after a delay, with a reason, and marked. */
function alone({ approval, solo, policy, reason, now }: ApprovalInput): ApprovalDecision {
  if (!solo.enabled || solo.activeAgents > 1)
    return refused('self', 'You asked for this yourself; someone else must approve it.')
  const until = approval.requestedAt + policy.soloDelayHours * hour
  if (now < until)
    return {
      ...refused(
        'too_early',
        `In solo mode your own request can be approved ${policy.soloDelayHours} hours after it was made.`,
      ),
      until,
    }
  if (!reason?.trim()) return refused('reason_missing', 'In solo mode an approval of your own request needs a reason.')
  return { allowed: true, mark: 'solo' }
}

/** When an approval asked for now expires (epoch ms); in solo mode never before its delay leaves a day to act. */
export function approvalExpiry(policy: RefundPolicy, now: number): number {
  return now + Math.max(policy.approvalHours, policy.soloDelayHours + 24) * hour
}

function refused(
  code: Extract<ApprovalDecision, { allowed: false }>['code'],
  sentence: string,
): Extract<ApprovalDecision, { allowed: false }> {
  return { allowed: false, code, sentence }
}
