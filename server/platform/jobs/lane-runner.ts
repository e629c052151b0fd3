import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker'
import { lanes, type Lane } from './lanes.ts'
import { poolId, releaseJobs } from './release-dead.ts'
import { graphileLog, taskList, type WorkerSetup } from './task-list.ts'

/** How long a stop waits for jobs under way; a mail server that hangs must not hold the desk up. */
const stopLimitMs = 8000
/** And then for what it still notes down in the database. */
const flushLimitMs = 1000
/** How long jobs of a runner that gave up may go on before they are started over beside it. */
const busyLimitMs = 120_000

type Running = {
  runner: Runner
  /** Resolves when it takes no more jobs. */
  over: Promise<void>
  /** Jobs under way. */
  busy(): number
}

/**
 * Runs the jobs of one lane until stopped. A runner that gives up, as it does when the database went away while it noted
 * that a job is done, is replaced; jobs it still held start over.
 */
export async function startLane(setup: WorkerSetup, lane: Lane, processId: string): Promise<{ stop(): Promise<void> }> {
  const id = poolId(processId, lane)
  let running = await startRunner(setup, lane, id)
  const stopping = new AbortController()
  const kept = (async () => {
    for (;;) {
      await running.over
      if (stopping.signal.aborted) return
      setup.log.warn({ lane }, 'the job runner gave up; starting another')
      // Its own promise may stay open for ever: after two failed batches it miscounts what it waits for.
      await idle(running, busyLimitMs)
      running = await patiently(async () => {
        await releaseJobs(setup.pool, [id])
        return startRunner(setup, lane, id)
      }, stopping.signal)
    }
  })().catch(() => {})
  return {
    async stop() {
      stopping.abort()
      const stopped = running.runner.stop().catch(() => {})
      await Promise.race([stopped, idle(running, stopLimitMs).then(() => sleep(flushLimitMs))])
      await Promise.race([kept, sleep(flushLimitMs)])
    },
  }
}

async function startRunner(setup: WorkerSetup, lane: Lane, id: string): Promise<Running> {
  const jobs = setup.jobs.filter((job) => (job.lane ?? 'desk') === lane)
  const events: WorkerEvents = new EventEmitter()
  // Jobs are locked under an id of ours, so that they can be found again when this process dies.
  events.on('pool:create', ({ workerPool }) => {
    workerPool.id = id
  })
  const over = new Promise<void>((resolve) => {
    events.once('pool:gracefulShutdown', () => resolve())
    events.once('pool:forcefulShutdown', () => resolve())
  })
  let busy = 0
  const tasks = taskList(setup, jobs, (by) => (busy += by))
  const runner = await run({
    pgPool: setup.pool,
    logger: graphileLog(setup.log),
    noHandleSignals: true,
    events,
    preset: {
      worker: {
        concurrentJobs: lanes[lane].concurrency,
        pollInterval: 1000,
        localQueue: { size: lanes[lane].ahead },
        // Without batches a failure to note a job as done would be an unhandled rejection.
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    taskList: tasks,
    parsedCronItems: parseCronItems(
      jobs.flatMap((job) => (job.cron ? [{ task: job.name, match: job.cron, identifier: job.name }] : [])),
    ),
  })
  const ended = runner.promise.catch((error: Error) =>
    setup.log.debug({ lane, error: error.message }, 'the job runner ended'),
  )
  return { runner, over: Promise.race([over, ended]), busy: () => busy }
}

/** Waits until a runner has no job under way, up to a limit. */
async function idle(running: Running, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs
  while (running.busy() > 0 && performance.now() < deadline) await sleep(100)
}

async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      await sleep(500, undefined, { signal })
      return await work()
    } catch (error) {
      if (signal.aborted) throw error
    }
  }
}
