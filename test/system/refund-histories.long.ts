import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { history, startHistoryDesk, type HistoryDesk } from '#test/billing/refund-history.ts'

let desk: HistoryDesk
beforeAll(async () => {
  desk = await startHistoryDesk()
})
afterAll(() => desk.stop())

test('two hundred histories of a charge: never more back than was paid, everything once, all books the same', async () => {
  let done = 0
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      done += (await desk.run(one)).done
    }),
    { numRuns: 200, seed: 7 },
  )
  expect(done).toBeGreaterThan(100)
})
