import { setImmediate as breathe } from 'node:timers/promises'
import type { getKpis, KpiReport } from '#contract/insights.ts'
import { listKpiTickets } from '#contract/insights.ts'
import { pathOf, type QueryOf } from '#contract/endpoint.ts'
import type { Kpi, KpiId } from '#contract/kpi.ts'
import type { Desk } from '#server/desk.ts'
import type { Figure, KpiRow } from '../rules/figure.ts'
import { figuresFrom, kpiOrder, kpiRows, solvedCount } from '../rules/kpi.ts'
import { factsIn } from './read-facts.ts'
import { reportQuery } from './report-query.ts'

type Asked = QueryOf<typeof getKpis>

/** Every figure of a span of time, over the tickets the asker may see. */
export async function kpiReport(desk: Desk, asked: Asked): Promise<KpiReport> {
  const { query, calendar } = await reportQuery(desk, asked)
  const lines = new Map<KpiId, KpiRow[]>(kpiOrder.map((id) => [id, []]))
  for await (const tickets of factsIn(desk, { from: query.from, to: query.to, teamId: asked.teamId })) {
    for (const [id, gathered] of lines) gathered.push(...kpiRows(id, tickets, query))
    await breathe()
  }
  const solved = solvedCount(lines.get('solved') ?? [])
  const figures: Figure[] = []
  for (const [id, gathered] of lines) {
    figures.push(...figuresFrom(id, gathered, query, solved))
    await breathe()
  }
  const address = ticketsAddress(query.from, query.to, asked.teamId)
  return {
    from: query.from.toString(),
    to: query.to.toString(),
    asOf: query.asOf.toString(),
    calendar: { id: calendar.calendar.id, version: calendar.version, timeZone: calendar.hours.timeZone },
    kpis: figures.map((figure): Kpi => ({ ...figure, tickets: address(figure.definition.id) })),
  }
}

function ticketsAddress(from: Temporal.Instant, to: Temporal.Instant, teamId: string | undefined) {
  const span = new URLSearchParams({ from: from.toString(), to: to.toString(), ...(teamId ? { teamId } : {}) })
  return (kpi: KpiId) => `${pathOf(listKpiTickets, { kpi })}?${span}`
}
