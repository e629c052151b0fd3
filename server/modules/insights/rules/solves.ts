import type { KpiExclusion } from '#contract/kpi.ts'
import type { Cycle, TicketFacts } from './facts.ts'

const DAY_MS = 86_400_000
const REOPEN_DAYS = 14

/** History from elsewhere: it came here closed, and what people did then says nothing of this desk. */
export function isImported({ cycles }: TicketFacts): boolean {
  return cycles[0]?.reason === 'imported'
}

export type Solve = { cycle: number; at: Temporal.Instant }

/** A ticket's solves. Closing as spam is none, a customer's silence is none, and neither is the end of a thank-you. */
export function solvesOf(ticket: TicketFacts): Solve[] {
  if (ticket.mergedAt || ticket.spamAt) return []
  return ticket.cycles.flatMap((cycle) =>
    cycle.solvedAt && !cycle.thanks && !isNoSolve(cycle) ? [{ cycle: cycle.cycle, at: cycle.solvedAt }] : [],
  )
}

function isNoSolve({ reason }: Cycle): boolean {
  return reason === 'spam' || reason === 'customer_silent' || reason === 'imported'
}

export type Reopen = {
  /** The cycle whose solve did not hold. */
  cycle: number
  solvedAt: Temporal.Instant
  at: Temporal.Instant
  /** Why it is listed and not counted. */
  uncounted: KpiExclusion | null
}

/** Every reopening of a solve, counted or not. A thank-you in between leaves the solve before it in place. */
export function reopensOf(ticket: TicketFacts, reopenDays: number = REOPEN_DAYS): Reopen[] {
  const solves = new Map(solvesOf(ticket).map((solve) => [solve.cycle, solve]))
  const reopens: Reopen[] = []
  let held: Solve | undefined
  for (const cycle of ticket.cycles) {
    if (held) {
      const reason = uncounted(cycle, held.at, reopenDays)
      reopens.push({ cycle: held.cycle, solvedAt: held.at, at: cycle.from, uncounted: reason })
    }
    if (!cycle.thanks) held = solves.get(cycle.cycle)
  }
  return reopens
}

function uncounted(next: Cycle, solvedAt: Temporal.Instant, reopenDays: number): KpiExclusion | null {
  if (next.thanks) return 'thanks'
  if (next.reopenedBy === 'agent' || next.reopenedBy === 'api') return 'reopened_by_agent'
  const after = next.from.epochMilliseconds - solvedAt.epochMilliseconds
  return after > reopenDays * DAY_MS ? 'reopened_too_late' : null
}
