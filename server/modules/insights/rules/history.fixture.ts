import type { Calendar } from '#contract/calendar.ts'
import type { KpiExclusion, KpiId } from '#contract/kpi.ts'
import type { ClockKind } from '#contract/sla.ts'
import type { TicketEvent, TicketEventData, TicketEventType } from '#contract/ticket-events.ts'
import { ticketFacts, type TicketFacts } from './facts.ts'
import type { Figure, KpiQuery } from './figure.ts'
import { figuresOf } from './kpi.ts'

const nineToFive = [{ from: '09:00', to: '17:00' }]

/** Monday to Friday, 9 to 5 in UTC. 2026-03-02 is a Monday. */
export const office: Calendar = {
  id: 'office',
  version: 1,
  timeZone: 'UTC',
  weekly: { 1: nineToFive, 2: nineToFive, 3: nineToFive, 4: nineToFive, 5: nineToFive, 6: [], 7: [] },
  holidays: [],
}

export const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)

type Actor = TicketEvent['actorKind']

/** A ticket's history, told line by line. */
export type History = {
  events: TicketEvent[]
  add: <T extends TicketEventType>(type: T, when: string, data: TicketEventData[T], actor?: Actor) => History
  reply: (when: string, author?: string) => History
  auto: (when: string) => History
  note: (when: string) => History
  wrote: (when: string) => History
  status: (when: string, from: Status, to: Status, reason?: string, actor?: Actor) => History
  reopen: (when: string, thanks?: boolean, actor?: Actor) => History
  rate: (when: string, rating: number, cycle: number, agentId: string) => History
}
type Status = TicketEventData['ticket.status_changed']['from']

let tickets = 0

export function history(createdAt: string, direction: 'inbound' | 'outbound' = 'inbound'): History {
  const ticketId = `tkt_${++tickets}` as const
  const told: History = {
    events: [],
    add(type, when, data, actorKind = 'agent') {
      const seq = told.events.length + 1
      const event = { id: `evt_${seq}`, seq, type, occurredAt: at(when), actorKind, actorId: 'agt_x', ticketId, data }
      told.events.push(event as TicketEvent)
      return told
    },
    reply: (when, authorId = 'agt_a') =>
      told.add('message.sent', when, { messageId: 'msg_r', kind: 'reply', authorId }),
    auto: (when) => told.add('message.sent', when, { messageId: 'msg_a', kind: 'auto' }, 'system'),
    note: (when) => told.add('message.sent', when, { messageId: 'msg_n', kind: 'note', authorId: 'agt_a' }),
    wrote: (when) => told.add('message.received', when, { messageId: 'msg_i', kind: 'inbound' }, 'contact'),
    status: (when, from, to, reason, actor) => told.add('ticket.status_changed', when, { from, to, reason }, actor),
    reopen: (when, thanks = false, actor = 'contact') =>
      told
        .add('ticket.status_changed', when, { from: 'solved', to: 'open' }, actor)
        .add('ticket.reopened', when, { thanks }, actor),
    rate: (when, rating, cycle, agentId) => told.add('csat.rated', when, { rating, cycle, agentId }, 'contact'),
  }
  const data = { direction, channel: 'email', segment: 'consumer', priority: 'normal', teamId: 'tea_1' } as const
  return told.add('ticket.created', createdAt, data, direction === 'inbound' ? 'contact' : 'agent')
}

export const week: KpiQuery = {
  from: at('2026-03-02T00:00Z'),
  to: at('2026-03-09T00:00Z'),
  asOf: at('2026-03-16T00:00Z'),
  calendar: office,
}

export function factsOf(histories: readonly History[], asOf = week.asOf): TicketFacts[] {
  return histories.flatMap((told) => ticketFacts(told.events, asOf) ?? [])
}

export function figure(
  id: KpiId,
  histories: readonly History[],
  query: Partial<KpiQuery> = {},
  clock: ClockKind = 'calendar',
): Figure {
  const asked = { ...week, ...query }
  const found = figuresOf(id, factsOf(histories, asked.asOf), asked).find((one) => one.clock === clock)
  if (!found) throw new Error(`${id} has no ${clock} clock`)
  return found
}

export function excludedAs(found: Figure, reason: KpiExclusion): number {
  return found.excluded.find((line) => line.reason === reason)?.n ?? 0
}
