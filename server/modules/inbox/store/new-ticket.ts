import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import type { SlaClock } from '../rules/sla.ts'
import { clockRows, urgentAt } from './clocks.ts'
import { participantRows, ticketValues, type NewTicket, type Participant } from './tickets.ts'

const insert = `with ticket as (
    insert into tickets (id, subject, normalised_subject, status, priority, segment, channel, source_id, requester_id,
      account_id, assignee_id, team_id, tags, preview, last_author, urgent_at, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17) returning id
  ), people as (
    insert into ticket_participants (ticket_id, email, contact_id, kind)
    select ticket.id, p.email, p.contact_id, p.kind
    from ticket, jsonb_to_recordset($18::jsonb) as p(email text, contact_id uuid, kind text)
    on conflict do nothing
  )
  insert into ticket_clocks (ticket_id, target, state, started_at, due_at, ended_at, elapsed_ms, seconds, calendar_version)
  select ticket.id, c.target, c.state, c.started_at, c.due_at, c.ended_at, c.elapsed_ms, c.seconds, c.calendar_version
  from ticket, jsonb_to_recordset($19::jsonb) as c(target text, state text, started_at timestamptz, due_at timestamptz,
    ended_at timestamptz, elapsed_ms bigint, seconds int, calendar_version int)`

/**
 * Inserts a ticket with its people and clocks in one statement: its place in the queue is known from the start, so no row
 * is written twice while mail pours in. Its events are the caller's to record.
 */
export async function insertWholeTicket(
  desk: Desk,
  ticket: NewTicket & { id: Id<'tkt'> },
  people: readonly Participant[],
  clocks: readonly SlaClock[],
): Promise<void> {
  await desk.connection.query({
    name: 'insert-whole-ticket',
    text: insert,
    values: [
      ...ticketValues(ticket),
      urgentAt(ticket.status, clocks)?.toString() ?? null,
      desk.now().toString(),
      JSON.stringify(participantRows(people)),
      JSON.stringify(clockRows(clocks)),
    ],
  })
}
