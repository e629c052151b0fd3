import type { getCustody as endpoint } from '#contract/custody.ts'
import { Disposition } from '#contract/custody.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { teamsOf, visibleTeams } from '../visible.ts'

type Row = {
  id: string
  address: string
  disposition: Disposition | null
  count: number | null
  last_received_at: Temporal.Instant | null
}

/** What became of everything that arrived, from counters that every receipt keeps: never a count over receipts. */
export async function custodyCounts(desk: Desk): Promise<ResultOf<typeof endpoint>> {
  const { rows } = await desk.connection.query<Row>({
    name: 'custody-counts',
    text: `select s.id, s.address, c.disposition, sum(c.count)::bigint as count,
        (select r.received_at from receipts r where r.source_id = s.id order by r.received_at desc, r.id desc limit 1)
          as last_received_at
      from sources s left join custody_counts c on c.source_id = s.id
      where ${visibleTeams('s.team_id', 1)}
      group by s.id, c.disposition order by s.created_at, s.id`,
    values: [teamsOf(desk.actor)],
  })
  const sources = new Map<string, ResultOf<typeof endpoint>['sources'][number]>()
  const counts = none()
  for (const row of rows) {
    const source = sources.get(row.id) ?? {
      id: idOf('box', row.id),
      title: row.address,
      counts: none(),
      lastReceivedAt: row.last_received_at?.toString() ?? null,
    }
    sources.set(row.id, source)
    if (!row.disposition) continue
    source.counts[row.disposition] += row.count ?? 0
    counts[row.disposition] += row.count ?? 0
  }
  return { counts, sources: [...sources.values()] }
}

function none(): Record<Disposition, number> {
  return Object.fromEntries(Disposition.options.map((name) => [name, 0])) as Record<Disposition, number>
}
