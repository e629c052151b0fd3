import type { Desk } from '#server/desk.ts'
import { placeOf } from '../mirror-place.ts'
import type { MirrorKind, StripeObject } from '../ports.ts'
import { endFetch, failFetch, type MirrorState } from '../rules/mirror-merge.ts'

export type Named = { kind: MirrorKind; id: string }

/** What may have changed; `created` in epoch seconds, where the hint tells it. */
export type Hint = Named & { created?: number }

/** A reading under way; `mark` says where it began in the order of hints and readings, `created` is in epoch seconds. */
export type Reading = Named & { mark: number; attempts: number; created: number | null }

/** What a reading brought. `object` is null when Stripe does not know it (any more). */
export type ReadObject = Named & { mark: number; object: StripeObject | null }

const stale = 'hinted_mark is not null and (kept_mark is null or kept_mark <= hinted_mark)'

/**
 * Lets one transaction at a time change several objects of an account's mirror. Each learns which objects belong together
 * only on its way, so no order of row locks would keep two from waiting for each other.
 */
export async function lockMirror(desk: Desk, account: string): Promise<void> {
  await desk.connection.query({
    name: 'lock-mirror',
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 7304))',
    values: [account],
  })
}

/** Draws the mark of a reading that begins now. */
export async function nextMark(desk: Desk): Promise<number> {
  const { rows } = await desk.connection.query<{ mark: number }>({
    name: 'mirror-mark',
    text: `select nextval('mirror_marks') as mark`,
  })
  return rows[0]?.mark ?? 0
}

/** Remembers that these may have changed; any number of hints of one object are one. */
export async function hintObjects(desk: Desk, account: string, hints: readonly Hint[]): Promise<void> {
  if (hints.length === 0) return
  await desk.connection.query({
    name: 'hint-mirror',
    text: `insert into mirror_objects (stripe_account, kind, id, created, hinted_mark)
      select $1, h.kind, h.id, to_timestamp(h.created), nextval('mirror_marks') from
        (select kind, id, max(created) as created from unnest($2::text[], $3::text[], $4::float8[]) as n(kind, id, created)
          group by 1, 2 order by 1, 2) h
      on conflict (stripe_account, kind, id) do update set created = coalesce(mirror_objects.created, excluded.created),
        hinted_mark = greatest(mirror_objects.hinted_mark, excluded.hinted_mark), retry_at = null, attempts = 0`,
    values: [
      account,
      hints.map(({ kind }) => kind),
      hints.map(({ id }) => id),
      hints.map(({ created }) => created ?? null),
    ],
  })
}

/** Hints only what the mirror has never heard of. */
export async function hintUnknown(desk: Desk, account: string, named: readonly Named[]): Promise<number> {
  if (named.length === 0) return 0
  const { rowCount } = await desk.connection.query({
    name: 'hint-unknown',
    text: `insert into mirror_objects (stripe_account, kind, id, hinted_mark)
      select $1, h.kind, h.id, nextval('mirror_marks') from
        (select distinct kind, id from unnest($2::text[], $3::text[]) as n(kind, id) order by 1, 2) h
      on conflict do nothing`,
    values: [account, named.map(({ kind }) => kind), named.map(({ id }) => id)],
  })
  return rowCount ?? 0
}

/** Takes objects that wait to be read, the longest waiting first. A reading older than the lease belongs to a worker that died. */
export async function claimStale(desk: Desk, account: string, limit: number, leaseSeconds: number): Promise<Reading[]> {
  const now = desk.now()
  const { rows } = await desk.connection.query<Reading>({
    name: 'claim-stale',
    text: `with due as (select kind, id from mirror_objects where stripe_account = $1 and ${stale}
          and (retry_at is null or retry_at <= $2) and (reading_since is null or reading_since <= $3 or reading_since > $2)
        order by hinted_mark limit $4 for update skip locked)
      update mirror_objects m set reading_mark = nextval('mirror_marks'), reading_since = $2 from due
      where m.stripe_account = $1 and m.kind = due.kind and m.id = due.id
      returning m.kind, m.id, m.reading_mark as mark, m.attempts, extract(epoch from m.created)::float8 as created`,
    values: [account, now.toString(), now.subtract({ seconds: leaseSeconds }).toString(), limit],
  })
  return rows
}

/** When the next waiting object may be read; undefined when none waits. */
export async function nextDue(desk: Desk, account: string): Promise<Temporal.Instant | undefined> {
  const { rows } = await desk.connection.query<{ at: Temporal.Instant | null }>({
    name: 'mirror-next-due',
    text: `select min(coalesce(retry_at, reading_since + interval '90 seconds', $2)) as at from mirror_objects
      where stripe_account = $1 and ${stale}`,
    values: [account, desk.now().toString()],
  })
  return rows[0]?.at ?? undefined
}

type StateRow = { kind: MirrorKind; id: string; hinted: number | null; reading: number | null; kept: number | null }

/**
 * Keeps what was read, unless a reading that began later is kept already. Returns those kept, and whether each was seen for
 * the first time. Runs inside the caller's transaction.
 */
export async function keepRead(
  desk: Desk,
  account: string,
  read: readonly ReadObject[],
): Promise<(ReadObject & { isNew: boolean })[]> {
  if (read.length === 0) return []
  await lockMirror(desk, account)
  const kinds = read.map(({ kind }) => kind)
  const ids = read.map(({ id }) => id)
  await desk.connection.query({
    name: 'mirror-rows',
    text: `insert into mirror_objects (stripe_account, kind, id)
      select distinct $1, kind, id from unnest($2::text[], $3::text[]) as n(kind, id) order by 2, 3 on conflict do nothing`,
    values: [account, kinds, ids],
  })
  const { rows } = await desk.connection.query<StateRow>({
    name: 'mirror-states',
    text: `select m.kind, m.id, m.hinted_mark as hinted, m.reading_mark as reading, m.kept_mark as kept
      from mirror_objects m join unnest($2::text[], $3::text[]) as n(kind, id) on n.kind = m.kind and n.id = m.id
      where m.stripe_account = $1 order by m.kind, m.id for update of m`,
    values: [account, kinds, ids],
  })
  const states = new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]))
  const kept = read.flatMap((one) => {
    const row = states.get(`${one.kind} ${one.id}`)
    if (!row || !endFetch(stateOf(row), one.mark).keep) return []
    return [{ ...one, isNew: row.kept === null }]
  })
  await write(desk, account, kept)
  return kept
}

function stateOf({ hinted, reading, kept }: Omit<StateRow, 'kind' | 'id'>): MirrorState {
  return { hintedAt: hinted, readingSince: reading, keptFrom: kept }
}

async function write(desk: Desk, account: string, kept: readonly ReadObject[]): Promise<void> {
  const rows = kept.map(({ kind, id, mark, object }) => {
    const place = object ? placeOf(kind, object) : undefined
    return {
      kind,
      id,
      mark,
      data: object,
      customer_id: place?.customerId,
      refs: place?.refs,
      email: place?.email,
      name: place?.name,
      created: place?.created ? Temporal.Instant.fromEpochMilliseconds(place.created * 1000).toString() : null,
      deleted: place?.deleted ?? true,
    }
  })
  await desk.connection.query({
    name: 'keep-mirror',
    // What Stripe no longer knows keeps its last version, marked as gone.
    text: `update mirror_objects m set data = coalesce(k.data, m.data), customer_id = coalesce(k.customer_id, m.customer_id),
        refs = coalesce(k.refs, m.refs), email = case when k.data is null then m.email else k.email end,
        name = case when k.data is null then m.name else k.name end, created = coalesce(k.created, m.created),
        deleted = k.deleted, kept_mark = k.mark, fetched_at = $3,
        api_version = case when k.data is null then m.api_version else $4 end, attempts = 0, retry_at = null, error = null,
        reading_since = case when m.reading_mark = k.mark then null else m.reading_since end,
        reading_mark = case when m.reading_mark = k.mark then null else m.reading_mark end
      from jsonb_to_recordset($2::jsonb) as k(kind text, id text, mark bigint, data jsonb, customer_id text, refs text[],
        email text, name text, created timestamptz, deleted boolean)
      where m.stripe_account = $1 and m.kind = k.kind and m.id = k.id`,
    values: [account, JSON.stringify(rows), desk.now().toString(), desk.ports.payments.apiVersion ?? null],
  })
}

/** A reading failed: the hint stays, and it is tried again at `retryAt`. */
export async function giveUpReading(
  desk: Desk,
  account: string,
  reading: Reading,
  failure: { sentence: string; retryAt: Temporal.Instant },
): Promise<void> {
  const state = failFetch({ hintedAt: null, readingSince: reading.mark, keptFrom: null }, reading.mark)
  await desk.connection.query({
    name: 'give-up-reading',
    text: `update mirror_objects set reading_mark = $4, reading_since = null, attempts = least(attempts + 1, 1000), retry_at = $5,
        error = $6 where stripe_account = $1 and kind = $2 and id = $3 and reading_mark = $7`,
    values: [
      account,
      reading.kind,
      reading.id,
      state.readingSince,
      failure.retryAt.toString(),
      failure.sentence.slice(0, 500),
      reading.mark,
    ],
  })
}

/** Readings that were claimed and not begun: they wait as before. */
export async function putBack(desk: Desk, account: string, readings: readonly Reading[]): Promise<void> {
  if (readings.length === 0) return
  await desk.connection.query({
    name: 'put-back-readings',
    text: `update mirror_objects m set reading_mark = null, reading_since = null
      from unnest($2::text[], $3::text[], $4::bigint[]) as r(kind, id, mark)
      where m.stripe_account = $1 and m.kind = r.kind and m.id = r.id and m.reading_mark = r.mark`,
    values: [account, readings.map(({ kind }) => kind), readings.map(({ id }) => id), readings.map(({ mark }) => mark)],
  })
}

/** At a start: readings of a process that is gone are begun again. One that is still under way elsewhere is only made twice. */
export async function releaseReadings(desk: Desk, account: string): Promise<void> {
  await desk.connection.query(
    `update mirror_objects set reading_since = null where stripe_account = $1 and reading_since is not null and ${stale}`,
    [account],
  )
}

export async function noteListed(desk: Desk, account: string, customerId: string, at: Temporal.Instant): Promise<void> {
  await desk.connection.query({
    name: 'note-listed',
    text: `update mirror_objects set listed_at = $3 where stripe_account = $1 and kind = 'customer' and id = $2`,
    values: [account, customerId, at.toString()],
  })
}
