import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { record } from '../record.ts'
import type { LockedTicket } from '../store/tickets.ts'

/** Gives a ticket the caller has locked to an agent, or to nobody. Nothing happens when it is theirs already. */
export async function assignTicket(desk: Desk, ticket: LockedTicket, to: Id<'agt'> | null): Promise<void> {
  const from = ticket.assigneeId
  if (from === to) return
  await desk.connection.query({
    name: 'assign-ticket',
    text: 'update tickets set assignee_id = $2, updated_at = $3, version = version + 1 where id = $1',
    values: [uuidOf(ticket.id), to ? uuidOf(to) : null, desk.now().toString()],
  })
  ticket.assigneeId = to
  await record(desk, ticket, [{ type: 'ticket.assigned', data: { from, to } }])
}
