import type { Id } from '#contract/ids.ts'
import { getKpis, getTicketArithmetic, listKpiTickets, type KpiReport } from '#contract/insights.ts'
import type { Kpi, KpiId } from '#contract/kpi.ts'
import type { ClockKind } from '#contract/sla.ts'
import { getCalendar } from '#contract/team.ts'
import { read, readPages } from '../api.ts'
import type { Asked } from './period.ts'

/** In the zone of this calendar a period's dates begin and end. */
export const calendarQuery = read(getCalendar, {}, ['calendar'])

/** Not live: a report is read over every ticket of the period, and says until when it was read. */
export function reportQuery(asked: Asked, team: string) {
  return read(getKpis, { query: { ...asked, ...teamOf(team) } })
}

/** The tickets behind a figure, over exactly the span the report was made for. */
export function figureTicketsQuery(kpi: KpiId, report: KpiReport, team: string) {
  const { from, to } = report
  return readPages(listKpiTickets, { params: { kpi }, query: { limit: 50, from, to, ...teamOf(team) } })
}

export function arithmeticQuery(ticketId: string) {
  return read(getTicketArithmetic, { params: { id: ticketId as Id<'tkt'> } }, [`ticket:${ticketId}`, 'calendar'])
}

/** A figure on the clock that was chosen, or on the only one it has. */
export function figureOf(report: KpiReport, id: KpiId, clock: ClockKind): Kpi | undefined {
  const found = report.kpis.filter(({ definition }) => definition.id === id)
  return found.find((kpi) => kpi.clock === clock) ?? found[0]
}

function teamOf(team: string): { teamId?: Id<'tea'> } {
  return team ? { teamId: team as Id<'tea'> } : {}
}
