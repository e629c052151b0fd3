import { Logger as GraphileLogger, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import type { Desk } from '#server/desk.ts'
import type { Logger } from '../log.ts'
import type { AnyJob } from './job.ts'
import { processOf } from './release-dead.ts'

export type WorkerSetup = {
  pool: pg.Pool
  log: Logger
  jobs: readonly AnyJob[]
  /** A fresh Desk with the system as actor. */
  desk: () => Desk
}

/** The jobs as graphile-worker runs them; `count` hears +1 and -1 around each. */
export function taskList(
  { desk, pool, log }: WorkerSetup,
  jobs: readonly AnyJob[],
  count: (by: 1 | -1) => void = () => {},
): TaskList {
  return Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown, { job: { id, key, locked_by: lockedBy } }) => {
        count(1)
        try {
          await job.run(desk(), isScheduled(payload) ? {} : payload, { worker: processOf(lockedBy) })
        } catch (error) {
          if (key === null || !(await isReplaced(pool, id))) throw error
          log.warn({ job: job.name, error: String(error) }, 'a job failed after a newer one had taken its place')
        } finally {
          count(-1)
        }
      },
    ]),
  )
}

/**
 * Whether a later job of the same key took the place of this one while it ran. Its failure is then over: the later one does
 * the work, and a row that nothing tries again would look like work that is stuck.
 */
async function isReplaced(pool: pg.Pool, jobId: string): Promise<boolean> {
  const { rows } = await pool
    .query<{ key: string | null }>('select key from graphile_worker._private_jobs where id = $1', [jobId])
    .catch(() => ({ rows: [] }))
  return rows[0]?.key === null
}

/** graphile-worker adds `_cron` to the payload of scheduled runs. */
function isScheduled(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && '_cron' in payload
}

export function graphileLog(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message) => {
    if (level === 'error') log.error(message)
    else if (level === 'warning') log.warn(message)
    else log.trace(message)
  })
}
