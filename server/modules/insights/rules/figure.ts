import type { Id } from '#contract/ids.ts'
import type { Calendar } from '#contract/calendar.ts'
import type { Kpi, KpiBasis, KpiExclusion, KpiId } from '#contract/kpi.ts'
import type { ClockKind } from '#contract/sla.ts'
import { businessMs } from '#modules/team/rules/calendar.ts'
import { definitionOf } from './definitions.ts'
import { FEWEST, middle, shareOf, survivalMedian } from './statistics.ts'

/** What a report is asked: tickets from `from` on and before `to`, as the ledger stood at `asOf`. */
export type KpiQuery = {
  from: Temporal.Instant
  to: Temporal.Instant
  asOf: Temporal.Instant
  calendar: Calendar
  /** Days after a solve in which a reopening counts; 14 unless said. */
  reopenDays?: number
  /** `created` unless said. Counted by reply date, nobody can be waiting. */
  firstReplyBasis?: 'created' | 'replied'
  targets?: { firstReply?: Target; resolution?: Target }
}
export type Target = { seconds: number; clock: ClockKind }

/** One line behind a figure. Excluded lines say why; the waiting ones carry the time waited so far. */
export type KpiRow = {
  ticketId: Id<'tkt'>
  counted: boolean
  reason: KpiExclusion | null
  from: Temporal.Instant | null
  to: Temporal.Instant | null
  calendarMs: number | null
  businessMs: number | null
  creditedTo: string | null
  cycle: number | null
  rating: number | null
}

/** A figure before it has an address for its tickets. */
export type Figure = Omit<Kpi, 'tickets'>

export function row(ticketId: Id<'tkt'>, more: Partial<KpiRow>): KpiRow {
  const empty = {
    from: null,
    to: null,
    calendarMs: null,
    businessMs: null,
    creditedTo: null,
    cycle: null,
    rating: null,
  }
  return { ticketId, counted: true, reason: null, ...empty, ...more }
}

export function excluded(ticketId: Id<'tkt'>, reason: KpiExclusion, more: Partial<KpiRow> = {}): KpiRow {
  return row(ticketId, { counted: false, reason, ...more })
}

/** Both clocks of one stretch of time. */
export function lasting(calendar: Calendar, from: Temporal.Instant, to: Temporal.Instant) {
  return {
    calendarMs: Math.max(0, to.epochMilliseconds - from.epochMilliseconds),
    businessMs: businessMs(calendar, from, to),
  }
}

/** In the span by its millisecond: comparing instants costs ten times as much, and this is asked of every ticket. */
export function isWithin(at: Temporal.Instant, { from, to }: Pick<KpiQuery, 'from' | 'to'>): boolean {
  const ms = at.epochMilliseconds
  return from.epochMilliseconds <= ms && ms < to.epochMilliseconds
}

/** A figure without numbers; the kinds of figure fill in theirs. */
export function blank(id: KpiId, basis: KpiBasis, clock: ClockKind, rows: readonly KpiRow[]): Figure {
  return {
    definition: definitionOf(id),
    basis,
    clock,
    n: rows.filter((line) => line.counted).length,
    median: null,
    p90: null,
    unit: 'tickets',
    hidden: null,
    excluded: exclusions(rows),
    withinTarget: null,
    censored: null,
    share: null,
    response: null,
    count: null,
    ages: null,
    oldest: null,
  }
}

/** A figure made of durations on one clock. The target is judged only by the clock it was set on. */
export function durations(
  id: KpiId,
  basis: KpiBasis,
  clock: ClockKind,
  rows: readonly KpiRow[],
  target?: Target,
): Figure {
  const times = on(
    clock,
    rows.filter((line) => line.counted),
  )
  const waiting = on(
    clock,
    rows.filter((line) => line.reason === 'waiting'),
  )
  return {
    ...blank(id, basis, clock, rows),
    ...middle(times),
    unit: 'ms',
    hidden: times.length < FEWEST ? 'fewer_than_5' : null,
    withinTarget: target && target.clock === clock ? within(target, times, waiting) : null,
    censored: basis === 'created' ? { n: waiting.length, median: survivalMedian(times, waiting) } : null,
  }
}

/** Met out of all whose verdict is known; open and late is known to be missed, open and in time is not known yet. */
function within({ seconds }: Target, times: number[], waiting: number[]): NonNullable<Kpi['withinTarget']> {
  const targetMs = seconds * 1000
  const met = times.filter((ms) => ms <= targetMs).length
  const late = waiting.filter((ms) => ms > targetMs).length
  return { targetMs, share: shareOf(met, times.length + late) }
}

export function on(clock: ClockKind, rows: readonly KpiRow[]): number[] {
  return rows.flatMap((line) => (clock === 'business' ? line.businessMs : line.calendarMs) ?? [])
}

/** The counts of excluded lines by reason, most frequent first. */
export function exclusions(rows: readonly KpiRow[]): Kpi['excluded'] {
  const counts = new Map<KpiExclusion, number>()
  for (const { reason } of rows) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, n]) => ({ reason, n })).sort((a, b) => b.n - a.n)
}
