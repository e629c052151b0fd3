import type { Calendar } from '#contract/calendar.ts'
import { daysOf, LAST_DAY } from './calendar-days.ts'

export type { Calendar }
export type Period = { from: Temporal.Instant; to: Temporal.Instant }

const instant = Temporal.Instant.fromEpochMilliseconds

/** Milliseconds of opening time in [from, to); 0 when `to` is not after `from`. Counts whole milliseconds. */
export function businessMs(calendar: Calendar, from: Temporal.Instant, to: Temporal.Instant): number {
  const start = from.epochMilliseconds
  const end = to.epochMilliseconds
  if (end <= start) return 0
  if (calendar.alwaysOpen) return end - start
  const days = daysOf(calendar)
  if (days.neverOpen) return 0
  let total = 0
  for (let day = days.dayOf(start); day <= LAST_DAY && days.startOf(day) < end; day++) {
    const windows = days.windowsOf(day)
    for (let i = 0; i < windows.length; i += 2) {
      const open = Math.min(windows[i + 1]!, end) - Math.max(windows[i]!, start)
      if (open > 0) total += open
    }
  }
  return total
}

/**
 * The first instant at which `ms` of opening time have passed since `from`, so a deadline can fall on closing time but
 * not on the next opening. A negative `ms` counts back: the last instant from which `-ms` pass until `from`.
 * Null when the calendar never opens, or not often enough before time ends (the year 275760).
 */
export function addBusinessMs(calendar: Calendar, from: Temporal.Instant, ms: number): Temporal.Instant | null {
  const wanted = Math.round(ms)
  if (wanted === 0) return from
  const days = daysOf(calendar)
  if (days.neverOpen) return null
  const start = from.epochMilliseconds
  return wanted > 0 ? forward(calendar, start, wanted) : backward(calendar, start, -wanted)
}

function forward(calendar: Calendar, start: number, ms: number): Temporal.Instant | null {
  const days = daysOf(calendar)
  let left = ms
  for (let day = days.dayOf(start); day <= LAST_DAY; day++) {
    const windows = days.windowsOf(day)
    for (let i = 0; i < windows.length; i += 2) {
      const from = Math.max(windows[i]!, start)
      const open = windows[i + 1]! - from
      if (open <= 0) continue
      if (open >= left) return instant(from + left)
      left -= open
    }
  }
  return null
}

function backward(calendar: Calendar, start: number, ms: number): Temporal.Instant | null {
  const days = daysOf(calendar)
  let left = ms
  for (let day = days.dayOf(start); day >= -LAST_DAY; day--) {
    const windows = days.windowsOf(day)
    for (let i = windows.length - 2; i >= 0; i -= 2) {
      const to = Math.min(windows[i + 1]!, start)
      const open = to - windows[i]!
      if (open <= 0) continue
      if (open >= left) return instant(to - left)
      left -= open
    }
  }
  return null
}

/** Opening is inclusive, closing exclusive. */
export function isOpen(calendar: Calendar, at: Temporal.Instant): boolean {
  if (calendar.alwaysOpen) return true
  const days = daysOf(calendar)
  const now = at.epochMilliseconds
  const windows = days.windowsOf(days.dayOf(now))
  for (let i = 0; i < windows.length; i += 2) if (now >= windows[i]! && now < windows[i + 1]!) return true
  return false
}

/** `at` itself while open, else when it opens next; null when it never does. */
export function nextOpening(calendar: Calendar, at: Temporal.Instant): Temporal.Instant | null {
  if (isOpen(calendar, at)) return at
  for (const period of periods(calendar, at)) return period.from
  return null
}

/** The opening periods from an instant on, without end; the first is cut to begin at `from`. None when it never opens. */
export function* periods(calendar: Calendar, from: Temporal.Instant): Generator<Period, void, undefined> {
  const days = daysOf(calendar)
  if (days.neverOpen) return
  const start = from.epochMilliseconds
  for (let day = days.dayOf(start); day <= LAST_DAY; day++) {
    const windows = days.windowsOf(day)
    for (let i = 0; i < windows.length; i += 2) {
      const opens = Math.max(windows[i]!, start)
      if (windows[i + 1]! > opens) yield { from: instant(opens), to: instant(windows[i + 1]!) }
    }
  }
}
