import { expect, test } from 'vitest'
import { nextTry } from './delivery-retry.ts'

const start = Temporal.Instant.from('2026-11-02T09:00:00Z')

/** The instants of all tries when none succeeds, in seconds after the first. */
function tries(): number[] {
  const all = [0]
  for (let at: Temporal.Instant | null = start; at;) {
    at = nextTry(start, at)
    if (at) all.push(at.since(start).total('seconds'))
  }
  return all
}

test('a mail that is put off is tried soon, then ever more rarely, for three days', () => {
  const all = tries()
  expect(all.slice(0, 5)).toEqual([0, 5, 10, 20, 40])
  const gaps = all.slice(1).map((at, index) => at - (all[index] ?? 0))
  expect(Math.max(...gaps)).toBe(4 * 3600)
  expect(all.at(-1)).toBeGreaterThanOrEqual(72 * 3600)
  expect(all.length).toBeLessThan(50)
})

test('a clock that runs backwards does not make it try at once', () => {
  expect(nextTry(start, start.subtract({ hours: 1 }))?.toString()).toBe('2026-11-02T08:00:05Z')
})
