import { runOnce } from 'graphile-worker'
import { startLane } from './lane-runner.ts'
import { laneNames } from './lanes.ts'
import { startPresence } from './presence.ts'
import { startReleasingDead } from './release-dead.ts'
import { graphileLog, taskList, type WorkerSetup } from './task-list.ts'

export type { WorkerSetup } from './task-list.ts'

/** Runs jobs until stopped, and starts those over that a dead process had begun; stopping waits for jobs under way. */
export async function startWorker(setup: WorkerSetup): Promise<{ stop(): Promise<void> }> {
  const presence = await startPresence(setup.pool, setup.log)
  const running: { stop(): Promise<void> }[] = [presence]
  const stop = async () => {
    const [first, ...others] = running
    await Promise.all(others.map((part) => part.stop()))
    // Alive until its last job is done.
    await first?.stop()
  }
  try {
    for (const lane of laneNames) running.push(await startLane(setup, lane, presence.id))
    running.push(startReleasingDead(setup.pool, setup.log, presence.id))
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Runs every job that is due, and those they enqueue, then returns. For tests and the demo. */
export async function drainJobs(setup: WorkerSetup): Promise<void> {
  await runOnce({
    pgPool: setup.pool,
    logger: graphileLog(setup.log),
    noHandleSignals: true,
    preset: { worker: { concurrentJobs: 4 } },
    taskList: taskList(setup, setup.jobs),
  })
}
