import type { CustodyRerun, Disposition, listCustodyRerunItems as endpoint } from '#contract/custody.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { teamsOf, visibleTeams } from '../visible.ts'
import { custodyColumns, custodyJoins, presentCustody, type CustodyRow } from './custody-row.ts'

export async function readCustodyRerun(desk: Desk, id: Id<'rrn'>): Promise<CustodyRerun> {
  const { rows } = await desk.connection.query<{
    reason: string | null
    total: number
    started_at: Temporal.Instant
    ended_at: Temporal.Instant | null
    became: Partial<Record<Disposition, number>> | null
  }>({
    name: 'custody-rerun',
    text: `select c.reason, c.total, c.started_at, c.ended_at, (select json_object_agg(became, n) from (
        select became, count(*)::int as n from custody_rerun_items where rerun_id = c.id and became is not null group by became) b) as became
      from custody_reruns c where c.id = $1`,
    values: [uuidOf(id)],
  })
  const row = rows[0]
  if (!row) throw notFound('re-run')
  const became = row.became ?? {}
  return {
    id,
    state: row.ended_at ? 'done' : 'running',
    reason: row.reason,
    total: row.total,
    tried: Object.values(became).reduce((sum, n) => sum + n, 0),
    became,
    startedAt: row.started_at.toString(),
    endedAt: row.ended_at?.toString() ?? null,
  }
}

/** What each item of a re-run became, in the order they are tried; those of mailboxes the actor may see. */
export async function listCustodyRerunItems(desk: Desk, id: Id<'rrn'>, query: QueryOf<typeof endpoint>) {
  await readCustodyRerun(desk, id)
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, 1)?.[0] ?? 0
  if (typeof after !== 'number' || !Number.isSafeInteger(after) || Math.abs(after) > 2 ** 31 - 1)
    throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
  const { rows } = await desk.connection.query<CustodyRow & { place: number; trouble: string | null }>({
    name: 'custody-rerun-items',
    text: `select ${custodyColumns}, i.place, i.trouble from custody_rerun_items i join receipts r on r.id = i.receipt_id
      ${custodyJoins} where i.rerun_id = $2 and i.became is not null and i.place > $3 and ${visibleTeams('s.team_id', 1)}
      order by i.place limit $4`,
    values: [teamsOf(desk.actor), uuidOf(id), after, limit + 1],
  })
  return pageOf(
    rows,
    limit,
    (row) => [row.place],
    (row) => ({ item: presentCustody(row), trouble: row.trouble }),
  )
}
