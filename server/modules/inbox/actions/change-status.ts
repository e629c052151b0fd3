import type { TicketStatus } from '#contract/inbox.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { Happening } from '../record.ts'
import type { LockedTicket } from '../store/tickets.ts'

/**
 * Writes a new status on a ticket the caller has locked and returns what the ledger must say of it; nothing when it has
 * that status already. Coming back from solved or closed counts as reopened.
 */
export async function changeStatus(
  desk: Desk,
  ticket: LockedTicket,
  to: TicketStatus,
  reason: string,
): Promise<Happening[]> {
  const from = ticket.status
  if (from === to) return []
  const reopens = (from === 'solved' || from === 'closed') && to !== 'solved' && to !== 'closed'
  const solves = to === 'solved'
  await desk.connection.query({
    name: 'change-status',
    text: `update tickets set status = $2, updated_at = $3, version = version + 1,
        solved_at = case when $4 then $3 when $5 then null else solved_at end,
        closed_at = case when $2 = 'closed' then $3::timestamptz when $5 then null else closed_at end,
        solve_cycle = solve_cycle + $6, reopened = reopened + $7,
        urgent_at = case when $2 in ('solved', 'closed') then null else urgent_at end
      where id = $1`,
    values: [uuidOf(ticket.id), to, desk.now().toString(), solves, reopens, solves ? 1 : 0, reopens ? 1 : 0],
  })
  ticket.status = to
  if (solves) ticket.solveCycle += 1
  const changed: Happening = { type: 'ticket.status_changed', data: { from, to, reason } }
  return reopens ? [changed, { type: 'ticket.reopened', data: {} }] : [changed]
}
