import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { idOf } from '#platform/ids.ts'
import { record } from '../record.ts'
import { lockTicket } from '../store/tickets.ts'
import { changeStatus } from './change-status.ts'

const batch = 200

/** Closes tickets that have been solved for as long as the setting says. What is locked elsewhere waits for the next sweep. */
export async function closeSolved(desk: Desk): Promise<number> {
  const { closedAfterDays } = await getSettings(desk)
  const before = desk.now().subtract({ hours: 24 * closedAfterDays })
  const { rows } = await desk.connection.query<{ id: string }>({
    name: 'tickets-to-close',
    text: `select id from tickets where status = 'solved' and deleted_at is null and solved_at <= $1 order by solved_at limit ${batch}`,
    values: [before.toString()],
  })
  for (const row of rows) {
    await desk.transaction(async (tx) => {
      const ticket = await lockTicket(tx, idOf('tkt', row.id))
      if (ticket.status !== 'solved' || !ticket.solvedAt || Temporal.Instant.compare(ticket.solvedAt, before) > 0)
        return
      await record(tx, ticket, await changeStatus(tx, ticket, 'closed', 'solved_long_enough'))
    })
  }
  return rows.length
}
