import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDesk, systemActor, type Actor, type Desk, type World } from '#server/desk.ts'
import type { Ports } from '#server/ports.ts'
import { folderBlobs } from '#platform/blobs/blobs.ts'
import { createPool } from '#platform/db.ts'
import type { AnyJob } from '#platform/jobs/job.ts'
import { drainJobs } from '#platform/jobs/worker.ts'
import { createLog } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import { createTestDatabase } from './postgres.ts'

export type TestClock = World['clock'] & { set(time: string): void; advance(duration: Temporal.DurationLike): void }

/** A clock that stands still until told otherwise. */
export function createTestClock(start = '2026-11-02T09:00:00Z'): TestClock {
  let now = Temporal.Instant.from(start)
  return {
    now: () => now,
    // Jobs run in machine time: whatever is due by the test's clock is due at once.
    toReal: (instant) =>
      Temporal.Instant.compare(instant, now) <= 0
        ? Temporal.Instant.from('2000-01-01T00:00:00Z')
        : instant.add({ hours: 24 * 365 * 50 }),
    setOffset() {},
    set: (time) => {
      now = Temporal.Instant.from(time)
    },
    advance: (duration) => {
      now = now.add(duration)
    },
  }
}

export type TestWorld = {
  world: World
  clock: TestClock
  /** For what opens connections of its own. */
  databaseUrl: string
  /** A Desk for an actor; the system unless said. */
  desk(actor?: Actor): Desk
  /** Runs every due job and what they enqueue. */
  drain(jobs: readonly AnyJob[]): Promise<void>
  close(): Promise<void>
}

/** A desk without processes: a database of its own, a clock that stands still, blobs in a temporary folder. */
export async function createTestWorld(ports: Partial<Ports> = {}): Promise<TestWorld> {
  const database = await createTestDatabase()
  const log = createLog('silent')
  const pool = createPool({ url: database.url, max: 6, log, name: 'test' })
  const clock = createTestClock()
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-blobs-'))
  const world: World = {
    pool,
    clock,
    log,
    secrets: createSecrets('a secret of the tests, long enough'),
    blobs: folderBlobs(folder),
    ports: ports as Ports,
    publicUrl: 'http://127.0.0.1:3000',
  }
  return {
    world,
    clock,
    databaseUrl: database.url,
    desk: (actor = systemActor) => createDesk(world, actor),
    drain: (jobs) => drainJobs({ pool, log, jobs, desk: () => createDesk(world, systemActor) }),
    async close() {
      await pool.end()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
