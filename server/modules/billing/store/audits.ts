import type { Desk } from '#server/desk.ts'
import type { MirrorKind } from '../ports.ts'

/** A settled object as kept: nothing was hinted after it was read. */
export type Sampled = { kind: MirrorKind; id: string; data: unknown; hinted: number | null; kept: number }

const settled = `stripe_account = $1 and not deleted and data is not null and kept_mark is not null
  and (hinted_mark is null or kept_mark > hinted_mark)`

/** So many settled objects at random. Of a large mirror only random blocks are looked at. */
export async function sampleSettled(desk: Desk, account: string, count: number): Promise<Sampled[]> {
  const { rows: sizes } = await desk.connection.query<{ n: number }>(
    `select greatest(reltuples, 0)::float8 as n from pg_class where oid = 'mirror_objects'::regclass`,
  )
  // A tenth of a percent of ten million is ten thousand: enough to draw from. Small mirrors are looked at whole.
  const percent = Math.min(100, Math.max(0.1, (count * 5000) / Math.max(1, sizes[0]?.n ?? 1)))
  const { rows } = await desk.connection.query<Sampled>(
    `select kind, id, data, hinted_mark as hinted, kept_mark as kept from mirror_objects tablesample system ($3)
     where ${settled} order by random() limit $2`,
    [account, count, percent],
  )
  return rows
}

/** Which of these nobody hinted at and nobody read since they were sampled. */
export async function stillAsSampled(desk: Desk, account: string, sampled: readonly Sampled[]): Promise<Set<string>> {
  const { rows } = await desk.connection.query<{ kind: string; id: string }>(
    `select m.kind, m.id from mirror_objects m
       join jsonb_to_recordset($2::jsonb) as s(kind text, id text, hinted bigint, kept bigint) on s.kind = m.kind and s.id = m.id
     where m.stripe_account = $1 and m.kept_mark = s.kept and m.hinted_mark is not distinct from s.hinted`,
    [account, JSON.stringify(sampled.map(({ kind, id, hinted, kept }) => ({ kind, id, hinted, kept })))],
  )
  return new Set(rows.map(({ kind, id }) => `${kind} ${id}`))
}

export async function insertDrifts(
  desk: Desk,
  account: string,
  drifts: readonly { kind: MirrorKind; id: string; fields: string[] }[],
): Promise<void> {
  for (const { kind, id, fields } of drifts)
    await desk.connection.query(
      `insert into mirror_drifts (stripe_account, kind, object_id, fields, found_at) values ($1, $2, $3, $4, $5)`,
      [account, kind, id, fields, desk.now().toString()],
    )
}

export type Audit = { startedAt: Temporal.Instant; sampled: number; unread: number; drifted: number }

export async function insertAudit(desk: Desk, account: string, audit: Audit): Promise<void> {
  await desk.connection.query(
    `insert into mirror_audits (stripe_account, started_at, ended_at, sampled, unread, drifted) values ($1, $2, $3, $4, $5, $6)`,
    [account, audit.startedAt.toString(), desk.now().toString(), audit.sampled, audit.unread, audit.drifted],
  )
}

/** Lets go of audits and drifts from before an instant. */
export async function dropAudits(desk: Desk, before: Temporal.Instant): Promise<void> {
  await desk.connection.query('delete from mirror_audits where ended_at < $1', [before.toString()])
  await desk.connection.query('delete from mirror_drifts where found_at < $1', [before.toString()])
}
