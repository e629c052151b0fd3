import type { KpiId } from '#contract/kpi.ts'
import type { ClockKind } from '#contract/sla.ts'
import { backlogFigure, backlogRows, oldestFirst } from './backlog.ts'
import { csatFigure, csatRows } from './csat.ts'
import type { TicketFacts } from './facts.ts'
import { blank, durations, type Figure, type KpiQuery, type KpiRow } from './figure.ts'
import { firstReplyRows } from './first-reply.ts'
import { oneTouchRows, reopenedRows, resolutionRows, solvedRows } from './resolution.ts'
import { FEWEST, shareOf } from './statistics.ts'

const clocks: readonly ClockKind[] = ['calendar', 'business']

/** Every figure of a report, durations once per clock. Backlog is taken at `to`, or at `asOf` where that is earlier. */
export function kpiFigures(tickets: readonly TicketFacts[], query: KpiQuery): Figure[] {
  return kpiOrder.flatMap((id) => figuresOf(id, tickets, query))
}

export const kpiOrder: readonly KpiId[] = [
  'first_reply_human',
  'first_reply_any',
  'first_reply_auto',
  'resolution_first',
  'resolution_last',
  'backlog',
  'solved',
  'reopened',
  'one_touch',
  'csat',
]

/** One figure on each clock it has. */
export function figuresOf(id: KpiId, tickets: readonly TicketFacts[], query: KpiQuery): Figure[] {
  return figuresFrom(id, kpiRows(id, tickets, query), query, solvedCount(solvedRows(tickets, query)))
}

/** The same from lines gathered a part at a time; `solved` is how many of the `solved` lines count. */
export function figuresFrom(id: KpiId, lines: readonly KpiRow[], query: KpiQuery, solved: number): Figure[] {
  const { firstReply, resolution } = query.targets ?? {}
  switch (id) {
    case 'first_reply_human':
      return clocks.map((clock) => durations(id, query.firstReplyBasis ?? 'created', clock, lines, firstReply))
    case 'first_reply_any':
    case 'first_reply_auto':
      return clocks.map((clock) => durations(id, query.firstReplyBasis ?? 'created', clock, lines))
    case 'resolution_first':
    case 'resolution_last':
      return clocks.map((clock) => durations(id, 'resolved', clock, lines, resolution))
    case 'backlog': {
      const rows = oldestFirst(lines)
      return clocks.map((clock) => backlogFigure(rows, clock))
    }
    case 'solved':
      return [blank(id, 'resolved', 'calendar', lines)]
    case 'reopened':
      return clocks.map((clock) => reopened(lines, solved, clock))
    case 'one_touch':
      return [oneTouch(lines, solved)]
    case 'csat':
      return [csatFigure(lines)]
  }
}

/** The lines behind a figure, excluded ones with their reason. The same for both clocks. */
export function kpiRows(id: KpiId, tickets: readonly TicketFacts[], query: KpiQuery): KpiRow[] {
  switch (id) {
    case 'first_reply_human':
      return firstReplyRows(tickets, query, 'human')
    case 'first_reply_any':
      return firstReplyRows(tickets, query, 'any')
    case 'first_reply_auto':
      return firstReplyRows(tickets, query, 'auto')
    case 'resolution_first':
      return resolutionRows(tickets, query, 'first')
    case 'resolution_last':
      return resolutionRows(tickets, query, 'last')
    case 'backlog':
      return backlogRows(tickets, query.calendar, earlier(query.to, query.asOf))
    case 'solved':
      return solvedRows(tickets, query)
    case 'reopened':
      return reopenedRows(tickets, query)
    case 'one_touch':
      return oneTouchRows(tickets, query)
    case 'csat':
      return csatRows(tickets, query)
  }
}

export function solvedCount(solved: readonly KpiRow[]): number {
  return solved.filter((line) => line.counted).length
}

/** Tickets, not reopenings, over the solved tickets of the same span, so that the share cannot pass 100 %. */
function reopened(rows: readonly KpiRow[], solved: number, clock: ClockKind): Figure {
  const counted = rows.filter((line) => line.counted)
  const tickets = new Set(counted.map((line) => line.ticketId)).size
  return {
    ...durations('reopened', 'resolved', clock, rows),
    n: tickets,
    count: counted.length,
    share: shareOf(tickets, solved),
  }
}

function oneTouch(rows: readonly KpiRow[], solved: number): Figure {
  return {
    ...blank('one_touch', 'resolved', 'calendar', rows),
    unit: 'share',
    hidden: solved < FEWEST ? 'fewer_than_5' : null,
    share: shareOf(rows.length, solved),
  }
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b
}
