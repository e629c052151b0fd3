import type { Operation, RefundCause } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Money } from '#contract/money.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { Given, PendingRefund } from '../rules/refund-request.ts'

export type StoredOperation = {
  id: Id<'op'>
  kind: Operation['kind']
  state: Operation['state']
  money: Money | null
  /** What no two operations work on at once. */
  subject: string
  charge: string | null
  invoice: string | null
  subscription: string | null
  customerId: string | null
  contactId: Id<'con'> | null
  contactName: string | null
  ticketId: Id<'tkt'> | null
  cause: RefundCause | null
  /** The kind knows its shape. */
  plan: unknown
  refundId: string | null
  creditNoteId: string | null
  effectId: string | null
  requestedBy: string | null
  requestedByAgent: Id<'agt'> | null
  createdAt: Temporal.Instant
}

export type NewOperation = Omit<StoredOperation, 'refundId' | 'creditNoteId' | 'effectId' | 'createdAt'> & {
  previewId: Id<'prv'> | null
  reason: string | null
  decision: unknown
  requestedByName: string
}

export async function insertOperation(desk: Desk, operation: NewOperation): Promise<void> {
  await desk.connection.query(
    `insert into operations (id, state, stripe_account, money, charge, invoice, subscription, customer_id, contact_id, contact_name,
       ticket_id, cause, reason, preview_id, decision, plan, requested_by, requested_by_name, requested_by_agent, created_at,
       kind, subject)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
    [
      uuidOf(operation.id),
      operation.state,
      desk.ports.payments.account,
      operation.money && JSON.stringify(operation.money),
      operation.charge,
      operation.invoice,
      operation.subscription,
      operation.customerId,
      operation.contactId && uuidOf(operation.contactId),
      operation.contactName,
      operation.ticketId && uuidOf(operation.ticketId),
      operation.cause,
      operation.reason,
      operation.previewId && uuidOf(operation.previewId),
      JSON.stringify(operation.decision),
      JSON.stringify(operation.plan),
      operation.requestedBy,
      operation.requestedByName,
      operation.requestedByAgent && uuidOf(operation.requestedByAgent),
      desk.now().toString(),
      operation.kind,
      operation.subject,
    ],
  )
}

type Row = Omit<StoredOperation, 'id' | 'contactId' | 'ticketId' | 'requestedByAgent'> & {
  uuid: string
  contact: string | null
  ticket: string | null
  agent: string | null
}

/** Locks an operation for the rest of the transaction. */
export async function lockOperation(desk: Desk, id: Id<'op'>): Promise<StoredOperation | undefined> {
  const { rows } = await desk.connection.query<Row>({
    name: 'lock-operation',
    text: `select id as uuid, kind, state, money, subject, charge, invoice, subscription, customer_id as "customerId", contact_id as contact,
        contact_name as "contactName", ticket_id as ticket, cause, plan, refund_id as "refundId",
        credit_note_id as "creditNoteId", effect_id as "effectId", requested_by as "requestedBy", requested_by_agent as agent, created_at as "createdAt"
      from operations where id = $1 for update`,
    values: [uuidOf(id)],
  })
  const row = rows[0]
  if (!row) return undefined
  const { uuid, contact, ticket, agent, ...rest } = row
  return {
    id: idOf('op', uuid),
    ...rest,
    contactId: contact ? idOf('con', contact) : null,
    ticketId: ticket ? idOf('tkt', ticket) : null,
    requestedByAgent: agent ? idOf('agt', agent) : null,
  }
}

export type OperationChange = {
  state?: Operation['state']
  refundId?: string | null
  creditNoteId?: string | null
  effectId?: string | null
  problem?: string | null
  replyDraft?: string | null
  nextAt?: Temporal.Instant | null
  startedAt?: Temporal.Instant
  endedAt?: Temporal.Instant | null
}

const changeable = {
  state: 'state',
  refundId: 'refund_id',
  creditNoteId: 'credit_note_id',
  effectId: 'effect_id',
  problem: 'problem',
  replyDraft: 'reply_draft',
  nextAt: 'next_at',
  startedAt: 'started_at',
  endedAt: 'ended_at',
} as const satisfies Record<keyof OperationChange, string>

export async function setOperation(desk: Desk, id: Id<'op'>, change: OperationChange): Promise<void> {
  const fields = (Object.keys(change) as (keyof OperationChange)[]).filter((field) => change[field] !== undefined)
  if (fields.length === 0) return
  const values = fields.map((field) => {
    const value = change[field]
    return value instanceof Temporal.Instant ? value.toString() : value
  })
  await desk.connection.query(
    `update operations set ${fields.map((field, index) => `${changeable[field]} = $${index + 2}`).join(', ')} where id = $1`,
    [uuidOf(id), ...values],
  )
}

/** One decision about a charge, a customer or a subscription at a time, so that two cannot both find the same room. */
export async function lockSubject(desk: Desk, subject: string): Promise<void> {
  await desk.connection.query(`select pg_advisory_xact_lock(hashtextextended($1, 7302))`, [
    `${desk.ports.payments.account} ${subject}`,
  ])
}

/** Refunds of this charge that are intended and may not show at Stripe yet. */
export async function pendingRefunds(desk: Desk, charge: string, except?: Id<'op'>): Promise<PendingRefund[]> {
  const { rows } = await desk.connection.query<{ id: string; money: Money }>({
    name: 'pending-refunds',
    text: `select id, money from operations where charge = $1 and kind = 'refund' and stripe_account = $2
      and ($3::uuid is null or id <> $3) and state in ('awaiting_approval', 'queued', 'running', 'verifying', 'unknown')`,
    values: [charge, desk.ports.payments.account, except ? uuidOf(except) : null],
  })
  return rows.map((row) => ({ operationId: idOf('op', row.id), money: row.money }))
}

/**
 * What this desk gave on these charges or to this customer since an instant, refunds with their cause and credits as goodwill:
 * done, under way, and waiting for an approval, since each of them may still arrive.
 */
export async function givenByDesk(
  desk: Desk,
  of: { customerId: string | null; charges: readonly string[] },
  since: Temporal.Instant,
): Promise<Given[]> {
  const { rows } = await desk.connection.query<{ at: Temporal.Instant; money: Money; cause: RefundCause }>({
    name: 'given-by-desk',
    text: `select created_at as at, money, coalesce(cause, 'goodwill') as cause from operations
      where stripe_account = $1 and kind in ('refund', 'balance_credit')
        and state in ('awaiting_approval', 'queued', 'running', 'verifying', 'unknown', 'done')
        and created_at > $2 and (customer_id = $3 or charge = any($4))`,
    values: [desk.ports.payments.account, since.toString(), of.customerId, of.charges],
  })
  return rows.map(({ at, money, cause }) => ({ at: at.epochMilliseconds, money, cause }))
}

/** Which of these refunds are ours, by their id. A refund made by a credit note does not carry our id itself. */
export async function operationsOfRefunds(desk: Desk, refunds: readonly string[]): Promise<Map<string, Id<'op'>>> {
  if (refunds.length === 0) return new Map()
  const { rows } = await desk.connection.query<{ refund: string; id: string }>({
    name: 'operations-of-refunds',
    text: `select refund_id as refund, id from operations where refund_id = any($1) and stripe_account = $2`,
    values: [refunds, desk.ports.payments.account],
  })
  return new Map(rows.map((row) => [row.refund, idOf('op', row.id)]))
}

/** Whether another operation is working on this subject right now. */
export async function isSubjectBusy(desk: Desk, subject: string, except: Id<'op'>): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'subject-busy',
    text: `select from operations where subject = $1 and stripe_account = $2 and id <> $3 and state in ('running', 'verifying')`,
    values: [subject, desk.ports.payments.account, uuidOf(except)],
  })
  return rowCount !== 0
}

/** Whether another operation about this subject is asked for and has not ended. */
export async function isSubjectTaken(desk: Desk, subject: string): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'subject-taken',
    text: `select from operations where subject = $1 and stripe_account = $2
      and state in ('awaiting_approval', 'queued', 'running', 'verifying', 'unknown')`,
    values: [subject, desk.ports.payments.account],
  })
  return rowCount !== 0
}

/** Operations that should be moving: all of them, or only those whose time has come. */
export async function unfinishedOperations(desk: Desk, which: 'all' | 'due'): Promise<Id<'op'>[]> {
  const { rows } = await desk.connection.query<{ id: string }>({
    name: 'unfinished-operations',
    text: `select id from operations where state in ('queued', 'running', 'verifying')
      and ($1::timestamptz is null or next_at is null or next_at <= $1) order by created_at limit 1000`,
    values: [which === 'due' ? desk.now().toString() : null],
  })
  return rows.map((row) => idOf('op', row.id))
}
