import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { recordBreaches } from '../record.ts'
import { lockTicket } from '../store/tickets.ts'

const batch = 200

/** Writes the breaches that have happened since the last sweep, each stamped at its deadline. */
export async function sweepBreaches(desk: Desk): Promise<number> {
  const { rows } = await desk.connection.query<{ ticket_id: string }>({
    name: 'breaches-due',
    text: `select c.ticket_id from ticket_clocks c join tickets t on t.id = c.ticket_id and t.deleted_at is null
      where c.state = 'running' and c.due_at < $1 order by c.due_at limit ${batch}`,
    values: [desk.now().toString()],
  })
  for (const row of rows) {
    await desk.transaction(async (tx) => {
      await recordBreaches(tx, await lockTicket(tx, idOf('tkt', row.ticket_id)))
    })
  }
  return rows.length
}
