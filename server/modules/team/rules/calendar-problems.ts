import type { Calendar } from '#contract/calendar.ts'
import { sinceMidnight } from './calendar-days.ts'

export type CalendarProblem =
  | { code: 'unknown_time_zone'; timeZone: string }
  | { code: 'window_ends_before_it_starts' | 'windows_overlap'; weekday: number }

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** What a schema cannot see in opening hours: a zone that does not exist, windows turned round or overlapping. */
export function calendarProblems(hours: Pick<Calendar, 'timeZone' | 'weekly'>): CalendarProblem[] {
  const problems: CalendarProblem[] = []
  if (!isTimeZone(hours.timeZone)) problems.push({ code: 'unknown_time_zone', timeZone: hours.timeZone })
  for (const weekday of weekdays) {
    const windows = hours.weekly[weekday]
      .map((window) => ({ from: sinceMidnight(window.from), to: sinceMidnight(window.to) }))
      .sort((a, b) => a.from - b.from)
    if (windows.some((window) => window.to <= window.from)) {
      problems.push({ code: 'window_ends_before_it_starts', weekday })
    }
    if (windows.some((window, i) => i > 0 && window.from < windows[i - 1]!.to)) {
      problems.push({ code: 'windows_overlap', weekday })
    }
  }
  return problems
}

/** Temporal refuses what it does not know by throwing; there is no question to ask it. */
function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
