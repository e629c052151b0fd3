import { describe, expect, test } from 'vitest'
import { Calendar } from '#contract/calendar.ts'
import { addBusinessMs, businessMs, isOpen, nextOpening, periods } from './calendar.ts'
import { calendarProblems } from './calendar-problems.ts'

const HOUR = 3_600_000
const at = (text: string) => Temporal.Instant.from(text)
type Day = string[]

/** Opening hours from Monday on, each day a list of `09:00-17:00`. */
function calendar(timeZone: string, days: Day[], more: Partial<Calendar> = {}): Calendar {
  const day = (i: number) => (days[i] ?? []).map((window) => ({ from: window.slice(0, 5), to: window.slice(6) }))
  const weekly = { 1: day(0), 2: day(1), 3: day(2), 4: day(3), 5: day(4), 6: day(5), 7: day(6) }
  return Calendar.parse({ id: 'c', version: 1, timeZone, weekly, holidays: [], ...more })
}

const weekdays = (window: Day): Day[] => [window, window, window, window, window]
const everyDay = (window: Day): Day[] => Array.from({ length: 7 }, () => window)
const office = calendar('Europe/Berlin', weekdays(['09:00-17:30']), { holidays: ['2026-12-25'] })

describe('opening hours', () => {
  test('trap 29: several windows a day, a lunch break taken out', () => {
    const split = calendar('UTC', weekdays(['08:00-12:00', '13:30-18:00']))
    expect(businessMs(split, at('2026-03-02T11:00Z'), at('2026-03-02T14:00Z'))).toBe(1.5 * HOUR)
    expect(addBusinessMs(split, at('2026-03-02T11:30Z'), HOUR)?.toString()).toBe('2026-03-02T14:00:00Z')
    expect(isOpen(split, at('2026-03-02T12:30Z'))).toBe(false)
    expect(nextOpening(split, at('2026-03-02T12:30Z'))?.toString()).toBe('2026-03-02T13:30:00Z')
  })

  test('a holiday closes its local day, not the UTC one', () => {
    const auckland = calendar('Pacific/Auckland', everyDay(['00:00-24:00']), { holidays: ['2026-12-25'] })
    expect(isOpen(auckland, at('2026-12-24T10:59:59Z'))).toBe(true)
    expect(isOpen(auckland, at('2026-12-24T11:00:00Z'))).toBe(false)
    expect(isOpen(auckland, at('2026-12-25T11:00:00Z'))).toBe(true)
    expect(businessMs(auckland, at('2026-12-24T00:00Z'), at('2026-12-26T00:00Z'))).toBe(24 * HOUR)
  })

  test('a window to 24:00 joins the next day without a gap', () => {
    const late = calendar('UTC', everyDay(['22:00-24:00', '00:00-02:00']))
    expect(businessMs(late, at('2026-03-02T21:00Z'), at('2026-03-03T03:00Z'))).toBe(4 * HOUR)
    expect(addBusinessMs(late, at('2026-03-02T23:00Z'), 2 * HOUR)?.toString()).toBe('2026-03-03T01:00:00Z')
  })

  test('24 hours five days a week: the weekend starts on the local midnight', () => {
    const fiveDays = calendar('America/New_York', weekdays(['00:00-24:00']))
    expect(addBusinessMs(fiveDays, at('2026-01-16T22:00Z'), 8 * HOUR)?.toString()).toBe('2026-01-19T06:00:00Z')
  })

  test('half-hour and quarter-hour zones', () => {
    const kolkata = calendar('Asia/Kolkata', weekdays(['09:30-18:00']))
    expect(nextOpening(kolkata, at('2026-03-02T00:00Z'))?.toString()).toBe('2026-03-02T04:00:00Z')
    const kathmandu = calendar('Asia/Kathmandu', weekdays(['09:00-17:00']))
    expect(nextOpening(kathmandu, at('2026-03-02T00:00Z'))?.toString()).toBe('2026-03-02T03:15:00Z')
  })

  test('a deadline may fall on closing time and none passes while closed', () => {
    expect(addBusinessMs(office, at('2026-03-06T15:00Z'), 1.5 * HOUR)?.toString()).toBe('2026-03-06T16:30:00Z')
    expect(addBusinessMs(office, at('2026-03-07T10:00Z'), 0)?.toString()).toBe('2026-03-07T10:00:00Z')
    expect(businessMs(office, at('2026-03-07T00:00Z'), at('2026-03-08T00:00Z'))).toBe(0)
    expect(businessMs(office, at('2026-03-06T15:00Z'), at('2026-03-06T14:00Z'))).toBe(0)
  })

  test('always open ignores hours and holidays', () => {
    const always = calendar('Europe/Berlin', [], { alwaysOpen: true, holidays: ['2026-12-25'] })
    expect(businessMs(always, at('2026-12-24T00:00Z'), at('2026-12-27T00:00Z'))).toBe(72 * HOUR)
    expect(addBusinessMs(always, at('2026-12-25T05:00Z'), HOUR)?.toString()).toBe('2026-12-25T06:00:00Z')
    expect(isOpen(always, at('2026-12-25T05:00Z'))).toBe(true)
  })

  test('a calendar that never opens has no deadline', () => {
    const never = calendar('UTC', [])
    expect(addBusinessMs(never, at('2026-03-02T00:00Z'), 1)).toBeNull()
    expect(nextOpening(never, at('2026-03-02T00:00Z'))).toBeNull()
    expect(businessMs(never, at('2026-03-02T00:00Z'), at('2027-03-02T00:00Z'))).toBe(0)
    expect([...periods(never, at('2026-03-02T00:00Z'))]).toEqual([])
  })

  test('trap 19: a 30-minute target survives a year of closures', () => {
    const first = Temporal.PlainDate.from('2026-01-01')
    const holidays = Array.from({ length: 365 }, (_, i) => first.add({ days: i }).toString())
    const closed = calendar('Europe/Berlin', everyDay(['09:00-17:00']), { holidays })
    expect(addBusinessMs(closed, at('2026-01-01T00:00Z'), HOUR / 2)?.toString()).toBe('2027-01-01T08:30:00Z')
    expect(nextOpening(closed, at('2026-01-01T00:00Z'))?.toString()).toBe('2027-01-01T08:00:00Z')
  })
})

describe('trap 28: the clocks change', () => {
  test('spring in Berlin: the night shift is an hour shorter', () => {
    const night = calendar('Europe/Berlin', everyDay(['00:00-08:00']))
    expect(businessMs(night, at('2026-03-28T22:00Z'), at('2026-03-29T22:00Z'))).toBe(7 * HOUR)
    expect(addBusinessMs(night, at('2026-03-28T23:00Z'), 7 * HOUR)?.toString()).toBe('2026-03-29T06:00:00Z')
  })

  test('autumn in Berlin: the night shift is an hour longer', () => {
    const night = calendar('Europe/Berlin', everyDay(['00:00-08:00']))
    expect(businessMs(night, at('2026-10-24T22:00Z'), at('2026-10-25T23:00Z'))).toBe(9 * HOUR)
  })

  test('office hours keep their wall time on both sides', () => {
    expect(nextOpening(office, at('2026-03-27T20:00Z'))?.toString()).toBe('2026-03-30T07:00:00Z')
    expect(nextOpening(office, at('2026-10-23T20:00Z'))?.toString()).toBe('2026-10-26T08:00:00Z')
  })

  test('a half-hour change on Lord Howe Island', () => {
    const all = calendar('Australia/Lord_Howe', everyDay(['00:00-24:00']), { holidays: ['2026-04-06'] })
    expect(businessMs(all, at('2026-04-04T13:00Z'), at('2026-04-06T13:30Z'))).toBe(24.5 * HOUR)
  })

  test('windows around a skipped hour never count a minute twice', () => {
    const around = calendar('America/Los_Angeles', everyDay(['02:15-02:45', '03:00-04:00']))
    expect(businessMs(around, at('2026-03-08T08:00Z'), at('2026-03-08T20:00Z'))).toBe(0.75 * HOUR)
    const inside = calendar('America/Los_Angeles', everyDay(['01:00-04:00']))
    expect(businessMs(inside, at('2026-03-08T08:00Z'), at('2026-03-08T20:00Z'))).toBe(2 * HOUR)
  })

  test('a window in the repeated hour is open once, one around it for the whole of it', () => {
    const inside = calendar('America/Los_Angeles', everyDay(['01:15-01:45']))
    expect(businessMs(inside, at('2026-11-01T07:00Z'), at('2026-11-01T20:00Z'))).toBe(0.5 * HOUR)
    const around = calendar('America/Los_Angeles', everyDay(['01:00-02:00']))
    expect(businessMs(around, at('2026-11-01T07:00Z'), at('2026-11-01T20:00Z'))).toBe(2 * HOUR)
  })

  test('a day that starts at one o’clock, and a day that never was', () => {
    const cairo = calendar('Africa/Cairo', everyDay(['00:00-24:00']))
    expect(businessMs(cairo, at('2026-04-23T00:00Z'), at('2026-04-25T00:00Z'))).toBe(48 * HOUR)
    const apia = calendar('Pacific/Apia', [[], [], [], [], ['09:00-17:00'], [], []])
    expect(nextOpening(apia, at('2011-12-29T12:00Z'))?.toString()).toBe('2012-01-05T19:00:00Z')
  })
})

test('problems of hours are named before they are saved', () => {
  expect(calendarProblems(office)).toEqual([])
  const bad = calendar('Europe/Nowhere', [['17:00-09:00'], ['09:00-12:00', '11:00-13:00']])
  expect(calendarProblems(bad)).toEqual([
    { code: 'unknown_time_zone', timeZone: 'Europe/Nowhere' },
    { code: 'window_ends_before_it_starts', weekday: 1 },
    { code: 'windows_overlap', weekday: 2 },
  ])
})
