import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { record } from '../record.ts'
import type { LockedTicket } from '../store/tickets.ts'

/**
 * Closes a ticket whose messages are in another: it leaves the queues, earns no solve, and its later mail goes there.
 * Resolves to the lines of the ledger that say so.
 */
export async function mergeAway(
  desk: Desk,
  ticket: LockedTicket,
  into: Id<'tkt'>,
  told: { correctionId?: Id<'cor'>; messageIds: string[] },
): Promise<Id<'evt'>[]> {
  await desk.connection.query({
    name: 'merge-away',
    text: `update tickets set merged_into_id = $2, status = 'closed', closed_at = $3, solved_at = null, attention = null,
        urgent_at = null, updated_at = $3, version = version + 1 where id = $1`,
    values: [uuidOf(ticket.id), uuidOf(into), desk.now().toString()],
  })
  ticket.status = 'closed'
  ticket.mergedIntoId = into
  return record(desk, ticket, [{ type: 'ticket.merged', data: { into, ...told } }])
}
