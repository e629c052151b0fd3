import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { Attempt, AttemptOutcome, Lookup } from '../rules/attempts.ts'

type Row = {
  seq: number
  kind: 'call' | 'look_up'
  key: string
  started_at: Temporal.Instant
  ended_at: Temporal.Instant | null
  outcome: AttemptOutcome | Lookup['outcome']
  detail: string | null
  found: string | null
  retry_after_ms: number | null
}

export type History = { attempts: Attempt[]; lookups: Lookup[]; last: number }

/** Every call and look-up of an operation, as the rule reads them. */
export async function readHistory(desk: Desk, id: Id<'op'>): Promise<History> {
  const { rows } = await desk.connection.query<Row>({
    name: 'operation-history',
    text: 'select * from operation_attempts where operation_id = $1 order by seq',
    values: [uuidOf(id)],
  })
  return {
    attempts: rows.filter((row) => row.kind === 'call').map(presentAttempt),
    lookups: rows.filter((row) => row.kind === 'look_up').map(presentLookup),
    last: rows.at(-1)?.seq ?? 0,
  }
}

function presentAttempt(row: Row): Attempt {
  return {
    key: row.key,
    at: row.started_at.epochMilliseconds,
    outcome: row.outcome as AttemptOutcome,
    ...(row.ended_at ? { endedAt: row.ended_at.epochMilliseconds } : {}),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.found === null ? {} : { found: row.found }),
    ...(row.retry_after_ms === null ? {} : { retryAfterMs: row.retry_after_ms }),
  }
}

function presentLookup(row: Row): Lookup {
  return {
    at: row.started_at.epochMilliseconds,
    outcome: row.outcome as Lookup['outcome'],
    ...(row.found === null ? {} : { found: row.found }),
    ...(row.detail === null ? {} : { detail: row.detail }),
  }
}

/** Writes a call down before it is made. */
export async function insertAttempt(desk: Desk, id: Id<'op'>, seq: number, key: string): Promise<void> {
  await desk.connection.query({
    name: 'insert-attempt',
    text: `insert into operation_attempts (operation_id, seq, kind, key, started_at, outcome) values ($1, $2, 'call', $3, $4, 'started')`,
    values: [uuidOf(id), seq, key, desk.now().toString()],
  })
}

export type AttemptEnd = { outcome: AttemptOutcome; detail?: string; found?: string; retryAfterMs?: number }

export async function endAttempt(desk: Desk, id: Id<'op'>, seq: number, end: AttemptEnd): Promise<void> {
  await desk.connection.query({
    name: 'end-attempt',
    text: `update operation_attempts set ended_at = $3, outcome = $4, detail = $5, found = $6, retry_after_ms = $7
      where operation_id = $1 and seq = $2`,
    values: [
      uuidOf(id),
      seq,
      desk.now().toString(),
      end.outcome,
      end.detail?.slice(0, 1000) ?? null,
      end.found ?? null,
      end.retryAfterMs ?? null,
    ],
  })
}

export async function insertLookup(
  desk: Desk,
  id: Id<'op'>,
  seq: number,
  lookup: { startedAt: Temporal.Instant; outcome: Lookup['outcome']; detail?: string; found?: string },
): Promise<void> {
  await desk.connection.query({
    name: 'insert-lookup',
    text: `insert into operation_attempts (operation_id, seq, kind, key, started_at, ended_at, outcome, detail, found)
      values ($1, $2, 'look_up', '', $3, $4, $5, $6, $7)`,
    values: [
      uuidOf(id),
      seq,
      lookup.startedAt.toString(),
      desk.now().toString(),
      lookup.outcome,
      lookup.detail?.slice(0, 1000) ?? null,
      lookup.found ?? null,
    ],
  })
}
