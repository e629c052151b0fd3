import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { inTransaction, type Connection } from '../db.ts'
import type { Logger } from '../log.ts'
import { laneNames } from './lanes.ts'
import { presenceLocks } from './presence.ts'

/** A lock is free for a moment while its process replaces a broken connection, so it must be seen free for this long. */
const graceMs = 1500
const everyMs = 1000

/** Gives back the jobs of processes that died, within seconds of their death. Safe in any number of processes. */
export function startReleasingDead(pool: pg.Pool, log: Logger, ownId: string): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const kept = (async () => {
    const firstSeenFree = new Map<string, number>()
    while (!stopping.signal.aborted) {
      await releaseDead(pool, log, ownId, firstSeenFree).catch((error: Error) =>
        log.debug({ error: error.message }, 'dead workers could not be looked for'),
      )
      await sleep(everyMs, undefined, { signal: stopping.signal })
    }
  })().catch(() => {})
  return {
    stop() {
      stopping.abort()
      return kept
    },
  }
}

async function releaseDead(pool: pg.Pool, log: Logger, ownId: string, firstSeenFree: Map<string, number>) {
  const { rows } = await pool.query<{ id: string; lock: number }>({
    name: 'other-workers',
    text: 'select id, lock from worker_processes where id <> $1',
    values: [ownId],
  })
  for (const { id, lock } of rows) {
    const released = await inTransaction(pool, async (client) => {
      const { rows: tried } = await client.query<{ free: boolean }>(
        'select pg_try_advisory_xact_lock($1, $2) as free',
        [presenceLocks, lock],
      )
      if (!tried[0]?.free) {
        firstSeenFree.delete(id)
        return false
      }
      const since = firstSeenFree.get(id) ?? performance.now()
      firstSeenFree.set(id, since)
      if (performance.now() - since < graceMs) return false
      await client.query('delete from worker_processes where id = $1', [id])
      const pools = laneNames.map((lane) => poolId(id, lane))
      await releaseJobs(client, pools)
      return true
    })
    if (!released) continue
    firstSeenFree.delete(id)
    log.warn({ worker: id }, 'a worker process died; its jobs start over')
  }
}

/**
 * Lets jobs that are locked under these ids start over. Those that a later job of the same key had replaced while they ran
 * are over: the replacement does their work, and nothing would ever run or remove them.
 */
export async function releaseJobs(connection: Connection, pools: readonly string[]): Promise<void> {
  await connection.query(
    `delete from graphile_worker._private_jobs where locked_by = any($1::text[]) and attempts >= max_attempts
       and key is null and last_error is null`,
    [pools],
  )
  await connection.query('select graphile_worker.force_unlock_workers($1::text[])', [pools])
}

/** Under what a lane of a process locks its jobs. */
export function poolId(processId: string, lane: string): string {
  return `${processId}/${lane}`
}

/** The process behind a job's lock. */
export function processOf(lockedBy: string | null): string {
  return (lockedBy ?? '').split('/')[0] ?? ''
}
