import type { CalendarHours } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { getCalendar, type CalendarVersion } from '../calendar.ts'
import { nextOpening } from '../rules/calendar.ts'
import { calendarProblems, type CalendarProblem } from '../rules/calendar-problems.ts'
import { stale } from './update-settings.ts'

type Change = { hours: CalendarHours; firstReplySeconds: number; version: number }

/** Writes the next version of the business hours. Clocks that run keep the version they were started under. */
export async function updateCalendar(desk: Desk, change: Change): Promise<CalendarVersion> {
  refuseProblems(desk, change.hours)
  const version = change.version + 1
  return desk.transaction(async (desk) => {
    const current = await getCalendar(desk)
    if (change.version !== current.version) throw stale('business hours')
    const { rowCount } = await desk.connection.query(
      `insert into calendar_versions (version, hours, first_reply_seconds, created_at, created_by)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [version, JSON.stringify(change.hours), change.firstReplySeconds, desk.now().toString(), desk.actor.id],
    )
    if (rowCount !== 1) throw stale('business hours')
    const fields = (['timeZone', 'weekly', 'holidays'] as const).filter(
      (field) => JSON.stringify(change.hours[field]) !== JSON.stringify(current.calendar[field]),
    )
    const { firstReplySeconds } = change
    await desk.emit({ type: 'calendar.changed', data: { version, fields, firstReplySeconds } })
    return getCalendar(desk)
  })
}

function refuseProblems(desk: Desk, hours: CalendarHours): void {
  const problems = calendarProblems(hours)
  const [first] = problems
  if (first) throw new DeskError('invalid_request', sentenceOf(first), problems)
  if (nextOpening({ ...hours, id: 'proposed', version: 0 }, desk.now()) === null)
    throw new DeskError('invalid_request', 'body.hours: With these hours the desk would never open.')
}

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function sentenceOf(problem: CalendarProblem): string {
  switch (problem.code) {
    case 'unknown_time_zone':
      return 'body.hours.timeZone: There is no such time zone; write one like Europe/Berlin.'
    case 'windows_overlap':
      return `body.hours.weekly: On ${weekdays[problem.weekday]} two windows overlap.`
    case 'window_ends_before_it_starts':
      return `body.hours.weekly: On ${weekdays[problem.weekday]} a window ends before it starts.`
  }
}
