import type { Id } from '#contract/ids.ts'
import type { TicketEvent } from '#contract/ticket-events.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

type Row = {
  id: string
  seq: number
  type: TicketEvent['type']
  occurred_at: Temporal.Instant
  actor_kind: TicketEvent['actorKind']
  actor_id: string | null
  cause_id: string | null
  data: TicketEvent['data']
}

export type HistoryLine = TicketEvent & { causeId: Id<'evt'> | null }

/** The ledger of one ticket without its clocks, in order. */
export async function readHistory(desk: Desk, ticketId: Id<'tkt'>): Promise<HistoryLine[]> {
  const { rows } = await desk.connection.query<Row>({
    name: 'ticket-history',
    text: `select id, seq, type, occurred_at, actor_kind, actor_id, cause_id, data from events
      where ticket_id = $1 and type not like 'sla.%' order by seq`,
    values: [uuidOf(ticketId)],
  })
  return rows.map(
    (row) =>
      ({
        id: idOf('evt', row.id),
        seq: row.seq,
        type: row.type,
        occurredAt: row.occurred_at,
        actorKind: row.actor_kind,
        actorId: row.actor_id,
        causeId: row.cause_id && idOf('evt', row.cause_id),
        ticketId,
        data: row.data,
      }) as HistoryLine,
  )
}
