import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { decodeTimeCursor, pageOf } from '#platform/cursor.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { teamsOf, visibleTeams } from '../visible.ts'

type Row = {
  id: string
  number: number
  subject: string
  requester: string
  deleted_at: Temporal.Instant
}

/** What was deleted and can still be restored, latest first. The one read that shows deleted tickets. */
export async function listDeletedTickets(
  desk: Desk,
  query: { limit?: number | undefined; cursor?: string | undefined },
) {
  const limit = query.limit ?? 50
  const after = decodeTimeCursor(query.cursor)
  const { purgeDeletedDays } = await getSettings(desk)
  const { rows } = await desk.connection.query<Row>(
    `select t.id, t.number, t.subject, c.name as requester, t.deleted_at
     from tickets t join contacts c on c.id = t.requester_id
     where t.deleted_at is not null and ${visibleTeams('t.team_id', 1)}
       and ($2::timestamptz is null or (t.deleted_at, t.id) < ($2, $3::uuid))
     order by t.deleted_at desc, t.id desc limit $4`,
    [teamsOf(desk.actor), after?.at.toString() ?? null, after ? uuidOf(after.id) : null, limit + 1],
  )
  return pageOf(
    rows,
    limit,
    (row) => [row.deleted_at.toString(), idOf('tkt', row.id)],
    (row) => ({
      id: idOf('tkt', row.id),
      number: row.number,
      subject: row.subject,
      requester: row.requester,
      deletedAt: row.deleted_at.toString(),
      purgedAt: row.deleted_at.add({ hours: 24 * purgeDeletedDays }).toString(),
    }),
  )
}
