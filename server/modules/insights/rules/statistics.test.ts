import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { middle, percentile, shareOf, survivalMedian } from './statistics.ts'

describe('percentiles by linear interpolation', () => {
  test('worked by hand', () => {
    expect(percentile([15, 20, 35, 40, 50], 0.5)).toBe(35)
    expect(percentile([15, 20, 35, 40, 50], 0.4)).toBeCloseTo(29, 9)
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBeCloseTo(9.1, 9)
    expect(percentile([10, 20, 30, 40, 50], 0.9)).toBeCloseTo(46, 9)
    expect(percentile([7], 0.9)).toBe(7)
    expect(percentile([], 0.5)).toBeNull()
  })

  test('lie between the extremes, rise with p, and ignore order', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, p, q) => {
          const low = percentile(list, Math.min(p, q))!
          const high = percentile(list, Math.max(p, q))!
          expect(low).toBeGreaterThanOrEqual(Math.min(...list))
          expect(high).toBeLessThanOrEqual(Math.max(...list))
          expect(low).toBeLessThanOrEqual(high + 1e-6)
          expect(percentile([...list].reverse(), p)).toBe(percentile(list, p))
        },
      ),
    )
  })

  test('are withheld below five', () => {
    expect(middle([1, 2, 3, 4])).toEqual({ median: null, p90: null })
    expect(middle([10, 20, 30, 40, 50])).toEqual({ median: 30, p90: 46 })
  })
})

test('shares carry their Wilson interval, and are withheld below five', () => {
  expect(shareOf(4, 4)).toEqual({ part: 4, of: 4, value: null, low: null, high: null })
  expect(shareOf(0, 0)).toMatchObject({ of: 0, value: null })
  const half = shareOf(5, 10)
  expect(half.value).toBe(0.5)
  expect(half.low).toBeCloseTo(0.2366, 4)
  expect(half.high).toBeCloseTo(0.7634, 4)
  expect(shareOf(10, 10)).toMatchObject({ value: 1, high: 1 })
  expect(shareOf(10, 10).low).toBeCloseTo(0.7225, 4)
})

describe('the Kaplan–Meier median', () => {
  test('worked by hand', () => {
    expect(survivalMedian([1, 2, 3, 4, 5], [])).toBe(3)
    // at risk 6, 5, then after two left unseen 2: 5/6, 4/6, 4/6 · 1/2 = 1/3
    expect(survivalMedian([1, 2, 5, 6], [3, 4])).toBe(5)
    expect(survivalMedian([1, 1], [9, 9, 9, 9])).toBeNull()
    expect(survivalMedian([1, 2], [3, 4])).toBeNull()
  })

  test('who leaves unseen at the very time of an event was still at risk', () => {
    // at 2: 5 at risk, 1 ended: 4/5; at 3: 3 at risk, 2 ended: 4/15
    expect(survivalMedian([2, 3, 3], [2, 4])).toBe(3)
  })

  test('waiting can only push it up', () => {
    const times = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 5, maxLength: 30 })
    fc.assert(
      fc.property(times, times, (done, waiting) => {
        const alone = survivalMedian(done, [])!
        expect(survivalMedian(done, waiting) ?? Infinity).toBeGreaterThanOrEqual(alone)
      }),
    )
  })
})
