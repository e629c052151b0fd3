import type { Draw } from './history.ts'

/** Whole numbers from a to b that follow from the seed (mulberry32). */
export function drawing(seed: number): Draw {
  let state = (seed * 2_654_435_761) >>> 0
  return (from, to) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) % (Math.max(to, from) - from + 1))
  }
}
