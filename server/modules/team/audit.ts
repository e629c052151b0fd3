import type { LedgerEvent } from '#contract/events.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { storableInstant } from '#platform/instants.ts'
import type { Page } from './views.ts'

type Query = {
  limit?: number | undefined
  cursor?: string | undefined
  type?: string | undefined
  actorId?: string | undefined
}

/** An event as the table has it. */
export type EventRow = {
  id: string
  seq: number
  type: string
  occurred_at: Temporal.Instant
  actor_kind: LedgerEvent['actor']['kind']
  actor_id: string | null
  cause_id: string | null
  ticket_id: string | null
  data: Record<string, unknown>
}

/**
 * The ledger, newest first; events of tickets that the actor may not see are left out. One type is read by time, which
 * its index is in; everything else by sequence.
 */
export async function listAudit(desk: Desk, query: Query): Promise<Page<LedgerEvent>> {
  const limit = query.limit ?? 50
  const byTime = query.type !== undefined && query.actorId === undefined
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = ['true']
  if (query.type !== undefined) conditions.push(`e.type = ${bind(query.type)}`)
  if (query.actorId !== undefined)
    conditions.push(`e.actor_kind in ('agent', 'api')`, `e.actor_id = ${bind(query.actorId)}`)
  const after = positionOf(query.cursor)
  if (after && byTime) conditions.push(`(e.occurred_at, e.seq) < (${bind(after.at)}::timestamptz, ${bind(after.seq)})`)
  else if (after) conditions.push(`e.seq < ${bind(after.seq)}`)
  if (desk.actor.visible !== 'all') {
    // The table is the inbox's; only its team is asked, the one column that says who may see a ticket.
    const teams = bind(desk.actor.visible.map(uuidOf))
    conditions.push(
      `(e.ticket_id is null or exists (select from tickets t where t.id = e.ticket_id and t.team_id = any(${teams}::uuid[])))`,
    )
  }
  const { rows } = await desk.connection.query<EventRow>(
    `select e.id, e.seq, e.type, e.occurred_at, e.actor_kind, e.actor_id, e.cause_id, e.ticket_id, e.data
     from events e where ${conditions.join(' and ')}
     order by ${byTime ? 'e.occurred_at desc, e.seq desc' : 'e.seq desc'} limit ${bind(limit + 1)}`,
    values,
  )
  const present = await eventPresenter(desk, rows)
  return pageOf(rows, limit, (row) => [row.seq, row.occurred_at.toString()], present)
}

/** How one page of the ledger is shown, with the names of who acted. */
export async function eventPresenter(desk: Desk, rows: readonly EventRow[]): Promise<(row: EventRow) => LedgerEvent> {
  const names = await namesOf(desk, rows)
  return (row) => present(row, names)
}

function positionOf(cursor: string | undefined): { seq: number; at: string } | undefined {
  const key = decodeCursor(cursor, 2)
  if (!key) return undefined
  const [seq, at] = key
  try {
    if (!Number.isSafeInteger(seq)) throw new Error('not a place in the ledger')
    return { seq: Number(seq), at: storableInstant(String(at)).toString() }
  } catch {
    throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
  }
}

/** Names of the people and keys on one page, in one query. */
async function namesOf(desk: Desk, rows: readonly EventRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((row) => row.actor_id).filter((id) => id !== null))]
  const uuids = (prefix: string) => ids.filter((id) => id.startsWith(prefix)).map(uuidOf)
  const agents = uuids('agt_')
  const keys = uuids('key_')
  if (agents.length + keys.length === 0) return new Map()
  const { rows: named } = await desk.connection.query<{ kind: 'agt' | 'key'; id: string; name: string }>(
    `select 'agt' as kind, id, name from agents where id = any($1::uuid[])
     union all select 'key', id, name from api_keys where id = any($2::uuid[])`,
    [agents, keys],
  )
  return new Map(named.map((row) => [idOf(row.kind, row.id), row.name]))
}

function present(row: EventRow, names: Map<string, string>): LedgerEvent {
  return {
    id: idOf('evt', row.id),
    seq: row.seq,
    type: row.type,
    occurredAt: row.occurred_at.toString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: (row.actor_id && names.get(row.actor_id)) ?? null },
    causeId: row.cause_id === null ? null : idOf('evt', row.cause_id),
    ticketId: row.ticket_id === null ? null : idOf('tkt', row.ticket_id),
    data: row.data,
  }
}
