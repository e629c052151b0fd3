import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { DeskError } from '../errors.ts'
import type { Connection } from '../db.ts'

/** Thrown when a key was already claimed: the write did happen before, and its answer may be stored. */
export class AlreadyDone extends Error {
  readonly key: string

  constructor(key: string) {
    super('this Idempotency-Key was used before')
    this.key = key
  }
}

/** Claims a key inside the transaction of the write itself. A second claimant waits for the first to commit or roll back. */
export async function claimKey(
  client: pg.PoolClient,
  claim: { key: string; requestHash: string },
  now: Temporal.Instant,
): Promise<void> {
  const { rowCount } = await client.query(
    'insert into idempotency_keys (key, request_hash, created_at) values ($1, $2, $3) on conflict do nothing',
    [claim.key, claim.requestHash, now.toString()],
  )
  if (rowCount === 0) throw new AlreadyDone(claim.key)
}

export type StoredAnswer = { status: number; body: unknown }

/** The answer given before under this key. Refuses when the request differs, or when its answer was never recorded. */
export async function storedAnswer(
  connection: Connection,
  claim: { key: string; requestHash: string },
): Promise<StoredAnswer | undefined> {
  const { rows } = await connection.query<{ request_hash: string; status: number | null; body: unknown }>(
    'select request_hash, status, body from idempotency_keys where key = $1',
    [claim.key],
  )
  const row = rows[0]
  if (!row) return undefined
  if (row.request_hash !== claim.requestHash)
    throw new DeskError('idempotency_mismatch', 'This Idempotency-Key was used for a different request.')
  if (row.status === null)
    throw new DeskError(
      'conflict',
      'This request was carried out before, but its answer was not recorded. Read the current state instead of repeating it.',
    )
  return { status: row.status, body: row.body }
}

/** The same, with patience for a request under this key that was carried out a moment ago and is just being answered. */
export async function awaitedAnswer(
  connection: Connection,
  claim: { key: string; requestHash: string },
): Promise<StoredAnswer | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      return await storedAnswer(connection, claim)
    } catch (error) {
      if (!(error instanceof DeskError) || error.code !== 'conflict' || tries === 40) throw error
      await sleep(50)
    }
  }
}

export async function storeAnswer(connection: Connection, key: string, status: number, body: unknown): Promise<void> {
  await connection.query('update idempotency_keys set status = $2, body = $3 where key = $1', [
    key,
    status,
    JSON.stringify(body ?? null),
  ])
}
