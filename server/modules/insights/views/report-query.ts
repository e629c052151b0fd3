import type { getKpis } from '#contract/insights.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Desk } from '#server/desk.ts'
import { getCalendar, type CalendarVersion } from '#modules/team/index.ts'
import { DeskError } from '#platform/errors.ts'
import { isStorable } from '#platform/instants.ts'
import { followLedger } from '../actions/follow-ledger.ts'
import type { KpiQuery } from '../rules/figure.ts'
import { reportWindow } from '../rules/report-window.ts'
import { readCursor } from '../store.ts'

type Asked = Pick<QueryOf<typeof getKpis>, 'from' | 'to' | 'teamId'>
export type ReportQuery = { query: KpiQuery; calendar: CalendarVersion }

/** So much of a long backlog is folded for one reader; the job does the rest and the report says until when it reaches. */
const batchesPerReader = 3

/** What is asked, in instants, with the projection brought up to now as far as that is quick. */
export async function reportQuery(desk: Desk, asked: Asked): Promise<ReportQuery> {
  const calendar = await getCalendar(desk)
  const now = desk.now()
  const window = reportWindow(given(asked), calendar.hours.timeZone, now)
  if (!window) throw new DeskError('invalid_request', 'query.from: must not be later than query.to.')
  if (!isStorable(window.from) || !isStorable(window.to))
    throw new DeskError('invalid_request', 'query.from: must be in the years 1 to 9999, as must query.to.')
  const whole = await followLedger(desk, { wait: true, batches: batchesPerReader })
  const asOf = whole ? now : ((await firstUnread(desk)) ?? now)
  const targets = { firstReply: { seconds: calendar.firstReplySeconds, clock: 'business' as const } }
  return { calendar, query: { ...window, asOf, calendar: calendar.calendar, targets } }
}

function given({ from, to }: Asked): { from?: string; to?: string } {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** When the first event was written that is not folded yet. */
async function firstUnread(desk: Desk): Promise<Temporal.Instant | undefined> {
  const { tx, seq } = await readCursor(desk)
  const { rows } = await desk.connection.query<{ recorded_at: Temporal.Instant }>({
    name: 'first-unread-event',
    text: 'select recorded_at from events where (tx, seq) > ($1::xid8, $2::bigint) order by tx, seq limit 1',
    values: [tx, seq],
  })
  return rows[0]?.recorded_at
}
