import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { ledgerVisible } from '#test/ledger-visible.ts'
import { currentPosition, formatPosition, parsePosition, readAfter } from './follow.ts'

let t: TestWorld
beforeAll(async () => {
  t = await createTestWorld()
})
afterAll(() => t.close())

test('a reader that goes past a running transaction still gets its events once it commits', async () => {
  let position = await currentPosition(t.world.pool)
  const seen: string[] = []
  const read = async () => {
    for (const event of await readAfter(t.world.pool, position, 100)) {
      seen.push(event.type)
      position = event.position
    }
  }
  let commitSlow: (() => void) | undefined
  const slowMayCommit = new Promise<void>((resolve) => {
    commitSlow = resolve
  })
  let slowWrote: (() => void) | undefined
  const written = new Promise<void>((resolve) => {
    slowWrote = resolve
  })
  const slow = t.desk().transaction(async (desk) => {
    await desk.emit({ type: 'test.slow' })
    slowWrote?.()
    await slowMayCommit
  })
  await written
  await t.desk().transaction((desk) => desk.emit({ type: 'test.fast' }))
  await read()
  expect(seen).toEqual([])
  commitSlow?.()
  await slow
  await ledgerVisible(t.world.pool)
  await read()
  expect(seen.sort()).toEqual(['test.fast', 'test.slow'])
  await read()
  expect(seen).toHaveLength(2)
})

test('positions survive being written as text', () => {
  expect(parsePosition(formatPosition({ tx: '790', seq: 12 }))).toEqual({ tx: '790', seq: 12 })
  expect(parsePosition('junk')).toBeUndefined()
})

test('transactions come in the order of their numbers, also where these gain a digit', async () => {
  await t.world.pool.query('delete from events')
  for (const tx of ['99', '9', '100', '10'])
    await t.world.pool.query(
      `insert into events (id, tx, occurred_at, recorded_at, type, actor_kind, data)
       values (gen_random_uuid(), $1::xid8, now(), now(), 'test.numbered', 'system', '{}')`,
      [tx],
    )
  const seen: string[] = []
  for (let position = { tx: '1', seq: 0 }; ;) {
    const [event] = await readAfter(t.world.pool, position, 1)
    if (!event) break
    seen.push(event.position.tx)
    position = event.position
  }
  expect(seen).toEqual(['9', '10', '99', '100'])
})
