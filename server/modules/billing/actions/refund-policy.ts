import type { PolicyLimits } from '#contract/billing.ts'
import { isCurrency } from '#contract/currencies.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { buildPolicy } from '../rules/default-policy.ts'
import { insertPolicy, readPolicies } from '../store/policies.ts'

/** A new desk starts with the default policy, which also governs charges made before. */
export async function ensureRefundPolicy(desk: Desk): Promise<void> {
  if ((await readPolicies(desk)).length > 0) return
  await insertPolicy(desk, buildPolicy(1, desk.now().toString()))
}

/** Writes the next version. Throws `stale` when `version` is not the newest. */
export async function saveRefundPolicy(desk: Desk, change: { limits: PolicyLimits; version: number }): Promise<void> {
  const { limits } = change
  const unknown = [...Object.keys(limits.autoLimit), ...Object.keys(limits.leadLimit)].find((code) => !isCurrency(code))
  if (unknown) throw new DeskError('invalid_request', `body.limits: ${unknown} is not an ISO 4217 currency.`)
  const inverted = Object.keys(limits.autoLimit).find(
    (code) => (limits.leadLimit[code] ?? Infinity) < (limits.autoLimit[code] ?? 0),
  )
  if (inverted)
    throw new DeskError('invalid_request', `body.limits: in ${inverted} an agent alone may not do more than a lead.`)
  await desk.transaction(async (tx) => {
    const [current] = await readPolicies(tx)
    if (!current || current.version !== change.version) throw stale()
    const next = { ...current.data, version: current.version + 1, effectiveFrom: tx.now().toString(), limits }
    if (!(await insertPolicy(tx, next))) throw stale()
    await tx.emit({ type: 'policy.changed', data: { policy: 'refund', version: next.version } })
  })
}

function stale(): DeskError {
  return new DeskError('stale', 'Somebody else changed the refund policy meanwhile. Read it again before changing it.')
}
