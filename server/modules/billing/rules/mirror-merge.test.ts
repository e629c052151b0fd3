import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginFetch, endFetch, failFetch, hint, nextFetch, unseen, type MirrorState } from './mirror-merge.ts'

const lease = 50

it('folds hints, counts only readings begun after the last, and reads again when one came meanwhile', () => {
  let state: MirrorState = hint(hint(hint(unseen, 3), 5), 4)
  expect(state.hintedAt).toBe(5)
  expect(nextFetch(state, 6, lease)).toEqual({ do: 'fetch' })
  state = beginFetch(state, 6)
  expect(nextFetch(state, 7, lease)).toEqual({ do: 'skip', until: 56 })
  const first = endFetch(hint(state, 8), 6)
  expect(first).toMatchObject({ keep: true, again: true })
  const second = endFetch(beginFetch(first.state, 9), 9)
  expect(second).toMatchObject({ keep: true, again: false })
  expect(nextFetch(second.state, 10, lease)).toEqual({ do: 'done' })
  expect(endFetch(second.state, 7).keep).toBe(false)
})

it('does not count a reading begun in the same instant as a hint', () => {
  expect(endFetch(beginFetch(hint(unseen, 5), 5), 5).again).toBe(true)
})

it('takes over from a worker that died, and forgets a reading that failed', () => {
  const state = beginFetch(hint(unseen, 1), 2)
  expect(nextFetch(state, 52, lease)).toEqual({ do: 'fetch' })
  expect(nextFetch(failFetch(state, 2), 3, lease)).toEqual({ do: 'fetch' })
  expect(failFetch(beginFetch(state, 52), 2).readingSince).toBe(52)
})

type Reading = { began: number; seen: number | null }

/** One object whose hints are lost, doubled, late and out of order, read by workers that overlap and die. */
function world() {
  let now = 0
  let truth = 0
  let stored = -1
  let state: MirrorState = unseen
  let hints = 0
  let reads = 0
  const pending: number[] = []
  const readings: Reading[] = []
  const pick = <T>(list: T[], choice: number): T | undefined => (list.length ? list[choice % list.length] : undefined)
  const remove = <T>(list: T[], item: T): unknown => list.splice(list.indexOf(item), 1)
  const end = (reading: Reading): void => {
    reading.seen ??= truth
    const ended = endFetch(state, reading.began)
    state = ended.state
    if (ended.keep) stored = reading.seen
    remove(readings, reading)
  }
  const work = (): void => {
    if (nextFetch(state, now, lease).do !== 'fetch') return
    state = beginFetch(state, now)
    reads++
    readings.push({ began: now, seen: null })
  }
  const deliver = (item: number | undefined): void => {
    if (item === undefined) return
    remove(pending, item)
    hints++
    state = hint(state, now)
  }
  const acts: ((choice: number) => void)[] = [
    (choice) => {
      truth++
      for (let copies = 0; copies <= choice % 3; copies++) pending.push(now * 10 + copies)
    },
    (choice) => deliver(pick(pending, choice)),
    (choice) => deliver(pick(pending, choice)),
    (choice) => {
      const lost = pick(pending, choice)
      if (lost !== undefined) remove(pending, lost)
    },
    work,
    work,
    (choice) => {
      const reading = pick(readings, choice)
      if (reading) reading.seen ??= truth
    },
    (choice) => {
      const reading = pick(readings, choice)
      if (reading) end(reading)
    },
    (choice) => {
      const died = pick(readings, choice)
      if (died) remove(readings, died)
    },
    (choice) => {
      now += choice % (2 * lease)
    },
  ]
  return {
    act(code: number) {
      now++
      acts[code % acts.length]?.(Math.floor(code / acts.length))
    },
    /** Everything late arrives, then one gap search, then workers until there is nothing to do. */
    finish(order: number) {
      while (pending.length) deliver(pick(pending, order))
      now++
      state = hint(state, now)
      hints++
      for (let turn = 0; turn < 100; turn++) {
        now += lease
        if (nextFetch(state, now, lease).do === 'done' && !readings.length) return { truth, stored, hints, reads }
        work()
        const reading = pick(readings, order + turn)
        if (reading) end(reading)
      }
      throw new Error('never settles')
    },
  }
}

it('comes to the truth from 10,000 histories of lost, doubled and reordered hints', () => {
  let changed = 0
  fc.assert(
    fc.property(fc.array(fc.nat(9999), { minLength: 5, maxLength: 60, size: 'max' }), fc.nat(9999), (codes, order) => {
      const history = world()
      for (const code of codes) history.act(code)
      const end = history.finish(order)
      if (end.truth > 1) changed++
      expect(end.stored).toBe(end.truth)
    }),
    { numRuns: 10_000, seed: 20261122 },
  )
  expect(changed).toBeGreaterThan(5000)
})

it('reads once for many hints', () => {
  const history = world()
  for (const code of [0, 20, 20, 20]) history.act(code)
  for (let again = 0; again < 9; again++) history.act(1)
  expect(history.finish(0).reads).toBe(1)
})
