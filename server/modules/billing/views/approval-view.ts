import type { Approval, listApprovals as listEndpoint, RefundPreview } from '#contract/billing.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, encodeCursor } from '#platform/cursor.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { storableInstant } from '#platform/instants.ts'
import { approvalTerms, judged, type ApprovalTerms } from '../approval-terms.ts'
import { decideApproval } from '../rules/approval.ts'
import { operationColumns, presentOperation, seen, type OperationRow } from './operation-view.ts'

type Row = OperationRow & {
  apr_id: string
  apr_state: Approval['state']
  apr_role: 'lead' | 'finance'
  because: string
  policy_version: number
  decided_by: string | null
  decided_by_name: string | null
  apr_reason: string | null
  apr_created: Temporal.Instant
  apr_expires: Temporal.Instant
  requested_by: string | null
  seen: RefundPreview
  contact_id: string | null
  contact_name: string | null
}

const selected = `select ${operationColumns}, a.id as apr_id, a.state as apr_state, a.required_role as apr_role, a.because,
    a.policy_version, a.decided_by, a.decided_by_name, a.reason as apr_reason, a.created_at as apr_created,
    a.expires_at as apr_expires, o.requested_by, p.seen, o.contact_id, o.contact_name
  from approvals a join operations o on o.id = a.operation_id join operation_previews p on p.id = o.preview_id`

export async function readApproval(desk: Desk, id: Id<'apr'>): Promise<Approval> {
  const { rows } = await desk.connection.query<Row>({
    name: 'read-approval',
    text: `${selected} where a.id = $1`,
    values: [uuidOf(id)],
  })
  const [approval] = await presentAll(desk, rows)
  if (!approval) throw notFound('approval')
  return approval
}

/** Open ones first, newest first; those of tickets the actor may not see are left out. */
export async function listApprovals(desk: Desk, query: QueryOf<typeof listEndpoint>) {
  const limit = query.limit ?? 50
  const after = placeOf(query.cursor)
  const { rows } = await desk.connection.query<Row>(
    `${selected}
     where ($1::text is null or a.state = $1)
       and ($2::int is null or ((a.state = 'open')::int, a.created_at, a.id) < ($2, $3::timestamptz, $4::uuid))
     order by ${query.state ? '' : `(a.state = 'open') desc,`} a.created_at desc nulls last, a.id desc nulls last limit $5`,
    [query.state ?? null, after?.open ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = last && [last.apr_state === 'open' ? 1 : 0, last.apr_created.toString(), idOf('apr', last.apr_id)]
  return {
    items: await presentAll(desk, shown),
    nextCursor: rows.length > limit && next ? encodeCursor(next) : null,
  }
}

function placeOf(cursor: string | undefined): { open: number; at: string; id: string } | undefined {
  const key = decodeCursor(cursor, 3)
  if (!key) return undefined
  const [open, at, id] = key
  const isGood = (open === 0 || open === 1) && typeof id === 'string' && /^apr_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(id)
  try {
    if (isGood) return { open, at: storableInstant(String(at)).toString(), id: uuidOf(id) }
  } catch {
    // Falls through to the refusal.
  }
  throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
}

async function presentAll(desk: Desk, rows: readonly Row[]): Promise<Approval[]> {
  if (rows.length === 0) return []
  const tickets = [...new Set(rows.flatMap(({ ticket_id: id }) => (id ? [idOf('tkt', id)] : [])))]
  const numbers = tickets.length > 0 ? await desk.ports.requesters.numbers(desk, tickets) : new Map<Id<'tkt'>, number>()
  const terms = await approvalTerms(desk)
  const approvals = rows.map((row) => present(desk, row, numbers, terms({ policyVersion: row.policy_version })))
  return seen(desk, approvals, ({ ticketId }) => ticketId)
}

function present(desk: Desk, row: Row, numbers: Map<Id<'tkt'>, number>, terms: ApprovalTerms): Approval {
  const operation = presentOperation(row)
  const refusal = whyNot(desk, row, terms)
  return {
    id: idOf('apr', row.apr_id),
    operationId: operation.id,
    operation,
    state: row.apr_state,
    requiredRole: row.apr_role,
    because: row.because,
    requestedBy: { id: row.requested_by ?? '', name: row.requested_by_name },
    decidedBy: row.decided_by_name ? { id: row.decided_by ?? '', name: row.decided_by_name } : null,
    reason: row.apr_reason,
    seen: row.seen,
    contact: row.contact_id ? { id: idOf('con', row.contact_id), name: row.contact_name ?? '' } : null,
    ticketId: operation.ticketId,
    ticketNumber: operation.ticketId ? (numbers.get(operation.ticketId) ?? null) : null,
    mayDecide: refusal === null,
    mayNotBecause: refusal,
    createdAt: row.apr_created.toString(),
    expiresAt: row.apr_expires.toString(),
  }
}

/** Why this actor may not approve it now; a reason that is still to be typed is no obstacle. */
function whyNot(desk: Desk, row: Row, terms: ApprovalTerms): string | null {
  if (!desk.actor.permissions.has('billing.approve') && row.apr_state === 'open')
    return 'Your role does not approve what moves money.'
  const approval = {
    state: row.apr_state,
    requiredRole: row.apr_role,
    createdAt: row.apr_created,
    expiresAt: row.apr_expires,
  }
  const decided = decideApproval({
    ...judged(approval, { money: row.money, requestedBy: row.requested_by }, terms),
    decision: 'approve',
    decider: desk.actor,
    reason: 'to be given',
  })
  return decided.allowed ? null : decided.sentence
}
