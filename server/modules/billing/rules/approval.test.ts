import { describe, expect, it } from 'vitest'
import { money } from '#contract/money.ts'
import { approvalExpiry, decideApproval, type ApprovalInput } from './approval.ts'
import { buildPolicy } from './default-policy.ts'

const policy = buildPolicy(1, '2026-01-01T00:00:00Z')
const hour = 3_600_000
const base: ApprovalInput = {
  decision: 'approve',
  approval: {
    state: 'open',
    requiredRole: 'lead',
    money: money(50_000, 'USD'),
    requestedBy: 'agt_mia',
    requestedAt: 0,
    expiresAt: 72 * hour,
  },
  decider: { agentId: 'agt_lea', roles: ['lead'] },
  policy,
  solo: { enabled: false, activeAgents: 3 },
  now: hour,
}
const approval = (over: Partial<ApprovalInput['approval']>) => ({ approval: { ...base.approval, ...over } })
const by = (agentId: string | null, ...roles: ApprovalInput['decider']['roles']) => ({ decider: { agentId, roles } })
const alone = { solo: { enabled: true, activeAgents: 1 }, ...by('agt_mia', 'admin', 'lead') }

const cases: [string, Partial<ApprovalInput>, string][] = [
  ['a lead within the lead limit', {}, 'four_eyes'],
  [
    'finance above it',
    { ...by('agt_fin', 'finance'), ...approval({ requiredRole: 'finance', money: money(900_000, 'USD') }) },
    'four_eyes',
  ],
  ['finance where a lead would do', by('agt_fin', 'finance'), 'four_eyes'],
  ['an admin who is also a lead', by('agt_adm', 'admin', 'lead'), 'four_eyes'],
  ['rejecting as a lead', { decision: 'reject' }, 'four_eyes'],
  ['taking back your own request, with no role', { decision: 'reject', ...by('agt_mia', 'agent') }, 'four_eyes'],
  ['yourself', by('agt_mia', 'lead'), 'self'],
  ['yourself with finance', by('agt_mia', 'finance'), 'self'],
  ['an agent', by('agt_bob', 'agent'), 'role'],
  ['an admin alone', by('agt_adm', 'admin'), 'role'],
  ['rejecting without a role', { decision: 'reject', ...by('agt_bob', 'viewer') }, 'role'],
  ['a lead where finance is asked', approval({ requiredRole: 'finance' }), 'role'],
  ['a lead above the lead limit', approval({ money: money(100_001, 'USD') }), 'limit'],
  ['a lead in a currency without limit or rate', approval({ money: money(1, 'CHF') }), 'limit'],
  ['nobody known', by(null, 'lead'), 'self'],
  ['after it expired', { now: 72 * hour }, 'expired'],
  ['what is approved already', approval({ state: 'approved' }), 'decided'],
  ['what was marked expired', approval({ state: 'expired' }), 'expired'],
  ['yourself in solo mode, too early', { ...alone, reason: 'only me here', now: 23 * hour }, 'too_early'],
  ['yourself in solo mode, without a reason', { ...alone, reason: ' ', now: 24 * hour }, 'reason_missing'],
  ['yourself in solo mode, later and with a reason', { ...alone, reason: 'only me here', now: 24 * hour }, 'solo'],
  [
    'yourself in solo mode while there is a colleague',
    { ...alone, solo: { enabled: true, activeAgents: 2 }, reason: 'busy', now: 24 * hour },
    'self',
  ],
]

describe('who may approve', () => {
  it.each(cases)('%s', (_, over, expected) => {
    const decision = decideApproval({ ...base, ...over })
    expect(decision.allowed ? decision.mark : decision.code).toBe(expected)
    if (!decision.allowed) expect(decision.sentence).toMatch(/^[A-Z].*\.$/)
  })

  it('says from when, in solo mode', () => {
    expect(decideApproval({ ...base, ...alone, reason: 'x' })).toMatchObject({ code: 'too_early', until: 24 * hour })
    expect(approvalExpiry({ ...policy, soloDelayHours: 100 }, 0)).toBe(124 * hour)
  })
})
