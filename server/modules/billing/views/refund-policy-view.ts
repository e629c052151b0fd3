import type { getRefundPolicy as endpoint } from '#contract/billing.ts'
import type * as z from 'zod'
import type { Desk } from '#server/desk.ts'
import { readPolicies } from '../store/policies.ts'

/** The refund policy in force, and the versions before it. */
export async function readRefundPolicy(desk: Desk): Promise<z.infer<(typeof endpoint)['result']>> {
  const [current, ...earlier] = await readPolicies(desk)
  if (!current) throw new Error('there is no refund policy yet')
  return {
    version: current.version,
    limits: current.data.limits,
    effectiveFrom: current.effectiveFrom.toString(),
    earlier: earlier.slice(0, 50).map((policy) => ({
      version: policy.version,
      limits: policy.data.limits,
      effectiveFrom: policy.effectiveFrom.toString(),
      by: policy.createdByName,
    })),
  }
}
