import { createDesk, systemActor, type World } from '../desk.ts'
import { moduleJobs } from '../modules.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import type { Lifecycle } from '#platform/lifecycle.ts'

/** Runs every module's jobs in this process until the desk stops. */
export async function startJobs(world: World, lifecycle: Lifecycle): Promise<void> {
  await lifecycle.start(
    'the jobs',
    () =>
      startWorker({
        pool: world.pool,
        log: world.log,
        jobs: moduleJobs,
        desk: () => createDesk(world, systemActor),
      }),
    (worker) => worker.stop(),
  )
}
