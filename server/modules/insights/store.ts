import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { formatPosition, parsePosition, type Position } from '#platform/ledger/follow.ts'
import type { TicketFacts } from './rules/facts.ts'
import { endedAt, packFacts } from './stored-facts.ts'

const cursorName = 'insights.ticket_facts'
const beginning: Position = { tx: '0', seq: 0 }

/**
 * Where the projection has followed the ledger to; holds it for the transaction, so that one folds at a time. While
 * somebody else does, `wait` waits and otherwise there is nothing.
 */
export async function lockCursor(desk: Desk, wait: boolean): Promise<Position | undefined> {
  await desk.connection.query({
    name: 'make-facts-cursor',
    text: 'insert into ledger_cursors (name, position) values ($1, $2) on conflict do nothing',
    values: [cursorName, formatPosition(beginning)],
  })
  const { rows } = await desk.connection.query<{ position: string }>({
    name: wait ? 'lock-facts-cursor' : 'try-facts-cursor',
    text: `select position from ledger_cursors where name = $1 for update ${wait ? '' : 'skip locked'}`,
    values: [cursorName],
  })
  return parsePosition(rows[0]?.position)
}

export async function readCursor(desk: Desk): Promise<Position> {
  const { rows } = await desk.connection.query<{ position: string }>({
    name: 'read-facts-cursor',
    text: 'select position from ledger_cursors where name = $1',
    values: [cursorName],
  })
  return parsePosition(rows[0]?.position) ?? beginning
}

export async function saveCursor(desk: Desk, position: Position): Promise<void> {
  await desk.connection.query({
    name: 'save-facts-cursor',
    text: 'update ledger_cursors set position = $2 where name = $1',
    values: [cursorName, formatPosition(position)],
  })
}

/** Up to which of its ledger lines each of these tickets is folded. */
export async function foldedTo(desk: Desk, ticketIds: readonly Id<'tkt'>[]): Promise<Map<Id<'tkt'>, number>> {
  const { rows } = await desk.connection.query<{ ticket_id: string; seq: number }>({
    name: 'facts-folded-to',
    text: 'select ticket_id, seq from ticket_facts where ticket_id = any($1::uuid[])',
    values: [ticketIds.map(uuidOf)],
  })
  return new Map(rows.map((row) => [idOf('tkt', row.ticket_id), row.seq]))
}

export type Folded = { facts: TicketFacts; seq: number }

/** Saves facts in one statement; a ticket deleted meanwhile is left out. */
export async function saveFacts(desk: Desk, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return
  const rows = folded.map(({ facts: ticket, seq }) => ({
    ticket_id: uuidOf(ticket.ticketId),
    seq,
    created_at: ticket.createdAt.toString(),
    ended_at: endedAt(ticket)?.toString() ?? 'infinity',
    facts: packFacts(ticket),
  }))
  await desk.connection.query({
    name: 'save-ticket-facts',
    text: `insert into ticket_facts (ticket_id, created_at, ended_at, seq, facts)
      select f.ticket_id, f.created_at, f.ended_at, f.seq, f.facts
      from jsonb_to_recordset($1::jsonb)
        as f(ticket_id uuid, created_at timestamptz, ended_at timestamptz, seq bigint, facts jsonb)
      where exists (select from tickets t where t.id = f.ticket_id)
      on conflict (ticket_id) do update set created_at = excluded.created_at,
        ended_at = excluded.ended_at, seq = excluded.seq, facts = excluded.facts`,
    values: [JSON.stringify(rows)],
  })
}
