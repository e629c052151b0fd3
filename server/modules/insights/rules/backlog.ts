import type { Calendar } from '#contract/calendar.ts'
import type { Kpi } from '#contract/kpi.ts'
import type { ClockKind } from '#contract/sla.ts'
import type { TicketFacts } from './facts.ts'
import { durations, lasting, on, row, type Figure, type KpiRow } from './figure.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Upper ends of the age groups; the last has none. */
const AGE_GROUPS = [4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY, null]

/** Tickets open at an instant, what happens at that very instant included; their age runs from creation, oldest first. */
export function backlogRows(tickets: readonly TicketFacts[], calendar: Calendar, at: Temporal.Instant): KpiRow[] {
  const open = tickets.filter((ticket) => isOpenAt(ticket, at))
  return oldestFirst(
    open.map(({ ticketId, createdAt: from }) => row(ticketId, { from, to: at, ...lasting(calendar, from, at) })),
  )
}

export function oldestFirst(rows: readonly KpiRow[]): KpiRow[] {
  return [...rows].sort((a, b) => (b.calendarMs ?? 0) - (a.calendarMs ?? 0))
}

function isOpenAt(ticket: TicketFacts, at: Temporal.Instant): boolean {
  const span = ticket.spans.findLast(({ from }) => Temporal.Instant.compare(from, at) <= 0)
  return span !== undefined && span.kind !== 'closed'
}

export function backlogFigure(rows: readonly KpiRow[], clock: ClockKind): Figure {
  const oldest = rows[0]
  const age = oldest && on(clock, [oldest])[0]
  return {
    ...durations('backlog', 'instant', clock, rows),
    ages: groups(on(clock, rows)),
    oldest:
      oldest?.from && age !== undefined
        ? { ticketId: oldest.ticketId, since: oldest.from.toString(), ageMs: age }
        : null,
  }
}

function groups(ages: readonly number[]): Kpi['ages'] {
  let from = 0
  return AGE_GROUPS.map((upToMs) => {
    const group = ages.filter((age) => age >= from && (upToMs === null || age < upToMs))
    from = upToMs ?? from
    return { upToMs, n: group.length }
  })
}
