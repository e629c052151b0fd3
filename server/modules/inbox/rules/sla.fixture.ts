import type { Calendar } from '#contract/calendar.ts'
import type { Priority } from '#contract/inbox.ts'
import type { SlaPolicy } from '#contract/sla.ts'
import {
  isSlaEvent,
  type SlaEvent,
  type TicketEvent,
  type TicketEventData,
  type TicketEventType,
} from '#contract/ticket-events.ts'
import { breachesDue } from './sla-breach.ts'
import { foldClock, foldClocks, foldCycles, type Calendars, type SlaClock } from './sla-clock.ts'
import { decideSla } from './sla-decide.ts'
import type { SlaEventDraft } from './sla-draft.ts'
import { defaultSlaPolicy } from './sla-policy.ts'

const nineToFive = [{ from: '09:00', to: '17:00' }]

/** Monday to Friday, 9 to 5 in UTC. 2026-03-02 is a Monday. */
export const office: Calendar = {
  id: 'office',
  version: 1,
  timeZone: 'UTC',
  weekly: { 1: nineToFive, 2: nineToFive, 3: nineToFive, 4: nineToFive, 5: nineToFive, 6: [], 7: [] },
  holidays: [],
}

/** Every target, with resolution standing still while somebody else is waited for. */
export const full: SlaPolicy = {
  id: 'full',
  version: 3,
  targets: [
    { target: 'first_reply', seconds: 4 * 3600, clock: 'business' },
    { target: 'next_reply', seconds: 8 * 3600, clock: 'business' },
    { target: 'resolution', seconds: 16 * 3600, clock: 'business', pauseOn: ['pending', 'on_hold'] },
  ],
}

export const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)

export type Setting = { policy?: SlaPolicy | null; calendar?: Calendar; priority?: Priority }

/** A ticket's ledger in memory: what happens to it is decided on at once, as in the desk. */
export type Ledger = {
  readonly events: TicketEvent[]
  record: <T extends TicketEventType>(
    type: T,
    occurredAt: Temporal.Instant,
    data: TicketEventData[T],
    actorKind?: TicketEvent['actorKind'],
  ) => void
  append: (drafts: readonly SlaEventDraft[]) => void
  sweep: (now: Temporal.Instant) => void
  slaEvents: () => SlaEvent[]
  cycles: (now: Temporal.Instant) => SlaClock[]
  clock: (target: string, now: Temporal.Instant) => SlaClock
  use: (setting: Setting) => void
}

export function ledger(first: Setting = {}, calendars?: Calendars): Ledger {
  const setting = { policy: defaultSlaPolicy as SlaPolicy | null, calendar: office, priority: 'normal' as Priority }
  Object.assign(setting, first)
  const events: TicketEvent[] = []
  const known = () => calendars ?? setting.calendar
  const slaEvents = () => events.filter(isSlaEvent)

  function push(
    type: TicketEventType,
    occurredAt: Temporal.Instant,
    data: unknown,
    actorKind: TicketEvent['actorKind'],
  ) {
    const seq = events.length + 1
    const event = { id: `evt_${seq}`, seq, type, occurredAt, actorKind, ticketId: 'tkt_1', data } as TicketEvent
    events.push(event)
    return event
  }

  const append = (drafts: readonly SlaEventDraft[]) => {
    for (const draft of drafts) push(draft.type, draft.occurredAt, draft.data, 'system')
  }

  return {
    events,
    append,
    slaEvents,
    record(type, occurredAt, data, actorKind = 'agent') {
      const event = push(type, occurredAt, data, actorKind)
      if (event.type === 'ticket.priority_changed') setting.priority = event.data.to
      append(decideSla({ event, clocks: foldClocks(slaEvents(), known(), occurredAt), ...setting }))
    },
    sweep: (now) => append(breachesDue(foldClocks(slaEvents(), known(), now), now)),
    cycles: (now) => foldCycles(slaEvents(), known(), now),
    clock(target, now) {
      const clock = foldClock(
        slaEvents().filter((event) => event.data.target === target),
        known(),
        now,
      )
      if (!clock) throw new Error(`no ${target} clock`)
      return clock
    },
    use: (change) => void Object.assign(setting, change),
  }
}

export const created = (direction: 'inbound' | 'outbound' = 'inbound'): TicketEventData['ticket.created'] => ({
  direction,
  channel: 'email',
  segment: 'consumer',
  priority: 'normal',
  teamId: 'tea_1',
})
export const received = (auto = false) => ({ messageId: 'msg_1', kind: 'inbound', auto })
export const sent = (kind: 'reply' | 'note' | 'auto' = 'reply') => ({ messageId: 'msg_2', kind, authorId: 'agt_1' })
