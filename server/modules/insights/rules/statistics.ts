import type { Share } from '#contract/kpi.ts'

/** Below this many, medians, percentiles and shares say more about chance than about work, and are withheld. */
export const FEWEST = 5

/**
 * The p-th percentile (p from 0 to 1) by linear interpolation between the closest ranks: rank = p·(n − 1), counted from
 * 0. The same as percentile_cont in SQL and PERCENTILE.INC in spreadsheets, so the median of an even number is the mean
 * of the middle two. Null when there is nothing.
 */
export function percentile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const rank = p * (sorted.length - 1)
  const below = sorted[Math.floor(rank)]!
  const above = sorted[Math.ceil(rank)]!
  return below + (above - below) * (rank - Math.floor(rank))
}

/** Median and P90, withheld below five. */
export function middle(values: readonly number[]): { median: number | null; p90: number | null } {
  if (values.length < FEWEST) return { median: null, p90: null }
  return { median: percentile(values, 0.5), p90: percentile(values, 0.9) }
}

const Z = 1.959963984540054

/** A share with its 95 % Wilson interval, withheld below five. */
export function shareOf(part: number, of: number): Share {
  if (of < FEWEST) return { part, of, value: null, low: null, high: null }
  const value = part / of
  const centre = value + (Z * Z) / (2 * of)
  const spread = Z * Math.sqrt((value * (1 - value)) / of + (Z * Z) / (4 * of * of))
  const scale = 1 + (Z * Z) / of
  return {
    part,
    of,
    value,
    low: part === 0 ? 0 : (centre - spread) / scale,
    high: part === of ? 1 : (centre + spread) / scale,
  }
}

/**
 * The Kaplan–Meier median of times of which some are censored: known only to be longer than what was seen. Null when
 * fewer than half have happened so far, or when there are fewer than five in all.
 */
export function survivalMedian(done: readonly number[], censored: readonly number[]): number | null {
  if (done.length + censored.length < FEWEST) return null
  const events = [...done].sort((a, b) => a - b)
  const waits = [...censored].sort((a, b) => a - b)
  let surviving = 1
  let left = 0
  for (let i = 0; i < events.length;) {
    const time = events[i]!
    while (left < waits.length && waits[left]! < time) left++
    const atRisk = events.length - i + waits.length - left
    let ended = 0
    while (i < events.length && events[i] === time) {
      ended++
      i++
    }
    surviving *= 1 - ended / atRisk
    if (surviving <= 0.5 + 1e-12) return time
  }
  return null
}
