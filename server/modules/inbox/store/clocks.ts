import type { Id } from '#contract/ids.ts'
import type { TicketStatus } from '#contract/inbox.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { SlaClock } from '../rules/sla.ts'

const upsert = `insert into ticket_clocks (ticket_id, target, state, started_at, due_at, ended_at, elapsed_ms, seconds, calendar_version)
  select $1, c.target, c.state, c.started_at, c.due_at, c.ended_at, c.elapsed_ms, c.seconds, c.calendar_version
  from jsonb_to_recordset($2::jsonb) as c(target text, state text, started_at timestamptz, due_at timestamptz,
    ended_at timestamptz, elapsed_ms bigint, seconds int, calendar_version int)
  on conflict (ticket_id, target) do update set state = excluded.state, started_at = excluded.started_at,
    due_at = excluded.due_at, ended_at = excluded.ended_at, elapsed_ms = excluded.elapsed_ms, seconds = excluded.seconds,
    calendar_version = excluded.calendar_version`

/** Saves a ticket's clocks for lists, and when it is next due: the earliest deadline it still owes somebody. */
export async function saveClocks(
  desk: Desk,
  ticket: { id: Id<'tkt'>; status: TicketStatus },
  clocks: readonly SlaClock[],
): Promise<void> {
  await desk.connection.query({
    name: 'save-clocks',
    text: upsert,
    values: [uuidOf(ticket.id), JSON.stringify(clockRows(clocks))],
  })
  await desk.connection.query({
    name: 'save-urgent',
    text: 'update tickets set urgent_at = $2 where id = $1 and urgent_at is distinct from $2',
    values: [uuidOf(ticket.id), urgentAt(ticket.status, clocks)?.toString() ?? null],
  })
}

/** Clocks as jsonb_to_recordset takes them. */
export function clockRows(clocks: readonly SlaClock[]) {
  return clocks.map((clock) => ({
    target: clock.target,
    state: clock.state,
    started_at: clock.startedAt.toString(),
    due_at: clock.dueAt?.toString() ?? null,
    ended_at: clock.endedAt?.toString() ?? null,
    elapsed_ms: clock.elapsedMs[clock.clock],
    seconds: clock.seconds,
    calendar_version: clock.calendarVersion,
  }))
}

/** The earliest deadline of a clock that still waits, missed ones included. */
export function urgentAt(status: TicketStatus, clocks: readonly SlaClock[]): Temporal.Instant | null {
  if (status === 'solved' || status === 'closed') return null
  const due = clocks.flatMap((clock) => (clock.open && !clock.paused && clock.dueAt ? [clock.dueAt] : []))
  return due.sort(Temporal.Instant.compare)[0] ?? null
}
