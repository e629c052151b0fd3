import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { eventPresenter, type EventRow } from '#modules/team/index.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { requireVisible } from './read-ticket.ts'

type Query = { limit?: number | undefined; cursor?: string | undefined }

/** The ledger of a ticket that may be seen, oldest first. */
export async function listTicketEvents(desk: Desk, ticketId: Id<'tkt'>, query: Query) {
  await requireVisible(desk, ticketId)
  const limit = query.limit ?? 50
  const { rows } = await desk.connection.query<EventRow>({
    name: 'ticket-events',
    text: `select id, seq, type, occurred_at, actor_kind, actor_id, cause_id, ticket_id, data
      from events where ticket_id = $1 and seq > $2 order by seq limit $3`,
    values: [uuidOf(ticketId), sequenceAfter(query.cursor), limit + 1],
  })
  return pageOf(rows, limit, (row) => [row.seq], await eventPresenter(desk, rows))
}

function sequenceAfter(cursor: string | undefined): number {
  const after = decodeCursor(cursor, 1)?.[0] ?? 0
  if (typeof after === 'number' && Number.isSafeInteger(after)) return after
  throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
}
