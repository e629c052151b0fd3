import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { recordBreaches } from '../record.ts'
import { lockTicket } from '../store/tickets.ts'

const batch = 200

type Due = { ticket_id: string; due_at: string }

/**
 * Writes the breaches that have happened since the last sweep, each stamped at its deadline. Each clock is looked at once: one
 * whose ledger does not agree that it is due is left, and holds up no other.
 */
export async function sweepBreaches(desk: Desk): Promise<void> {
  let after: Due | undefined
  for (;;) {
    const { rows }: { rows: Due[] } = await desk.connection.query({
      name: 'breaches-due',
      text: `select c.ticket_id, c.due_at::text from ticket_clocks c join tickets t on t.id = c.ticket_id and t.deleted_at is null
        where c.state = 'running' and c.due_at < $1 and c.due_at >= coalesce($2::timestamptz, '-infinity')
          and ($2::timestamptz is null or (c.due_at, c.ticket_id) > ($2, $3::uuid))
        order by c.due_at, c.ticket_id limit ${batch}`,
      values: [desk.now().toString(), after?.due_at ?? null, after?.ticket_id ?? null],
    })
    for (const row of rows) {
      await desk.transaction(async (tx) => {
        await recordBreaches(tx, await lockTicket(tx, idOf('tkt', row.ticket_id)))
      })
    }
    after = rows.at(-1)
    if (rows.length < batch) return
  }
}
