import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { processWebhooks } from '../actions/process-webhooks.ts'
import type { MirrorKind, Payments } from '../ports.ts'
import { storeEvents } from './webhook-events.ts'
import { claimStale, giveUpReading, hintObjects, hintUnknown, keepRead, nextMark, releaseReadings } from './mirror.ts'

let kit: TestWorld
beforeAll(async () => {
  kit = await createTestWorld({ payments: { account: 'test' } as Payments })
})
afterAll(() => kit.close())
beforeEach(() => kit.world.pool.query('truncate mirror_objects'))

let made = 0
const fresh = () => ({ kind: 'charge' as MirrorKind, id: `ch_${(made += 1)}` })
const hint = (named: { kind: MirrorKind; id: string }) => hintObjects(kit.desk(), 'test', [named, named])
const claim = () => claimStale(kit.desk(), 'test', 10, 60)
const keep = (named: { kind: MirrorKind; id: string }, mark: number, amount: number) =>
  kit.desk().transaction((tx) => keepRead(tx, 'test', [{ ...named, mark, object: { id: named.id, amount } }]))

async function stored(id: string): Promise<number | undefined> {
  const { rows } = await kit.world.pool.query(`select data ->> 'amount' as amount from mirror_objects where id = $1`, [
    id,
  ])
  return rows[0]?.amount ? Number(rows[0].amount) : undefined
}

test('any number of hints is one reading, and a reading that began after them settles it', async () => {
  const charge = fresh()
  await hint(charge)
  await hint(charge)
  const [reading, ...others] = await claim()
  expect(others).toEqual([])
  expect(await claim()).toEqual([])
  expect(await keep(charge, reading?.mark ?? 0, 1)).toMatchObject([{ isNew: true }])
  expect(await claim()).toEqual([])
})

test('a hint while an object is read asks for another reading', async () => {
  const charge = fresh()
  await hint(charge)
  const [reading] = await claim()
  await hint(charge)
  await keep(charge, reading?.mark ?? 0, 1)
  expect(await claim()).toMatchObject([charge])
})

test('of two readings the one that began later is kept, whichever ends last', async () => {
  const charge = fresh()
  const [early, late] = [await nextMark(kit.desk()), await nextMark(kit.desk())]
  expect(await keep(charge, late, 2)).toHaveLength(1)
  expect(await keep(charge, early, 1)).toEqual([])
  expect(await stored(charge.id)).toBe(2)
})

test('a reading of a worker that died is begun again after its lease, or at a start', async () => {
  const charge = fresh()
  await hint(charge)
  expect(await claim()).toHaveLength(1)
  kit.clock.advance({ seconds: 59 })
  expect(await claim()).toEqual([])
  kit.clock.advance({ seconds: 2 })
  expect(await claim()).toHaveLength(1)
  await releaseReadings(kit.desk(), 'test')
  const [again] = await claim()
  await keep(charge, again?.mark ?? 0, 1)
})

test('a reading that failed waits until its time; a new hint does not wait', async () => {
  const charge = fresh()
  await hint(charge)
  const [reading] = await claim()
  if (!reading) throw new Error('nothing was claimed')
  await giveUpReading(kit.desk(), 'test', reading, { sentence: 'no', retryAt: kit.clock.now().add({ minutes: 5 }) })
  expect(await claim()).toEqual([])
  await hint(charge)
  expect(await claim()).toMatchObject([{ ...charge, attempts: 0 }])
})

test('only the unknown is hinted where that is asked, and what Stripe forgot keeps its last version', async () => {
  const charge = fresh()
  await keep(charge, await nextMark(kit.desk()), 7)
  expect(await hintUnknown(kit.desk(), 'test', [charge, fresh()])).toBe(1)
  const gone = { ...charge, mark: await nextMark(kit.desk()), object: null }
  await kit.desk().transaction((tx) => keepRead(tx, 'test', [gone]))
  expect(await stored(charge.id)).toBe(7)
  const { rows } = await kit.world.pool.query('select deleted from mirror_objects where id = $1', [charge.id])
  expect(rows[0].deleted).toBe(true)
})

test('webhooks and readings that name the same objects in different orders do not deadlock', async () => {
  const [first, second] = [fresh(), fresh()]
  await hintObjects(kit.desk(), 'test', [second])
  const event = (id: string) => {
    const object = { id, object: 'charge' }
    return {
      id: `evt_${id}`,
      type: 'charge.updated',
      created: 1,
      apiVersion: null,
      object,
      payload: { data: { object } },
    }
  }
  await storeEvents(kit.desk(), 'test', [event(first.id), event(second.id)], 'webhook')
  let processing: Promise<number> | undefined
  await kit.desk().transaction(async (tx) => {
    await keepRead(tx, 'test', [{ ...second, mark: 1, object: { id: second.id } }])
    processing = processWebhooks(kit.desk())
    processing.catch(() => {})
    await waitingFor(1)
    await hintUnknown(tx, 'test', [first])
  })
  expect(await processing).toBe(2)
})

/** Until so many connections wait for a lock. */
async function waitingFor(count: number): Promise<void> {
  const waiting = () =>
    kit.world.pool
      .query(`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
      .then(({ rowCount }) => rowCount)
  await expect.poll(waiting, { timeout: 5000 }).toBe(count)
}
