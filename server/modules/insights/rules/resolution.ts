import type { TicketFacts } from './facts.ts'
import { excluded, isWithin, lasting, row, type KpiQuery, type KpiRow } from './figure.ts'
import { isImported, reopensOf, solvesOf } from './solves.ts'

/** Creation to the first or the last solve, by date of that solve. A ticket open again has no last solve yet. */
export function resolutionRows(tickets: readonly TicketFacts[], query: KpiQuery, which: 'first' | 'last'): KpiRow[] {
  return tickets.flatMap((ticket) => {
    const { ticketId, createdAt } = ticket
    const apart = setApart(ticket, query)
    if (apart) return [apart]
    const solves = solvesOf(ticket)
    const solve = which === 'first' ? solves[0] : solves.at(-1)
    if (!solve || !isWithin(solve.at, query)) return []
    if (which === 'last' && isOpenAgain(ticket)) {
      return [excluded(ticketId, 'waiting', { from: createdAt, ...lasting(query.calendar, createdAt, query.asOf) })]
    }
    const times = lasting(query.calendar, createdAt, solve.at)
    return [row(ticketId, { from: createdAt, to: solve.at, ...times, cycle: solve.cycle })]
  })
}

function isOpenAgain(ticket: TicketFacts): boolean {
  const last = ticket.cycles.at(-1)
  return last !== undefined && !last.solvedAt && !last.thanks
}

/** Tickets that ended in the span by something that is no solve, each with the reason; null for all others. */
function setApart(ticket: TicketFacts, query: KpiQuery): KpiRow | null {
  const { ticketId } = ticket
  if (ticket.mergedAt) return isWithin(ticket.mergedAt, query) ? excluded(ticketId, 'merged') : null
  if (ticket.spamAt) return isWithin(ticket.spamAt, query) ? excluded(ticketId, 'spam') : null
  const end = ticket.cycles[0]?.solvedAt
  if (isImported(ticket) && end) return isWithin(end, query) ? excluded(ticketId, 'imported') : null
  if (solvesOf(ticket).some((solve) => isWithin(solve.at, query))) return null
  const silent = ticket.cycles.find((cycle) => cycle.reason === 'customer_silent' && cycle.solvedAt)
  return silent?.solvedAt && isWithin(silent.solvedAt, query) ? excluded(ticketId, 'customer_silent') : null
}

/** Tickets with at least one solve in the span, once each: the population of every share of solved tickets. */
export function solvedRows(tickets: readonly TicketFacts[], query: KpiQuery): KpiRow[] {
  return tickets.flatMap((ticket) => {
    const apart = setApart(ticket, query)
    if (apart) return [apart]
    const solve = solvesOf(ticket).find(({ at }) => isWithin(at, query))
    return solve ? [row(ticket.ticketId, { from: ticket.createdAt, to: solve.at, cycle: solve.cycle })] : []
  })
}

/** Every reopening of a solve that lies in the span, from the solve to the reopening. */
export function reopenedRows(tickets: readonly TicketFacts[], query: KpiQuery): KpiRow[] {
  return tickets.flatMap((ticket) =>
    reopensOf(ticket, query.reopenDays)
      .filter((reopen) => isWithin(reopen.solvedAt, query))
      .map(({ cycle, solvedAt: from, at: to, uncounted }) => {
        const line = { cycle, from, to, ...lasting(query.calendar, from, to) }
        return uncounted ? excluded(ticket.ticketId, uncounted, line) : row(ticket.ticketId, line)
      }),
  )
}

/** Solved tickets that one reply by a person settled. */
export function oneTouchRows(tickets: readonly TicketFacts[], query: KpiQuery): KpiRow[] {
  return tickets.flatMap((ticket) => {
    const solve = solvesOf(ticket).find(({ at }) => isWithin(at, query))
    if (!solve || ticket.humanReplies !== 1) return []
    if (reopensOf(ticket, query.reopenDays).some((reopen) => !reopen.uncounted)) return []
    const creditedTo = ticket.firstHuman?.authorId ?? null
    return [row(ticket.ticketId, { from: ticket.createdAt, to: solve.at, cycle: solve.cycle, creditedTo })]
  })
}
