import type { CalendarHours } from '#contract/team.ts'

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export type Weekday = (typeof weekdays)[number]
export type Windows = CalendarHours['weekly'][Weekday]

/** What can be wrong with a day's windows. */
export type DayProblem = 'time' | 'order' | 'overlap'

/** A time as people type it (`9`, `930`, `9:30`, `24`) as HH:MM; null where it is none. */
export function readTime(text: string): string | null {
  const [, hours, minutes = '0'] = /^\s*(\d{1,2})\s*[:.h]?\s*(\d{2})?\s*$/.exec(text) ?? []
  if (hours === undefined) return null
  const h = Number(hours)
  const m = Number(minutes)
  const valid = (h < 24 && m < 60) || (h === 24 && m === 0)
  return valid ? `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}` : null
}

/** The first problem of one day, the same that the server refuses. */
export function dayProblem(windows: Windows): DayProblem | null {
  if (windows.some(({ from, to }) => readTime(from) !== from || readTime(to) !== to || from === '24:00')) return 'time'
  const sorted = windows.toSorted((a, b) => a.from.localeCompare(b.from))
  if (sorted.some(({ from, to }) => to <= from)) return 'order'
  if (sorted.some(({ from }, at) => at > 0 && from < (sorted[at - 1]?.to ?? ''))) return 'overlap'
  return null
}

/** Open hours in a week without holidays; windows that make no sense count nothing. */
export function weeklyHours(weekly: CalendarHours['weekly']): number {
  const minutes = weekdays.flatMap((day) =>
    dayProblem(weekly[day]) ? [] : weekly[day].map(({ from, to }) => minutesOf(to) - minutesOf(from)),
  )
  return minutes.reduce((total, one) => total + one, 0) / 60
}

/** What a click on "add" offers: nine to five, or after the last window of the day until its end. */
export function nextWindow(windows: Windows): Windows[number] {
  const end = windows
    .map(({ to }) => to)
    .toSorted()
    .at(-1)
  if (end === undefined) return { from: '09:00', to: '17:00' }
  const from = Math.min(minutesOf(end) + 60, 23 * 60)
  return { from: timeOf(from), to: timeOf(Math.min(from + 120, 24 * 60)) }
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
