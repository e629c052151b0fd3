import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactSpan, wholeSeconds } from './exact-span.ts'

test('a span is written to the second and goes past a day', () => {
  expect([0, 59, 3600, 93_930].map(exactSpan)).toEqual(['0:00:00', '0:00:59', '1:00:00', '26:05:30'])
})

test('what is shown adds up to the sum that is shown', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e10 }), { minLength: 1, maxLength: 20 }), (parts) => {
      const total = parts.reduce((sum, ms) => sum + ms, 0)
      const seconds = wholeSeconds(parts)
      expect(seconds.reduce((sum, one) => sum + one, 0)).toBe(Math.round(total / 1000))
      for (const [at, one] of seconds.entries()) expect(Math.abs(one - (parts[at] ?? 0) / 1000)).toBeLessThanOrEqual(1)
    }),
  )
})
