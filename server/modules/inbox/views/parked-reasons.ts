import type { listParked as endpoint } from '#contract/custody.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import type { Desk } from '#server/desk.ts'
import { teamsOf, visibleTeams } from '../visible.ts'

const most = 5000

/** Why mail is parked, of the newest that is, in mailboxes the actor may see. */
export async function parkedReasons(desk: Desk): Promise<ResultOf<typeof endpoint>> {
  const { rows } = await desk.connection.query<{ reason: string; count: number; oldest_at: Temporal.Instant }>({
    name: 'parked-reasons',
    text: `select p.reason, count(*)::int as count, min(p.received_at) as oldest_at from (
        select r.reason, r.received_at from receipts r join sources s on s.id = r.source_id
        where r.disposition = 'parked' and ${visibleTeams('s.team_id', 1)} order by r.received_at desc limit ${most}
      ) p group by p.reason order by count(*) desc, p.reason limit 50`,
    values: [teamsOf(desk.actor)],
  })
  return {
    items: rows.map(({ reason, count, oldest_at }) => ({ reason, count, oldestAt: oldest_at.toString() })),
    more: rows.reduce((sum, { count }) => sum + count, 0) >= most,
  }
}
