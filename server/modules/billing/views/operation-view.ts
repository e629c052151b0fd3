import type { listOperations as listEndpoint, Operation, RefundCause } from '#contract/billing.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Money } from '#contract/money.ts'
import type { Desk } from '#server/desk.ts'
import { decodeTimeCursor, pageOf } from '#platform/cursor.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { maySeeTicket } from '../operation-visibility.ts'
import { operationWords } from '../operation-words.ts'

export type OperationRow = {
  id: string
  stripe_account: string
  kind: Operation['kind']
  state: Operation['state']
  cause: RefundCause | null
  note: string | null
  money: Money | null
  charge: string | null
  invoice: string | null
  subscription: string | null
  customer_id: string | null
  effect_id: string | null
  ticket_id: string | null
  refund_id: string | null
  credit_note_id: string | null
  problem: string | null
  reply_draft: string | null
  requested_by_name: string
  created_at: Temporal.Instant
  product: Operation['product']
  approval_id: string | null
  required_role: 'lead' | 'finance' | null
  attempts: { key: string; at: string; outcome: string; detail: string | null; kind: string }[] | null
}

/** Columns and joins of one operation as the API shows it; `o` is the operation, `a` its approval. */
export const operationColumns = `o.id, o.stripe_account, o.kind, o.state, o.customer_id, o.effect_id, o.cause, o.reason as note, o.money, o.charge, o.invoice, o.subscription, o.ticket_id, o.refund_id,
  o.credit_note_id, o.problem, o.reply_draft, o.requested_by_name, o.created_at, a.id as approval_id, a.required_role,
  case when o.kind = 'product_action' then json_build_object(
     'actionId', o.plan->'actionId', 'title', o.plan->'definition'->'title', 'key', o.plan->'key') end as product,
  (select json_agg(json_build_object('key', t.key, 'at', t.started_at, 'outcome', t.outcome, 'detail', t.detail, 'kind', t.kind)
     order by t.seq) from operation_attempts t where t.operation_id = o.id) as attempts`

export function presentOperation(row: OperationRow): Operation {
  const attempts = row.attempts ?? []
  return {
    id: idOf('op', row.id),
    kind: row.kind,
    // What is done at the product belongs to no account.
    account: row.kind === 'product_action' ? null : row.stripe_account,
    state: row.state,
    cause: row.cause,
    note: row.note,
    sentence: operationWords({
      kind: row.kind,
      state: row.state,
      money: row.money,
      product: row.product,
      problem: row.problem,
      requiredRole: row.required_role,
      attempts: attempts.filter(({ kind }) => kind === 'call').length,
    }),
    money: row.money,
    target: { charge: row.charge, invoice: row.invoice, subscription: row.subscription, customer: row.customer_id },
    product: row.product,
    ticketId: row.ticket_id ? idOf('tkt', row.ticket_id) : null,
    approvalId: row.approval_id ? idOf('apr', row.approval_id) : null,
    result: { refundId: row.refund_id, creditNoteId: row.credit_note_id, effectId: row.effect_id },
    attempts: attempts.map(({ key, at, outcome, detail, kind }) => ({
      key: kind === 'look_up' ? 'look-up' : key,
      at: Temporal.Instant.from(at).toString(),
      outcome,
      detail,
    })),
    replyDraft: row.reply_draft,
    requestedBy: row.requested_by_name,
    createdAt: row.created_at.toString(),
  }
}

export async function readOperation(desk: Desk, id: Id<'op'>): Promise<Operation> {
  const { rows } = await desk.connection.query<OperationRow>({
    name: 'read-operation',
    text: `select ${operationColumns} from operations o left join approvals a on a.operation_id = o.id where o.id = $1`,
    values: [uuidOf(id)],
  })
  const operation = rows[0] && presentOperation(rows[0])
  if (!operation || !(await maySeeTicket(desk, operation.ticketId))) throw notFound('operation')
  return operation
}

/** Newest first. Operations of tickets the actor may not see are left out, so a page may be short. */
export async function listOperations(desk: Desk, query: QueryOf<typeof listEndpoint>) {
  const limit = query.limit ?? 50
  const after = decodeTimeCursor(query.cursor)
  const { rows } = await desk.connection.query<OperationRow>(
    `select ${operationColumns} from operations o left join approvals a on a.operation_id = o.id
     where ($1::timestamptz is null or (o.created_at, o.id) < ($1, $2::uuid))
       and ($3::uuid is null or o.ticket_id = $3) and ($4::text is null or o.state = $4)
       and ($6::uuid is null or o.contact_id = $6)
     order by o.created_at desc nulls last, o.id desc nulls last limit $5`,
    [
      after?.at.toString() ?? null,
      after ? uuidOf(after.id) : null,
      query.ticketId ? uuidOf(query.ticketId) : null,
      query.state ?? null,
      limit + 1,
      query.contactId ? uuidOf(query.contactId) : null,
    ],
  )
  const page = pageOf(rows, limit, (row) => [row.created_at.toString(), idOf('op', row.id)], presentOperation)
  return { ...page, items: await seen(desk, page.items, (operation) => operation.ticketId) }
}

/** Of a page, what belongs to no ticket or to one the actor may see. */
export async function seen<T>(desk: Desk, items: T[], ticketOf: (item: T) => Id<'tkt'> | null): Promise<T[]> {
  if (desk.actor.visible === 'all') return items
  const visible = await desk.ports.requesters.numbers(desk, [...new Set(items.flatMap((item) => ticketOf(item) ?? []))])
  return items.filter((item) => {
    const ticketId = ticketOf(item)
    return ticketId === null || visible.has(ticketId)
  })
}
