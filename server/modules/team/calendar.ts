import type { Calendar } from '#contract/calendar.ts'
import { CalendarHours } from '#contract/team.ts'
import type { Desk } from '#server/desk.ts'

/**
 * One version of the business hours and of the target that is measured on them. `calendar` is the same object every time
 * a version is read, which is what the calendar's arithmetic remembers its preparation by.
 */
export type CalendarVersion = {
  calendar: Calendar
  hours: CalendarHours
  firstReplySeconds: number
  version: number
}

const nineToFive = [{ from: '09:00', to: '17:00' }]

/** Where nobody has chosen yet: Monday to Friday, nine to five in UTC, and eight opening hours to a first reply. */
export const defaultHours: CalendarHours = {
  timeZone: 'UTC',
  weekly: { 1: nineToFive, 2: nineToFive, 3: nineToFive, 4: nineToFive, 5: nineToFive, 6: [], 7: [] },
  holidays: [],
}
export const defaultFirstReplySeconds = 8 * 3600

type Row = { version: number; hours: string; first_reply_seconds: number }

/** What was parsed before, by its own text, so that it is right for every process and database. */
const parsed = new Map<string, Omit<CalendarVersion, 'firstReplySeconds'>>()
const mostKept = 200

const columns = 'version, hours::text as hours, first_reply_seconds'

/** The business hours in force. */
export async function getCalendar(desk: Desk): Promise<CalendarVersion> {
  const { rows } = await desk.connection.query<Row>({
    name: 'calendar-in-force',
    text: `select ${columns} from calendar_versions order by version desc limit 1`,
  })
  if (!rows[0]) throw new Error('there is no calendar yet')
  return versionOf(rows[0])
}

/** Every version, the one in force first: clocks that run name the one they were started under. */
export async function calendarVersions(desk: Desk): Promise<[CalendarVersion, ...CalendarVersion[]]> {
  const { rows } = await desk.connection.query<Row>({
    name: 'calendar-versions',
    text: `select ${columns} from calendar_versions order by version desc`,
  })
  const [first, ...rest] = rows.map(versionOf)
  if (!first) throw new Error('there is no calendar yet')
  return [first, ...rest]
}

function versionOf(row: Row): CalendarVersion {
  return { ...parse(row), firstReplySeconds: row.first_reply_seconds }
}

function parse(row: Row): Omit<CalendarVersion, 'firstReplySeconds'> {
  const key = `${row.version} ${row.hours}`
  const known = parsed.get(key)
  if (known) return known
  const hours = CalendarHours.parse(JSON.parse(row.hours))
  const made = { hours, version: row.version, calendar: { ...hours, id: 'default', version: row.version } }
  if (parsed.size >= mostKept) parsed.delete(parsed.keys().next().value as string)
  parsed.set(key, made)
  return made
}
