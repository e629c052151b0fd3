import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDesk, systemActor } from '#server/desk.ts'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { AlreadyDone, storeAnswer, storedAnswer } from './idempotency.ts'

let kit: TestWorld
beforeAll(async () => {
  kit = await createTestWorld()
})
afterAll(() => kit.close())

const claim = { key: 'agent:1:k', requestHash: 'h' }

test('two writes at once under one key happen once', async () => {
  const write = () =>
    createDesk(kit.world, systemActor, claim).transaction(async (desk) => desk.emit({ type: 'test.happened' }))
  const outcomes = await Promise.allSettled([write(), write(), write()])
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(AlreadyDone)
  const { rows } = await kit.world.pool.query(`select count(*) as n from events where type = 'test.happened'`)
  expect(rows[0].n).toBe(1)
})

test('a write that failed leaves its key free', async () => {
  const other = { key: 'agent:1:failed', requestHash: 'h' }
  const desk = createDesk(kit.world, systemActor, other)
  await expect(
    desk.transaction(async () => {
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await storedAnswer(kit.world.pool, other)).toBeUndefined()
})

test('a stored answer is given again, but not for another request', async () => {
  await expect(storedAnswer(kit.world.pool, claim)).rejects.toMatchObject({ code: 'conflict' })
  await storeAnswer(kit.world.pool, claim.key, 201, { id: 1 })
  expect(await storedAnswer(kit.world.pool, claim)).toEqual({ status: 201, body: { id: 1 } })
  await expect(storedAnswer(kit.world.pool, { ...claim, requestHash: 'other' })).rejects.toMatchObject({
    code: 'idempotency_mismatch',
  })
})
