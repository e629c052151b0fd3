import type { Id } from '#contract/ids.ts'
import type { Connection } from '../db.ts'
import { newId, uuidOf } from '../ids.ts'

export type NewEvent = {
  /** Made by the caller when it must be known before; made here otherwise. */
  id?: Id<'evt'>
  /** `noun.verb_in_the_past`, such as `ticket.created`. */
  type: string
  ticketId?: Id<'tkt'> | null
  contactId?: Id<'con'> | null
  accountId?: Id<'acc'> | null
  operationId?: Id<'op'> | null
  causeId?: Id<'evt'> | null
  /** Ids, enums, numbers and times only. */
  data?: Record<string, unknown>
  /** When it happened; now unless said. A breach happened at its deadline, whenever it is noticed. */
  occurredAt?: Temporal.Instant
}

const insert = `insert into events
  (id, occurred_at, recorded_at, type, actor_kind, actor_id, cause_id, ticket_id, contact_id, account_id, operation_id, data)
  select e.id, e.occurred_at, $2, e.type, $3, $4, e.cause_id, e.ticket_id, e.contact_id, e.account_id, e.operation_id, e.data
  from jsonb_to_recordset($1::jsonb) as e(id uuid, occurred_at timestamptz, type text, cause_id uuid,
    ticket_id uuid, contact_id uuid, account_id uuid, operation_id uuid, data jsonb)`

/** Appends events in order on the caller's connection, in one statement, so that they commit with what they tell of. */
export async function appendEvents(
  connection: Connection,
  actor: { kind: string; id: string | null },
  now: Temporal.Instant,
  events: readonly NewEvent[],
): Promise<Id<'evt'>[]> {
  const ids = events.map((event) => event.id ?? newId('evt', now))
  const rows = events.map((event, index) => ({
    id: uuidOf(ids[index] as string),
    occurred_at: (event.occurredAt ?? now).toString(),
    type: event.type,
    cause_id: uuidOrNull(event.causeId),
    ticket_id: uuidOrNull(event.ticketId),
    contact_id: uuidOrNull(event.contactId),
    account_id: uuidOrNull(event.accountId),
    operation_id: uuidOrNull(event.operationId),
    data: event.data ?? {},
  }))
  await connection.query({
    name: 'append-events',
    text: insert,
    values: [JSON.stringify(rows), now.toString(), actor.kind, actor.id],
  })
  return ids
}

function uuidOrNull(id: string | null | undefined): string | null {
  return id ? uuidOf(id) : null
}
