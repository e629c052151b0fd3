import type { Calendar } from '#contract/calendar.ts'
import type { Id } from '#contract/ids.ts'
import type { IntervalKind, TicketArithmetic as Wire } from '#contract/insights.ts'
import type { TicketEvent } from '#contract/ticket-events.ts'
import { ticketFacts, type TicketFacts } from './facts.ts'
import { lasting } from './figure.ts'
import { solvesOf } from './solves.ts'

type Sum = { calendarMs: number; businessMs: number }

export type Interval = Sum & {
  from: Temporal.Instant
  to: Temporal.Instant
  kind: IntervalKind
  /** What began it. */
  reason: string
  withoutQuestion: boolean
  /** Still growing at `asOf`. */
  open: boolean
}

/** One figure of the ticket: its `parts` sum to it on both clocks and join without gaps, save between `all_cycles`. */
export type Measure = Sum & {
  measure: Wire['measures'][number]['measure']
  cycle: number | null
  from: Temporal.Instant
  to: Temporal.Instant
  parts: Interval[]
}

export type TicketArithmetic = {
  ticketId: Id<'tkt'>
  asOf: Temporal.Instant
  intervals: Interval[]
  totals: (Sum & { kind: IntervalKind })[]
  measures: Measure[]
}

const kinds: readonly IntervalKind[] = ['waiting_on_us', 'waiting_on_customer', 'waiting_on_third_party', 'closed']

/** A ticket's intervals up to `asOf` and how its figures add up from them. Null when it did not exist by then. */
export function ticketArithmetic(
  events: readonly TicketEvent[],
  calendar: Calendar,
  asOf: Temporal.Instant,
): TicketArithmetic | null {
  const facts = ticketFacts(events, asOf)
  if (!facts) return null
  const intervals = facts.spans.map((span) => {
    const to = span.to ?? asOf
    const { from, kind, reason, withoutQuestion } = span
    return { from, to, kind, reason, withoutQuestion, open: span.to === null, ...lasting(calendar, from, to) }
  })
  return {
    ticketId: facts.ticketId,
    asOf,
    intervals,
    totals: kinds.map((kind) => ({ kind, ...sum(intervals.filter((interval) => interval.kind === kind)) })),
    measures: measures(facts, intervals, calendar),
  }
}

/** The same spans of time as in the reports, each cycle by itself, and one total over the cycles without the time between. */
function measures(facts: TicketFacts, intervals: readonly Interval[], calendar: Calendar): Measure[] {
  const { createdAt, firstHuman } = facts
  const between = (measure: Measure['measure'], from: Temporal.Instant, to: Temporal.Instant, cycle: number | null) => {
    const parts = clip(intervals, from, to, calendar)
    return { measure, cycle, from, to, parts, ...sum(parts) }
  }
  const solves = solvesOf(facts)
  const first = solves[0]
  const last = solves.at(-1)
  const cycles = facts.cycles.flatMap(({ cycle, from, solvedAt }) =>
    solvedAt ? [between('cycle', from, solvedAt, cycle)] : [],
  )
  const found: Measure[] = []
  if (firstHuman && facts.direction === 'inbound') {
    found.push(between('first_reply_human', createdAt, firstHuman.at, null))
  }
  if (first) found.push(between('resolution_first', createdAt, first.at, first.cycle))
  if (last) found.push(between('resolution_last', createdAt, last.at, last.cycle))
  found.push(...cycles)
  const end = cycles.at(-1)
  if (end) {
    const parts = cycles.flatMap((cycle) => cycle.parts)
    found.push({ measure: 'all_cycles', cycle: null, from: createdAt, to: end.to, parts, ...sum(parts) })
  }
  return found
}

/** The intervals between two instants, the first and the last cut to fit. */
function clip(
  intervals: readonly Interval[],
  from: Temporal.Instant,
  to: Temporal.Instant,
  calendar: Calendar,
): Interval[] {
  return intervals.flatMap((interval) => {
    const start = Temporal.Instant.compare(interval.from, from) < 0 ? from : interval.from
    const end = Temporal.Instant.compare(interval.to, to) > 0 ? to : interval.to
    if (Temporal.Instant.compare(start, end) >= 0) return []
    const whole = start.equals(interval.from) && end.equals(interval.to)
    return [whole ? interval : { ...interval, from: start, to: end, open: false, ...lasting(calendar, start, end) }]
  })
}

function sum(parts: readonly Sum[]): Sum {
  return {
    calendarMs: parts.reduce((total, part) => total + part.calendarMs, 0),
    businessMs: parts.reduce((total, part) => total + part.businessMs, 0),
  }
}
