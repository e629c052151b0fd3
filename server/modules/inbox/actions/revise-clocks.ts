import type { Desk } from '#server/desk.ts'
import { getCalendar } from '#modules/team/index.ts'
import { idOf } from '#platform/ids.ts'
import { recordRevision } from '../record.ts'
import { lockTicket } from '../store/tickets.ts'

const batch = 200

/**
 * Puts clocks that still run under older business hours or targets on those in force. What is overdue stays as it is: a
 * verdict given is not taken back by new hours.
 */
export async function reviseClocks(desk: Desk): Promise<void> {
  const { version } = await getCalendar(desk)
  let after: string | null = null
  for (;;) {
    const { rows }: { rows: { ticket_id: string }[] } = await desk.connection.query({
      name: 'clocks-to-revise',
      text: `select distinct ticket_id from ticket_clocks
        where state in ('running', 'paused') and calendar_version < $1 and ($2::uuid is null or ticket_id > $2)
        order by ticket_id limit ${batch}`,
      values: [version, after],
    })
    for (const row of rows)
      await desk.transaction(async (tx) => recordRevision(tx, await lockTicket(tx, idOf('tkt', row.ticket_id))))
    after = rows.at(-1)?.ticket_id ?? null
    if (rows.length < batch) return
  }
}
