import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

export type StoredApproval = {
  id: Id<'apr'>
  operationId: Id<'op'>
  state: 'open' | 'approved' | 'rejected' | 'expired'
  requiredRole: 'lead' | 'finance'
  policyVersion: number
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
}

export type NewApproval = Pick<
  StoredApproval,
  'id' | 'operationId' | 'requiredRole' | 'policyVersion' | 'expiresAt'
> & {
  codes: string[]
  because: string
}

export async function insertApproval(desk: Desk, approval: NewApproval): Promise<void> {
  await desk.connection.query(
    `insert into approvals (id, operation_id, required_role, codes, because, policy_version, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      uuidOf(approval.id),
      uuidOf(approval.operationId),
      approval.requiredRole,
      approval.codes,
      approval.because,
      approval.policyVersion,
      desk.now().toString(),
      approval.expiresAt.toString(),
    ],
  )
}

type Row = Omit<StoredApproval, 'id' | 'operationId'> & { uuid: string; operation: string }

const columns = `id as uuid, operation_id as operation, state, required_role as "requiredRole", policy_version as "policyVersion",
  created_at as "createdAt", expires_at as "expiresAt"`

function present({ uuid, operation, ...row }: Row): StoredApproval {
  return { ...row, id: idOf('apr', uuid), operationId: idOf('op', operation) }
}

export async function lockApproval(desk: Desk, id: Id<'apr'>): Promise<StoredApproval | undefined> {
  const { rows } = await desk.connection.query<Row>({
    name: 'lock-approval',
    text: `select ${columns} from approvals where id = $1 for update`,
    values: [uuidOf(id)],
  })
  return rows[0] && present(rows[0])
}

/** The approval an operation waits for, locked; undefined when none is open. */
export async function lockOpenApproval(desk: Desk, operationId: Id<'op'>): Promise<StoredApproval | undefined> {
  const { rows } = await desk.connection.query<Row>({
    name: 'lock-open-approval',
    text: `select ${columns} from approvals where operation_id = $1 and state = 'open' for update`,
    values: [uuidOf(operationId)],
  })
  return rows[0] && present(rows[0])
}

export async function overdueApprovals(desk: Desk): Promise<{ id: Id<'apr'>; operationId: Id<'op'> }[]> {
  const { rows } = await desk.connection.query<{ id: string; operation: string }>({
    name: 'overdue-approvals',
    text: `select id, operation_id as operation from approvals where state = 'open' and expires_at <= $1 limit 500`,
    values: [desk.now().toString()],
  })
  return rows.map((row) => ({ id: idOf('apr', row.id), operationId: idOf('op', row.operation) }))
}

export async function setApproval(
  desk: Desk,
  id: Id<'apr'>,
  state: 'approved' | 'rejected' | 'expired',
  reason: string | null,
): Promise<void> {
  const isPerson = state !== 'expired'
  await desk.connection.query(
    `update approvals set state = $2, reason = $3, decided_by = $4, decided_by_name = $5, decided_at = $6 where id = $1`,
    [
      uuidOf(id),
      state,
      reason,
      isPerson ? (desk.actor.agentId ?? desk.actor.id) : null,
      isPerson ? desk.actor.name : null,
      desk.now().toString(),
    ],
  )
}
