import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunksOf, firstWindow, isHistory, isWanted, nextWindow, planFolder, type FolderMark } from './feed-plan.ts'

const at = (text: string) => Temporal.Instant.from(text)
const now = at('2026-11-02T09:00:00Z')
const opened = { uidValidity: 7, uidNext: 101 }
const first = planFolder(null, opened, null, now).mark

describe('a folder that is opened', () => {
  test('for the first time is read from its next mail on', () => {
    expect(planFolder(null, opened, null, now)).toMatchObject({
      change: 'first',
      mark: { epoch: 0, startUid: 101, nextUid: 101, olderNext: null, olderSince: null },
    })
  })
  test('with a past that is wanted has that read from its oldest mail up', () => {
    const since = at('2026-01-01T00:00:00Z')
    expect(planFolder(null, opened, since, now).mark).toMatchObject({ startUid: 101, olderNext: 1, olderSince: since })
  })
  test('again changes nothing', () => {
    expect(planFolder(first, { ...opened, uidNext: 150 }, null, now)).toEqual({ change: 'none', mark: first })
  })
  test.each([
    ['under another UIDVALIDITY', { uidValidity: 8, uidNext: 400 }],
    ['with numbers that went back', { uidValidity: 7, uidNext: 5 }],
  ])('%s is gone through again from a time before it was first opened', (_, anew) => {
    const later = at('2026-11-20T09:00:00Z')
    const { change, mark } = planFolder({ ...first, nextUid: 130 }, anew, null, later)
    expect(change).toBe('renumbered')
    expect(mark).toMatchObject({
      uidValidity: anew.uidValidity,
      epoch: 1,
      startUid: anew.uidNext,
      nextUid: anew.uidNext,
      olderNext: 1,
    })
    expect(mark.olderSince?.toString()).toBe('2026-11-02T08:00:00Z')
    expect(mark.firstOpenedAt).toEqual(now)
  })
  test('numbered anew has all of the past again that was wanted before', () => {
    const since = at('2026-01-01T00:00:00Z')
    const known = planFolder(null, opened, since, now).mark
    expect(
      planFolder({ ...known, olderNext: null }, { uidValidity: 9, uidNext: 3 }, since, now).mark.olderSince,
    ).toEqual(since)
  })
  test('reads an earlier past when it is asked for, and none any more when it is not', () => {
    const known = planFolder(null, opened, at('2026-06-01T00:00:00Z'), now).mark
    const done = { ...known, olderNext: null }
    expect(planFolder(done, opened, at('2026-01-01T00:00:00Z'), now)).toMatchObject({
      change: 'older',
      mark: { olderNext: 1 },
    })
    expect(planFolder(done, opened, at('2026-07-01T00:00:00Z'), now).change).toBe('none')
    expect(planFolder(known, opened, null, now)).toMatchObject({
      change: 'no_older',
      mark: { olderNext: null, olderSince: null },
    })
  })
})

describe('a mail', () => {
  const renumbered: FolderMark = { ...first, epoch: 1, olderNext: 1, olderSince: at('2026-11-02T08:00:00Z') }
  test('that lay there before is history; after a renumbering its arrival says so', () => {
    expect(isHistory(first, { uid: 100, arrivedAt: now })).toBe(true)
    expect(isHistory(first, { uid: 101, arrivedAt: at('2020-01-01T00:00:00Z') })).toBe(false)
    expect(isHistory(renumbered, { uid: 5, arrivedAt: at('2026-11-02T08:30:00Z') })).toBe(true)
    expect(isHistory(renumbered, { uid: 5, arrivedAt: at('2026-11-02T09:30:00Z') })).toBe(false)
    expect(isHistory(renumbered, { uid: 5, arrivedAt: null })).toBe(true)
  })
  test('of the past is wanted from its bound on, and whenever its age is not known', () => {
    expect(isWanted(first, { uid: 100, arrivedAt: now })).toBe(false)
    expect(isWanted(renumbered, { uid: 5, arrivedAt: at('2026-11-02T07:59:59Z') })).toBe(false)
    expect(isWanted(renumbered, { uid: 5, arrivedAt: at('2026-11-02T08:00:00Z') })).toBe(true)
    expect(isWanted(renumbered, { uid: 5, arrivedAt: null })).toBe(true)
  })
})

test('windows grow over emptiness, shrink where it is dense, and stay within bounds', () => {
  expect(nextWindow(firstWindow, 0)).toBe(firstWindow * 4)
  expect(nextWindow(32_000, 30_000)).toBe(8000)
  fc.assert(
    fc.property(fc.array(fc.nat(600_000)), (found) => {
      let width = firstWindow
      for (const n of found) {
        width = nextWindow(width, Math.min(n, width))
        expect(width).toBeGreaterThanOrEqual(firstWindow)
        expect(width).toBeLessThanOrEqual(500_000)
      }
    }),
  )
})

test('runs keep the order, leave nothing out and hold no more than they may', () => {
  const sizes = fc.array(fc.record({ size: fc.nat(100) }))
  fc.assert(
    fc.property(sizes, (mails) => {
      const runs = chunksOf(mails, { count: 5, bytes: 120 })
      expect(runs.flat()).toEqual(mails)
      for (const run of runs) {
        expect(run.length).toBeLessThanOrEqual(5)
        expect(run.length === 1 || run.reduce((sum, { size }) => sum + size, 0) <= 120).toBe(true)
      }
    }),
  )
})
