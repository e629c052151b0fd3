import * as contract from '#contract/insights.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { kpiReport } from './views/kpi-report.ts'
import { kpiTickets } from './views/kpi-tickets.ts'
import { readArithmetic } from './views/ticket-arithmetic.ts'

export const routes: AnyRoute[] = [
  route(contract.getKpis, ({ desk, query }) => kpiReport(desk, query)),
  route(contract.listKpiTickets, ({ desk, params, query }) => kpiTickets(desk, params.kpi, query)),
  route(contract.getTicketArithmetic, ({ desk, params }) => readArithmetic(desk, params.id)),
]
