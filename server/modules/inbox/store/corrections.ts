import type { Id } from '#contract/ids.ts'
import type { CorrectionKind } from '#contract/ticket-events.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { CorrectionUndo } from '../correction-tables.ts'

export type NewCorrection = {
  id: Id<'cor'>
  kind: CorrectionKind
  ticketId: Id<'tkt'>
  otherId: Id<'tkt'> | null
  undo: CorrectionUndo
}

/** Keeps what undoing needs. The last statement of a correction: the ledger has its events by now. */
export async function insertCorrection(desk: Desk, correction: NewCorrection): Promise<void> {
  const { kind, id, ticketId, otherId, undo } = correction
  const tickets = [ticketId, otherId].flatMap((ticket) => (ticket ? [uuidOf(ticket)] : []))
  await desk.connection.query({
    name: 'insert-correction',
    text: `insert into corrections (id, kind, ticket_id, other_id, undo, actor_kind, agent_id, created_at, ledger_seq)
      values ($1, $2, $3, $4, $5, $6, $7, $8, (select max(seq) from events where ticket_id = any($9::uuid[])))`,
    values: [
      uuidOf(id),
      kind,
      uuidOf(ticketId),
      otherId && uuidOf(otherId),
      JSON.stringify(undo),
      desk.actor.kind,
      desk.actor.agentId && uuidOf(desk.actor.agentId),
      desk.now().toString(),
      tickets,
    ],
  })
}

export type StoredCorrection = {
  id: Id<'cor'>
  kind: CorrectionKind
  ticketId: Id<'tkt'>
  otherId: Id<'tkt'> | null
  undo: CorrectionUndo
  createdAt: Temporal.Instant
}

export async function readCorrection(desk: Desk, id: Id<'cor'>): Promise<StoredCorrection | undefined> {
  const { rows } = await desk.connection.query<{
    kind: CorrectionKind
    ticket_id: string
    other_id: string | null
    undo: CorrectionUndo
    created_at: Temporal.Instant
  }>({
    name: 'read-correction',
    text: 'select kind, ticket_id, other_id, undo, created_at from corrections where id = $1',
    values: [uuidOf(id)],
  })
  const row = rows[0]
  return (
    row && {
      id,
      kind: row.kind,
      ticketId: idOf('tkt', row.ticket_id),
      otherId: row.other_id ? idOf('tkt', row.other_id) : null,
      undo: row.undo,
      createdAt: row.created_at,
    }
  )
}

export async function markUndone(desk: Desk, id: Id<'cor'>): Promise<void> {
  await desk.connection.query({
    name: 'mark-undone',
    text: 'update corrections set undone_at = $2 where id = $1',
    values: [uuidOf(id), desk.now().toString()],
  })
}
