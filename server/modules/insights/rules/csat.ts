import type { TicketFacts } from './facts.ts'
import { blank, excluded, isWithin, row, type Figure, type KpiQuery, type KpiRow } from './figure.ts'
import { solvesOf } from './solves.ts'
import { FEWEST, shareOf } from './statistics.ts'

const SATISFIED = 4

/**
 * Every solve in the span with its rating, or as unrated. The first rating of a solve is the one that counts. Endings
 * that are no solve elsewhere, such as a customer's silence, are here only when they were rated.
 */
export function csatRows(tickets: readonly TicketFacts[], query: KpiQuery): KpiRow[] {
  return tickets.flatMap((ticket) => {
    const solves = new Set(solvesOf(ticket).map((solve) => solve.cycle))
    return ticket.cycles.flatMap(({ cycle, solvedAt: from }) => {
      if (!from || !isWithin(from, query)) return []
      const rated = ticket.mergedAt || ticket.spamAt ? undefined : ticket.ratings.find((one) => one.cycle === cycle)
      if (!rated) return solves.has(cycle) ? [excluded(ticket.ticketId, 'unrated', { cycle, from })] : []
      const { rating, agentId: creditedTo, at: to } = rated
      return [row(ticket.ticketId, { cycle, from, to, rating, creditedTo })]
    })
  })
}

/** The share of 4 and 5 among the rated, never without the share that was rated. Not a mean. */
export function csatFigure(rows: readonly KpiRow[]): Figure {
  const rated = rows.filter((line) => line.rating !== null)
  const satisfied = rated.filter((line) => (line.rating ?? 0) >= SATISFIED)
  return {
    ...blank('csat', 'resolved', 'calendar', rows),
    unit: 'share',
    hidden: rated.length < FEWEST ? 'fewer_than_5' : null,
    share: shareOf(satisfied.length, rated.length),
    response: shareOf(rated.length, rows.length),
  }
}
