import type { Id } from '#contract/ids.ts'
import type { ArithmeticInterval, TicketArithmetic } from '#contract/insights.ts'
import type { Desk } from '#server/desk.ts'
import type * as z from 'zod'
import { requireVisible } from '#modules/inbox/index.ts'
import { getCalendar } from '#modules/team/index.ts'
import { notFound } from '#platform/errors.ts'
import { ticketArithmetic, type Interval } from '../rules/arithmetic.ts'
import { readTicketEvents } from '../ticket-events.ts'

/** How the figures of one ticket add up, read from the ledger itself. */
export async function readArithmetic(desk: Desk, ticketId: Id<'tkt'>): Promise<TicketArithmetic> {
  await requireVisible(desk, ticketId)
  const { calendar } = await getCalendar(desk)
  const histories = await readTicketEvents(desk.connection, [ticketId])
  const found = ticketArithmetic(histories.get(ticketId) ?? [], calendar, desk.now())
  if (!found) throw notFound('ticket')
  return {
    ticketId,
    asOf: found.asOf.toString(),
    intervals: found.intervals.map(present),
    totals: found.totals,
    measures: found.measures.map((measure) => ({
      ...measure,
      from: measure.from.toString(),
      to: measure.to.toString(),
      parts: measure.parts.map(present),
    })),
  }
}

function present(interval: Interval): z.infer<typeof ArithmeticInterval> {
  return { ...interval, from: interval.from.toString(), to: interval.to.toString() }
}
