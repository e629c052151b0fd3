import { policyInForce, type RefundPolicy } from './rules/policy.ts'

/**
 * The policy a charge is judged by: what was promised to the customer (windows, rights, shares) as it stood when they paid,
 * the desk's own limits as they stand now. Its version is the newest one. `at` in epoch ms.
 */
export function governingPolicy(policies: readonly RefundPolicy[], chargedAt: number, now: number): RefundPolicy {
  const current = policyInForce(policies, now)
  const promised = policyInForce(policies, chargedAt)
  if (!current || !promised) throw new Error('there is no refund policy')
  return {
    ...promised,
    version: current.version,
    effectiveFrom: current.effectiveFrom,
    baseCurrency: current.baseCurrency,
    approvalHours: current.approvalHours,
    soloDelayHours: current.soloDelayHours,
    goodwill: current.goodwill,
    foreign: current.foreign,
    limits: {
      ...current.limits,
      monthlyWindowDays: promised.limits.monthlyWindowDays,
      yearlyWindowDays: promised.limits.yearlyWindowDays,
    },
  }
}
