import type { Id } from '#contract/ids.ts'
import type { TicketEvent } from '#contract/ticket-events.ts'
import type { Connection } from '#platform/db.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

/** The happenings that figures are made of; clocks and other changes are left where they are. */
export const figureEvents: readonly string[] = [
  'ticket.created',
  'message.received',
  'message.sent',
  'ticket.status_changed',
  'ticket.reopened',
  'ticket.merged',
  'ticket.split',
  'messages.moved',
  'correction.undone',
  'csat.rated',
]

type Row = {
  id: string
  seq: number
  type: TicketEvent['type']
  occurred_at: Temporal.Instant
  actor_kind: TicketEvent['actorKind']
  actor_id: string | null
  ticket_id: string
  data: TicketEvent['data']
}

/** The events of these tickets that figures are made of, by ticket, each in the order of the ledger. */
export async function readTicketEvents(
  connection: Connection,
  ticketIds: readonly Id<'tkt'>[],
): Promise<Map<Id<'tkt'>, TicketEvent[]>> {
  const { rows } = await connection.query<Row>({
    name: 'figure-events',
    text: `select id, seq, type, occurred_at, actor_kind, actor_id, ticket_id, data from events
      where ticket_id = any($1::uuid[]) and type = any($2) order by ticket_id, seq`,
    values: [ticketIds.map(uuidOf), figureEvents],
  })
  const byTicket = new Map<Id<'tkt'>, TicketEvent[]>()
  for (const row of rows) {
    const ticketId = idOf('tkt', row.ticket_id)
    const event = {
      id: idOf('evt', row.id),
      seq: row.seq,
      type: row.type,
      occurredAt: row.occurred_at,
      actorKind: row.actor_kind,
      actorId: row.actor_id,
      ticketId,
      data: row.data,
    } as TicketEvent
    const known = byTicket.get(ticketId)
    if (known) known.push(event)
    else byTicket.set(ticketId, [event])
  }
  return byTicket
}
