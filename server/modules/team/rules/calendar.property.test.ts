import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Calendar } from '#contract/calendar.ts'
import { addBusinessMs, businessMs, isOpen, nextOpening, periods } from './calendar.ts'

const MINUTE = 60_000
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Apia',
  'Pacific/Chatham',
]

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const day = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 }).map((quarters) => {
  const sorted = quarters.sort((a, b) => a - b)
  const windows: { from: string; to: string }[] = []
  for (let i = 0; i + 1 < sorted.length; i += 2) {
    windows.push({ from: clock(sorted[i]! * 15), to: clock(sorted[i + 1]! * 15) })
  }
  return windows
})

const holiday = fc
  .integer({ min: 0, max: 6000 })
  .map((days) => Temporal.PlainDate.from('2011-01-01').add({ days }).toString())

const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    id: fc.constant('c'),
    version: fc.constant(1),
    timeZone: fc.constantFrom(...zones),
    weekly: fc.record({ 1: day, 2: day, 3: day, 4: day, 5: day, 6: day, 7: day }),
    holidays: fc.array(holiday, { maxLength: 40 }),
  })
  .filter((calendar) => Object.values(calendar.weekly).some((windows) => windows.length > 0))

const earliest = Temporal.Instant.from('2011-06-01T00:00Z').epochMilliseconds
const latest = Temporal.Instant.from('2027-06-01T00:00Z').epochMilliseconds
const instants = fc.integer({ min: earliest, max: latest }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))
/** Close to the days on which clocks change, where mistakes live. */
const changes = fc
  .tuple(
    fc.constantFrom(
      '2026-03-08T10:00Z',
      '2026-03-29T01:00Z',
      '2026-10-25T01:00Z',
      '2026-11-01T09:00Z',
      '2011-12-30T10:00Z',
    ),
    fc.integer({ min: -3 * 1440 * MINUTE, max: 3 * 1440 * MINUTE }),
  )
  .map(([text, shift]) => Temporal.Instant.from(text).add({ milliseconds: shift }))
const moments = fc.oneof(instants, changes)
const spans = fc.integer({ min: 1, max: 60 * 1440 * MINUTE })

describe('business time, whatever the calendar', () => {
  test('adds up: a to c is a to b plus b to c', () => {
    fc.assert(
      fc.property(calendars, moments, spans, spans, (calendar, a, first, second) => {
        const b = a.add({ milliseconds: first })
        const c = b.add({ milliseconds: second })
        expect(businessMs(calendar, a, c)).toBe(businessMs(calendar, a, b) + businessMs(calendar, b, c))
      }),
      { numRuns: 500 },
    )
  })

  test('adding is the inverse of measuring, forward and backward', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 0, max: 20 * 1440 * MINUTE }), (calendar, from, ms) => {
        const later = addBusinessMs(calendar, from, ms)!
        expect(businessMs(calendar, from, later)).toBe(ms)
        const earlier = addBusinessMs(calendar, from, -ms)!
        expect(businessMs(calendar, earlier, from)).toBe(ms)
      }),
      { numRuns: 300 },
    )
  })

  test('a deadline is the earliest instant that will do', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 5 * 1440 * MINUTE }), (calendar, from, ms) => {
        const before = addBusinessMs(calendar, from, ms)!.subtract({ milliseconds: 1 })
        expect(businessMs(calendar, from, before)).toBe(ms - 1)
      }),
      { numRuns: 200 },
    )
  })

  test('is never negative nor longer than the calendar time', () => {
    fc.assert(
      fc.property(calendars, moments, spans, (calendar, from, span) => {
        const ms = businessMs(calendar, from, from.add({ milliseconds: span }))
        expect(ms).toBeGreaterThanOrEqual(0)
        expect(ms).toBeLessThanOrEqual(span)
      }),
    )
  })

  /** An oracle that knows nothing of windows as intervals: it asks the zone for the wall clock of every quarter hour. */
  test('agrees with the wall clock, quarter by quarter, away from clock changes', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, moment) => {
        const start = moment.toZonedDateTimeISO(calendar.timeZone).startOfDay()
        const end = start.add({ days: 3 })
        fc.pre(end.epochMilliseconds - start.epochMilliseconds === 3 * 1440 * MINUTE)
        let expected = 0
        for (
          let quarter = start;
          quarter.epochMilliseconds < end.epochMilliseconds;
          quarter = quarter.add({ minutes: 15 })
        ) {
          const date = quarter.toPlainDate()
          const time = quarter.toPlainTime().toString().slice(0, 5)
          const windows = calendar.weekly[date.dayOfWeek as 1 | 2 | 3 | 4 | 5 | 6 | 7]
          const open = windows.some((window) => window.from <= time && time < window.to)
          if (open && !calendar.holidays.includes(date.toString())) expected += 15 * MINUTE
        }
        expect(businessMs(calendar, start.toInstant(), end.toInstant())).toBe(expected)
      }),
      { numRuns: 150 },
    )
  })

  test('periods are in order, apart, open inside and sum to the measure', () => {
    fc.assert(
      fc.property(calendars, moments, (calendar, from) => {
        let sum = 0
        let last = from
        let n = 0
        for (const period of periods(calendar, from)) {
          expect(Temporal.Instant.compare(last, period.from)).toBeLessThanOrEqual(0)
          expect(Temporal.Instant.compare(period.from, period.to)).toBe(-1)
          expect(isOpen(calendar, period.from)).toBe(true)
          expect(isOpen(calendar, period.to.subtract({ milliseconds: 1 }))).toBe(true)
          if (n === 0) expect(nextOpening(calendar, from)?.equals(period.from)).toBe(true)
          sum += period.to.epochMilliseconds - period.from.epochMilliseconds
          last = period.to
          if (++n === 12) break
        }
        expect(businessMs(calendar, from, last)).toBe(sum)
      }),
      { numRuns: 150 },
    )
  })
})
