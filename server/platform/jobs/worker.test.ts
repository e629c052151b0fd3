import { afterAll, beforeAll, expect, test } from 'vitest'
import type pg from 'pg'
import * as z from 'zod'
import { createDesk, systemActor } from '#server/desk.ts'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { createPool } from '../db.ts'
import { job, type AnyJob } from './job.ts'
import { isWorkerAlive, presenceLocks, startPresence } from './presence.ts'
import { startWorker } from './worker.ts'

let t: TestWorld
let pool: pg.Pool
const ran: { name: string; worker: string }[] = []
const named = (name: string): AnyJob =>
  job({ name, payload: z.object({}), run: async (_desk, _payload, { worker }) => void ran.push({ name, worker }) })
let runs = 0
/** Fails the first time, once another job of its key waits. */
const overtaken = job({
  name: 'overtaken',
  payload: z.object({}),
  async run(desk) {
    if ((runs += 1) > 1) return
    await desk.enqueue({ name: 'overtaken', key: 'overtaken' })
    throw new Error('the first run fails')
  },
})
const jobs = [...['of.dead', 'of.living', 'replaced', 'many', 'last'].map(named), overtaken]

beforeAll(async () => {
  t = await createTestWorld()
  // Each worker keeps three connections to itself.
  pool = createPool({ url: t.databaseUrl, max: 20, log: t.world.log, name: 'workers' })
})
afterAll(async () => {
  await pool.end()
  await t.close()
})

const work = () => startWorker({ pool, log: t.world.log, jobs, desk: () => createDesk(t.world, systemActor) })

/** A job that a process has begun and not ended. */
async function begun(name: string, worker: string, attempts = 1): Promise<void> {
  await t.desk().enqueue({ name })
  await t.world.pool.query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = $1, attempts = $2 where locked_by is null`,
    [`${worker}/desk`, attempts],
  )
}

const appear = (id: string, lock: number) =>
  t.world.pool.query('insert into worker_processes (id, lock, started_at) values ($1, $2, now())', [id, lock])

test('what a dead process had begun starts over within seconds, what a living one does is left to it', async () => {
  await (await work()).stop()
  const living = await pool.connect()
  await living.query('select pg_advisory_lock($1, 2)', [presenceLocks])
  await appear('wrk_dead', 1)
  await appear('wrk_living', 2)
  await begun('of.dead', 'wrk_dead')
  await begun('replaced', 'wrk_dead', 25)
  await begun('of.living', 'wrk_living')
  const workers = await Promise.all([work(), work()])
  await expect.poll(() => ran.map(({ name }) => name), { timeout: 15_000 }).toEqual(['of.dead'])
  expect(await isWorkerAlive(t.world.pool, ran[0]?.worker ?? '')).toBe(true)
  expect(await isWorkerAlive(t.world.pool, 'wrk_living')).toBe(true)
  await Promise.all(workers.map((worker) => worker.stop()))
  expect(await isWorkerAlive(t.world.pool, ran[0]?.worker ?? '')).toBe(false)
  living.release(true)
  const { rows } = await t.world.pool.query<{ locked_by: string }>(
    'select locked_by from graphile_worker._private_jobs',
  )
  expect(rows).toEqual([{ locked_by: 'wrk_living/desk' }])
})

test('a job that fails after another of its key took its place leaves nothing behind', async () => {
  await t.world.pool.query('delete from graphile_worker._private_jobs')
  await t.desk().enqueue({ name: 'overtaken', key: 'overtaken' })
  const worker = await work()
  await expect.poll(() => runs, { timeout: 10_000 }).toBe(2)
  const left = () => t.world.pool.query('select from graphile_worker._private_jobs').then(({ rowCount }) => rowCount)
  await expect.poll(left, { timeout: 5000 }).toBe(0)
  await worker.stop()
})

test('a process whose connection breaks is alive again under the same name', async () => {
  const presence = await startPresence(pool, t.world.log)
  expect(await isWorkerAlive(t.world.pool, presence.id)).toBe(true)
  await t.world.pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = $1 and objid = (
       select lock from worker_processes where id = $2)::oid`,
    [presenceLocks, presence.id],
  )
  await expect.poll(() => isWorkerAlive(t.world.pool, presence.id), { timeout: 5000 }).toBe(true)
  await presence.stop()
  expect(await isWorkerAlive(t.world.pool, presence.id)).toBe(false)
})

test('connections that break while jobs are noted as done stop no lane for good', async () => {
  await t.world.pool.query('delete from graphile_worker._private_jobs')
  const worker = await work()
  for (let round = 0; round < 6; round++) {
    await Promise.all(Array.from({ length: 40 }, () => t.desk().enqueue({ name: 'many' })))
    await t.world.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'mainstay workers' and datname = current_database()`,
    )
  }
  await t.desk().enqueue({ name: 'last' })
  await expect.poll(() => ran.some(({ name }) => name === 'last'), { timeout: 25_000 }).toBe(true)
  const left = () => t.world.pool.query('select from graphile_worker._private_jobs').then(({ rowCount }) => rowCount)
  await expect.poll(left, { timeout: 25_000 }).toBe(0)
  await worker.stop()
}, 60_000)
