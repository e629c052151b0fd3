import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { idOf } from '#platform/ids.ts'

const batch = 100

/**
 * Removes for good what was deleted long enough ago: the ticket with its messages, and the raw bytes of its mail. The
 * receipts stay, so that the mail is known if it is ever read again. Resolves to how many there were.
 */
export async function purgeDeleted(desk: Desk): Promise<number> {
  const { purgeDeletedDays } = await getSettings(desk)
  const before = desk.now().subtract({ hours: 24 * purgeDeletedDays })
  return desk.transaction(async (tx) => {
    const { rows } = await tx.connection.query<{ id: string }>({
      name: 'deleted-to-purge',
      text: `select id from tickets where deleted_at <= $1 order by deleted_at, id limit ${batch} for update skip locked`,
      values: [before.toString()],
    })
    const ids = rows.map((row) => row.id)
    if (ids.length === 0) return 0
    await tx.connection.query({
      name: 'purge-raw',
      text: `delete from raw_items w using receipts r where r.id = w.receipt_id and r.ticket_id = any($1::uuid[])`,
      values: [ids],
    })
    await tx.connection.query({
      name: 'purge-tickets',
      text: 'delete from tickets where id = any($1::uuid[])',
      values: [ids],
    })
    for (const id of ids) await tx.emit({ type: 'ticket.purged', ticketId: idOf('tkt', id), data: {} })
    return ids.length
  })
}
