import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { readSlaEvents } from '../record.ts'
import { foldClocks } from '../rules/sla.ts'
import { foldTicketState, type StateEvent, type TicketState } from '../rules/ticket-state.ts'
import { slaTerms } from '../sla-terms.ts'
import { saveClocks } from '../store/clocks.ts'
import { readHistory } from './ticket-history.ts'

/** The state of a ticket by its ledger as if some of its lines had never been. */
export async function stateWithout(
  desk: Desk,
  ticketId: Id<'tkt'>,
  voids: readonly string[],
): Promise<TicketState | null> {
  const counted = (await readHistory(desk, ticketId)).filter(({ id }) => !voids.includes(id))
  return foldTicketState(counted as unknown as StateEvent[])
}

/** Puts the columns and clocks that the ledger decides back to what it says, after lines of it stopped counting. */
export async function rebuildTicket(desk: Desk, ticketId: Id<'tkt'>): Promise<void> {
  const state = await stateWithout(desk, ticketId, [])
  if (!state) return
  await desk.connection.query({
    name: 'rebuild-ticket',
    text: `update tickets set status = $2, tags = $3, solve_cycle = $4, reopened = $5, solved_at = $6, closed_at = $7,
        merged_into_id = $8, urgent_at = null where id = $1`,
    values: [
      uuidOf(ticketId),
      state.status,
      state.tags,
      state.solved,
      state.reopened,
      state.solvedAt,
      state.closedAt,
      state.mergedInto ? uuidOf(state.mergedInto) : null,
    ],
  })
  const { calendars } = await slaTerms(desk)
  const clocks = foldClocks(await readSlaEvents(desk, ticketId), calendars, desk.now())
  await desk.connection.query({
    name: 'drop-clocks',
    text: 'delete from ticket_clocks where ticket_id = $1 and target <> all($2)',
    values: [uuidOf(ticketId), clocks.map(({ target }) => target)],
  })
  await saveClocks(desk, { id: ticketId, status: state.status }, clocks)
}
