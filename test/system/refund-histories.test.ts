import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { history, startHistoryDesk, type History, type HistoryDesk } from '#test/billing/refund-history.ts'

let desk: HistoryDesk
beforeAll(async () => {
  desk = await startHistoryDesk()
})
afterAll(() => desk.stop())

/** What chance does not bring in so few: an effect whose answer was an error, and a dispute while the call is on its way. */
const examples: [History][] = [
  [
    {
      invoiced: false,
      card: 'pm_card_visa',
      acts: [
        { do: 'weather', kind: '500_after', times: 1 },
        { do: 'order', shares: [30, 20], when: 'now' },
        { do: 'work_at_once' },
        { do: 'order', shares: [20, 20, 20], when: 'after_call' },
      ],
    },
  ],
  [
    {
      invoiced: true,
      card: 'pm_card_visa',
      acts: [
        { do: 'order', shares: [40], when: 'now' },
        { do: 'dispute', share: 100, when: 'before_call' },
        { do: 'work' },
        { do: 'decide_dispute', outcome: 'won' },
        { do: 'order', shares: [10], when: 'now' },
      ],
    },
  ],
]

// The wide version of this is refund-histories.long.ts.
test('refunds, credits and disputes are never more than what was paid, whoever does what meanwhile', async () => {
  const sum = { ordered: 0, done: 0, moved: 0 }
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      const came = await desk.run(one)
      for (const key of ['ordered', 'done', 'moved'] as const) sum[key] += came[key]
    }),
    { numRuns: 12, seed: 20261122, endOnFailure: true, examples },
  )
  // Histories in which nothing was ordered, or nothing refused, would prove nothing.
  expect(sum.done).toBeGreaterThan(5)
  expect(sum.ordered).toBeGreaterThan(sum.done)
})
