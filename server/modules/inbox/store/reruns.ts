import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { teamsOf, visibleTeams } from '../visible.ts'

type StoredRerun = {
  actorKind: 'agent' | 'api' | 'contact' | 'system'
  actorId: string | null
  endedAt: Temporal.Instant | null
}

/** Notes the parked items of mailboxes the actor may see, newest first; resolves to how many there are. */
export async function startRerun(desk: Desk, id: Id<'rrn'>, reason: string | null, most: number): Promise<number> {
  const { rows } = await desk.connection.query<{ total: number }>(
    `with chosen as (
       select r.id, row_number() over (order by r.received_at desc, r.id desc) as place
       from receipts r join sources s on s.id = r.source_id
       where r.disposition = 'parked' and ($2::text is null or r.reason = $2) and ${visibleTeams('s.team_id', 1)}
       order by r.received_at desc, r.id desc limit $3
     ), run as (
       insert into custody_reruns (id, reason, total, actor_kind, actor_id, started_at)
       select $4, $2, count(*), $5, $6, $7 from chosen having count(*) > 0 returning id, total
     ), items as (
       insert into custody_rerun_items (rerun_id, place, receipt_id) select run.id, c.place, c.id from chosen c, run
     )
     select total from run`,
    [teamsOf(desk.actor), reason, most, uuidOf(id), desk.actor.kind, desk.actor.id, desk.now().toString()],
  )
  return rows[0]?.total ?? 0
}

export async function readRerun(desk: Desk, id: Id<'rrn'>): Promise<StoredRerun | undefined> {
  const { rows } = await desk.connection.query<{
    actor_kind: StoredRerun['actorKind']
    actor_id: string | null
    ended_at: Temporal.Instant | null
  }>('select actor_kind, actor_id, ended_at from custody_reruns where id = $1', [uuidOf(id)])
  const row = rows[0]
  return row && { actorKind: row.actor_kind, actorId: row.actor_id, endedAt: row.ended_at }
}

export async function untriedItems(desk: Desk, id: Id<'rrn'>): Promise<{ place: number; itemId: Id<'itm'> }[]> {
  const { rows } = await desk.connection.query<{ place: number; receipt_id: string }>(
    `select place, receipt_id from custody_rerun_items where rerun_id = $1 and became is null order by place limit 100`,
    [uuidOf(id)],
  )
  return rows.map((row) => ({ place: row.place, itemId: idOf('itm', row.receipt_id) }))
}

/** Notes what an item is now that it was tried. */
export async function saveRerunOutcome(
  desk: Desk,
  id: Id<'rrn'>,
  place: number,
  trouble: string | null,
): Promise<void> {
  await desk.connection.query(
    `update custody_rerun_items i set became = r.disposition, trouble = $3 from receipts r
     where i.rerun_id = $1 and i.place = $2 and r.id = i.receipt_id`,
    [uuidOf(id), place, trouble],
  )
}

export async function endRerun(desk: Desk, id: Id<'rrn'>): Promise<void> {
  await desk.connection.query('update custody_reruns set ended_at = $2 where id = $1', [
    uuidOf(id),
    desk.now().toString(),
  ])
}
