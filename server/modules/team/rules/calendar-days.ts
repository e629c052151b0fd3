import type { Calendar } from '#contract/calendar.ts'

const DAY_MS = 86_400_000
const EPOCH = new Temporal.PlainDate(1970, 1, 1)
/** Temporal reaches 100 million days either side of 1970; two are kept clear for zones and the following day. */
export const LAST_DAY = 99_999_998
const MOST_DAYS_KEPT = 5_000

/** The opening windows of one local day in epoch milliseconds: from, to, from, to, … in order and without overlap. */
type Windows = readonly number[]

/**
 * A calendar prepared for arithmetic. Days are numbered from 1970-01-01 by their local date. Days and their starts are
 * remembered, since finding a zone's offset is by far the dearest step.
 */
export type Days = {
  neverOpen: boolean
  dayOf: (at: number) => number
  startOf: (day: number) => number
  windowsOf: (day: number) => Windows
}

const prepared = new WeakMap<Calendar, Days>()

export function daysOf(calendar: Calendar): Days {
  const known = prepared.get(calendar)
  if (known) return known
  const days = prepare(calendar)
  prepared.set(calendar, days)
  return days
}

function prepare(calendar: Calendar): Days {
  const zone = calendar.timeZone
  const weekly = weeklyHours(calendar)
  const holidays = new Set(calendar.alwaysOpen ? [] : calendar.holidays)
  const starts = new Map<number, number>()
  const windows = new Map<number, Windows>()

  function startOf(day: number): number {
    let start = starts.get(day)
    if (start === undefined) {
      start = EPOCH.add({ days: day }).toZonedDateTime(zone).epochMilliseconds
      keep(starts, day, start)
    }
    return start
  }

  /** The UTC day is at most one off the local one, save where a whole day was skipped. */
  function dayOf(at: number): number {
    let day = Math.max(-LAST_DAY, Math.min(LAST_DAY, Math.floor(at / DAY_MS)))
    while (day > -LAST_DAY && at < startOf(day)) day--
    while (day < LAST_DAY && at >= startOf(day + 1)) day++
    return day
  }

  function windowsOf(day: number): Windows {
    let open = windows.get(day)
    if (!open) {
      const hours = weekly[weekdayOf(day)] ?? []
      open = hours.length === 0 || isHoliday(day) ? [] : placed(day, hours)
      keep(windows, day, open)
    }
    return open
  }

  function isHoliday(day: number): boolean {
    return holidays.size > 0 && holidays.has(EPOCH.add({ days: day }).toString())
  }

  function placed(day: number, hours: readonly number[]): Windows {
    const start = startOf(day)
    const end = startOf(day + 1)
    if (end - start === DAY_MS) return hours.map((offset) => start + offset)
    return placedOnChange(EPOCH.add({ days: day }), zone, hours, end)
  }

  return { neverOpen: weekly.every((hours) => hours.length === 0), dayOf, startOf, windowsOf }
}

/**
 * Windows of a day on which the clocks change. A wall time that was skipped moves on by the gap, one that happens twice
 * means its first occurrence (Temporal's `compatible`); whatever that leaves empty, overlapping or past the day's end is cut.
 */
function placedOnChange(date: Temporal.PlainDate, zone: string, hours: readonly number[], end: number): Windows {
  const open: number[] = []
  let free = Number.NEGATIVE_INFINITY
  for (let i = 0; i < hours.length; i += 2) {
    const from = Math.max(free, wallTime(date, hours[i]!, zone))
    const to = Math.min(end, wallTime(date, hours[i + 1]!, zone))
    if (to <= from) continue
    open.push(from, to)
    free = to
  }
  return open
}

function wallTime(date: Temporal.PlainDate, offset: number, zone: string): number {
  return date.toPlainDateTime().add({ milliseconds: offset }).toZonedDateTime(zone).epochMilliseconds
}

/** By weekday 0 = Monday: from, to, … in milliseconds after midnight, sorted, overlapping windows joined. */
function weeklyHours(calendar: Calendar): number[][] {
  if (calendar.alwaysOpen) return Array.from({ length: 7 }, () => [0, DAY_MS])
  return ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => {
    const sorted = calendar.weekly[weekday]
      .map((window): [number, number] => [sinceMidnight(window.from), sinceMidnight(window.to)])
      .filter(([from, to]) => from < to)
      .sort((a, b) => a[0] - b[0])
    const hours: number[] = []
    for (const [from, to] of sorted) {
      const last = hours.length - 1
      if (last > 0 && from < hours[last]!) hours[last] = Math.max(hours[last]!, to)
      else hours.push(from, to)
    }
    return hours
  })
}

export function sinceMidnight(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000
}

/** 0 = Monday; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

function keep<T>(map: Map<number, T>, day: number, value: T): void {
  if (map.size >= MOST_DAYS_KEPT) map.clear()
  map.set(day, value)
}
