import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Connection } from '../db.ts'
import type { Logger } from '../log.ts'

/** The class of advisory locks that say "this process lives". */
export const presenceLocks = 1_836_020

export type Presence = {
  /** Known to the jobs it runs, and unique to this life of the process. */
  id: string
  stop(): Promise<void>
}

/**
 * Says that this process lives: a row, and a session lock on a connection of its own that the database frees by itself
 * when the process dies, however it dies. A broken connection is replaced, under the same id.
 */
export async function startPresence(pool: pg.Pool, log: Logger): Promise<Presence> {
  const me = { id: `wrk_${randomBytes(9).toString('hex')}`, lock: randomInt(2 ** 31) }
  const stopping = new AbortController()
  let seen: Seen | undefined = await appear(pool, me)
  const kept = (async () => {
    while (seen && !stopping.signal.aborted) {
      await Promise.race([seen.lost, aborted(stopping.signal)])
      if (stopping.signal.aborted) break
      log.warn('the connection that shows this process to be alive broke; making another')
      seen.client.release(true)
      seen = undefined
      seen = await patiently(() => appear(pool, me), stopping.signal)
    }
  })().catch(() => {})
  return {
    id: me.id,
    async stop() {
      stopping.abort()
      await kept
      await pool.query('delete from worker_processes where id = $1', [me.id]).catch(() => {})
      // Closed rather than given back: the lock ends with the session.
      seen?.client.release(true)
    },
  }
}

type Seen = { client: pg.PoolClient; lost: Promise<void> }

async function appear(pool: pg.Pool, me: { id: string; lock: number }): Promise<Seen> {
  const client = await pool.connect()
  try {
    const lost = new Promise<void>((resolve) => {
      client.once('error', () => resolve())
      client.once('end', () => resolve())
    })
    // A machine that vanishes without a word is noticed within half a minute.
    await client.query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4')
    await client.query('select pg_advisory_lock($1, $2)', [presenceLocks, me.lock])
    await client.query(
      'insert into worker_processes (id, lock, started_at) values ($1, $2, now()) on conflict do nothing',
      [me.id, me.lock],
    )
    return { client, lost }
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** Whether the process of this id is still running jobs somewhere. */
export async function isWorkerAlive(connection: Connection, id: string): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: 'is-worker-alive',
    text: `select from worker_processes w where w.id = $1 and exists (select from pg_locks l where l.locktype = 'advisory'
      and l.granted and l.objsubid = 2 and l.classid = $2 and l.objid = w.lock::oid
      and l.database = (select oid from pg_database where datname = current_database()))`,
    values: [id, presenceLocks],
  })
  return rowCount === 1
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch {
      await sleep(500, undefined, { signal })
    }
  }
}
