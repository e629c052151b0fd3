import type { Desk } from '#server/desk.ts'
import type { RefundPolicy } from '../rules/policy.ts'

export type StoredPolicy = {
  version: number
  data: RefundPolicy
  effectiveFrom: Temporal.Instant
  createdByName: string | null
}

/** Every version of the refund policy, newest first. */
export async function readPolicies(desk: Desk): Promise<StoredPolicy[]> {
  const { rows } = await desk.connection.query<StoredPolicy>({
    name: 'refund-policies',
    text: `select version, data, effective_from as "effectiveFrom", created_by_name as "createdByName"
      from refund_policies order by version desc`,
  })
  return rows
}

/** False when this version exists already. */
export async function insertPolicy(desk: Desk, policy: RefundPolicy): Promise<boolean> {
  const { rowCount } = await desk.connection.query(
    `insert into refund_policies (version, data, effective_from, created_by, created_by_name) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [
      policy.version,
      JSON.stringify(policy),
      policy.effectiveFrom,
      desk.actor.id,
      desk.actor.kind === 'system' ? null : desk.actor.name,
    ],
  )
  return rowCount === 1
}
