import type { Desk } from '#server/desk.ts'
import { getSettings, listAgentIds } from '#modules/team/index.ts'
import type { ApprovalInput } from './rules/approval.ts'
import type { StoredApproval } from './store/approvals.ts'
import type { StoredOperation } from './store/operations.ts'
import { readPolicies } from './store/policies.ts'
import { readRates } from './store/rates.ts'

export type ApprovalTerms = Pick<ApprovalInput, 'policy' | 'rates' | 'solo' | 'now'>

/** What approvals are judged by now; each keeps the policy version it was asked under. Read once for a whole list. */
export async function approvalTerms(desk: Desk): Promise<(approval: { policyVersion: number }) => ApprovalTerms> {
  const policies = await readPolicies(desk)
  const { soloMode } = await getSettings(desk)
  const activeAgents = soloMode ? (await listAgentIds(desk)).length : 0
  const newest = policies[0]
  if (!newest) throw new Error('there is no refund policy')
  const rates = await readRates(desk, newest.data.baseCurrency)
  return ({ policyVersion }) => ({
    policy: policies.find(({ version }) => version === policyVersion)?.data ?? newest.data,
    ...(rates ? { rates } : {}),
    solo: { enabled: soloMode, activeAgents },
    now: desk.now().epochMilliseconds,
  })
}

/** The rule's input but for who decides what. */
export function judged(
  approval: Pick<StoredApproval, 'state' | 'requiredRole' | 'createdAt' | 'expiresAt'>,
  operation: Pick<StoredOperation, 'money' | 'requestedBy'>,
  terms: ApprovalTerms,
): Omit<ApprovalInput, 'decision' | 'decider' | 'reason'> {
  return {
    approval: {
      state: approval.state,
      requiredRole: approval.requiredRole,
      money: operation.money,
      requestedBy: operation.requestedBy,
      requestedAt: approval.createdAt.epochMilliseconds,
      expiresAt: approval.expiresAt.epochMilliseconds,
    },
    ...terms,
  }
}
