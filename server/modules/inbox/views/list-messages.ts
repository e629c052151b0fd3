import type { Id } from '#contract/ids.ts'
import type { Message } from '#contract/inbox.ts'
import type { Desk } from '#server/desk.ts'
import { decodeTimeCursor, pageOf } from '#platform/cursor.ts'
import { notFound } from '#platform/errors.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { teamsOf, visibleTickets } from '../visible.ts'
import { messageColumns, messageJoins, presentMessage, type MessageRecord } from './message-view.ts'
import { requireVisible } from './read-ticket.ts'

type Query = {
  limit?: number | undefined
  cursor?: string | undefined
  order?: 'oldest' | 'newest' | undefined
}

const statement = (order: 'oldest' | 'newest') => ({
  name: `messages-${order}`,
  text: `with page as (
      select * from messages m where m.ticket_id = $1
        and ($2::timestamptz is null or (m.created_at, m.id) ${order === 'oldest' ? '>' : '<'} ($2, $3::uuid))
      order by m.created_at ${order === 'oldest' ? 'asc' : 'desc'}, m.id ${order === 'oldest' ? 'asc' : 'desc'} limit $4
    )
    select ${messageColumns} from page m ${messageJoins}
    order by m.created_at ${order === 'oldest' ? 'asc' : 'desc'}, m.id ${order === 'oldest' ? 'asc' : 'desc'}`,
})
const statements = { oldest: statement('oldest'), newest: statement('newest') }

/** The messages of a ticket that may be seen, from either end. */
export async function listMessages(desk: Desk, ticketId: Id<'tkt'>, query: Query) {
  await requireVisible(desk, ticketId)
  const limit = query.limit ?? 50
  const after = decodeTimeCursor(query.cursor)
  const { rows } = await desk.connection.query<MessageRecord>({
    ...statements[query.order ?? 'oldest'],
    values: [uuidOf(ticketId), after?.at.toString() ?? null, after ? uuidOf(after.id) : null, limit + 1],
  })
  return pageOf(
    rows,
    limit,
    (row) => [row.created_at.toString(), idOf('msg', row.id)],
    (row) => presentMessage(desk, row),
  )
}

/** One message, if its ticket may be seen. */
export async function readMessage(
  desk: Desk,
  id: Id<'msg'>,
  options: { remoteImages?: boolean } = {},
): Promise<Message> {
  const { rows } = await desk.connection.query<MessageRecord>({
    name: 'read-message',
    text: `select ${messageColumns} from messages m ${messageJoins} join tickets t on t.id = m.ticket_id
      where m.id = $1 and ${visibleTickets('t', 2)}`,
    values: [uuidOf(id), teamsOf(desk.actor)],
  })
  const row = rows[0]
  if (!row) throw notFound('message')
  return presentMessage(desk, row, options)
}
