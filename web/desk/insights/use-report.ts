import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { ClockKind } from '#contract/sla.ts'
import { deskNow } from '../clock.ts'
import type { ReportSearch } from '../paths.ts'
import { askedOf, before, dateIn, periodOf } from './period.ts'
import { calendarQuery, reportQuery } from './queries.ts'

/** The report that the address names, the same days before it, and what the address says. */
export function useReport() {
  const search: ReportSearch = useSearch({ strict: false })
  const { data: calendar } = useSuspenseQuery(calendarQuery)
  const today = dateIn(calendar.hours.timeZone, deskNow())
  const period = periodOf(search, today)
  const team = search.team ?? ''
  const earlier = before(period, today)
  const report = useQuery(reportQuery(askedOf(period), team))
  const past = useQuery({ ...reportQuery(earlier.asked, team), enabled: report.data !== undefined })
  const clock: ClockKind = search.clock === 'calendar' ? 'calendar' : 'business'
  return { search, period, today, team, clock, report, past, pastDays: earlier.days }
}
