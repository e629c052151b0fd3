import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Priority, TicketStatus } from '#contract/inbox.ts'
import type { SlaPolicy } from '#contract/sla.ts'
import type { TicketEvent } from '#contract/ticket-events.ts'
import type { SlaClock } from './sla-clock.ts'
import { at, created, ledger, office, received, sent, type Ledger } from './sla.fixture.ts'

const start = at('2026-03-02T10:00Z')
const berlin = { ...office, timeZone: 'Europe/Berlin', holidays: ['2026-03-06'] }
const pause: NonNullable<SlaPolicy['targets'][number]['pauseOn']> = ['pending', 'on_hold']
const policy: SlaPolicy = {
  id: 'p',
  version: 1,
  targets: [
    { target: 'first_reply', seconds: 1800, clock: 'calendar', priorities: ['urgent'] },
    { target: 'first_reply', seconds: 4 * 3600, clock: 'business' },
    { target: 'next_reply', seconds: 6 * 3600, clock: 'business', pauseOn: ['on_hold'] },
    { target: 'resolution', seconds: 12 * 3600, clock: 'business', pauseOn: pause },
  ],
}

type Step = { wait: number } & (
  | { do: 'reply' | 'note' | 'auto' | 'wrote' | 'sweep' }
  | { do: 'status'; to: TicketStatus }
  | { do: 'priority'; to: Priority }
)

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * 86_400_000 }), fc.integer({ min: 0, max: 7_200_000 })),
    fc.oneof(
      fc.record({ do: fc.constantFrom('reply', 'note', 'auto', 'wrote', 'sweep', 'sweep') }),
      fc.record({
        do: fc.constant('status' as const),
        to: fc.constantFrom<TicketStatus>('open', 'pending', 'on_hold', 'solved', 'closed'),
      }),
      fc.record({ do: fc.constant('priority' as const), to: fc.constantFrom<Priority>('low', 'normal', 'urgent') }),
    ),
  )
  .map(([wait, rest]) => ({ wait, ...rest }) as Step)

const histories = fc.array(step, { maxLength: 14 })

/** Lives through a history; the answer is the ledger and the instant at which it ended. */
function live(steps: readonly Step[]): { book: Ledger; now: Temporal.Instant } {
  const book = ledger({ policy, calendar: berlin })
  let now = start
  let status: TicketStatus = 'new'
  let priority: Priority = 'normal'
  book.record('ticket.created', now, created(), 'contact')
  for (const next of steps) {
    now = now.add({ milliseconds: next.wait })
    if (next.do === 'sweep') book.sweep(now)
    else if (next.do === 'wrote') book.record('message.received', now, received(), 'contact')
    else if (next.do === 'status') {
      if (next.to !== status) book.record('ticket.status_changed', now, { from: status, to: next.to })
      status = next.to
    } else if (next.do === 'priority') {
      if (next.to !== priority) book.record('ticket.priority_changed', now, { from: priority, to: next.to })
      priority = next.to
    } else book.record('message.sent', now, sent(next.do))
  }
  return { book, now: now.add({ hours: 30 }) }
}

/** Decides everything again from what happened to the ticket, with no timer at all. */
function replay(events: readonly TicketEvent[]): Ledger {
  const book = ledger({ policy, calendar: berlin })
  for (const event of events) {
    if (!event.type.startsWith('sla.')) book.record(event.type, event.occurredAt, event.data, event.actorKind)
  }
  return book
}

const plain = (clocks: SlaClock[]) => JSON.parse(JSON.stringify(clocks)) as unknown
const breaches = (book: Ledger) =>
  book
    .slaEvents()
    .filter((event) => event.type === 'sla.breached')
    .map((event) => `${event.data.target} ${event.data.cycle} ${event.occurredAt}`)
    .sort()

describe('SLA clocks over random histories', () => {
  test('replay equals live, whenever the timers ran', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { book, now } = live(steps)
        const again = replay(book.events)
        book.sweep(now)
        again.sweep(now)
        expect(plain(again.cycles(now))).toEqual(plain(book.cycles(now)))
        expect(breaches(again)).toEqual(breaches(book))
      }),
      { numRuns: 600 },
    )
  })

  test('the events tell the same clocks with and without their breach lines', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { book, now } = live(steps)
        const bare = replay(book.events)
        const stripped = ledger({ policy, calendar: berlin })
        stripped.events.push(...bare.events.filter((event) => event.type !== 'sla.breached'))
        const without = (clocks: SlaClock[]) => plain(clocks.map((clock) => ({ ...clock, breachRecorded: false })))
        expect(without(stripped.cycles(now))).toEqual(without(book.cycles(now)))
      }),
      { numRuns: 300 },
    )
  })

  test('intervals join without gaps and sum to what has elapsed', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { book, now } = live(steps)
        for (const clock of book.cycles(now)) {
          let edge = clock.startedAt
          const sums = { business: 0, calendar: 0 }
          for (const interval of clock.intervals) {
            expect(interval.from.equals(edge)).toBe(true)
            edge = interval.to
            if (interval.kind === 'paused') continue
            sums.business += interval.businessMs
            sums.calendar += interval.calendarMs
          }
          if (clock.intervals.length > 0) expect(edge.equals(clock.endedAt ?? now)).toBe(true)
          expect(sums).toEqual(clock.elapsedMs)
          expect(clock.remainingMs).toBe(clock.seconds * 1000 - sums[clock.clock])
          expect(clock.elapsedMs.business).toBeLessThanOrEqual(clock.elapsedMs.calendar)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('an open clock is breached exactly when its time is used up', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { book, now } = live(steps.filter((next) => next.do !== 'priority'))
        for (const clock of book.cycles(now)) {
          expect(clock.state === 'breached').toBe(clock.remainingMs < 0 || isClosedAtDeadline(clock, now))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('no target ever has two open runs', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { book, now } = live(steps)
        const open = book.cycles(now).filter((clock) => clock.open)
        expect(new Set(open.map((clock) => clock.target)).size).toBe(open.length)
        const names = book.cycles(now).map(({ target, cycle }) => `${target} ${cycle}`)
        expect(new Set(names).size).toBe(names.length)
      }),
      { numRuns: 300 },
    )
  })
})

/** The time was used up at closing time and the clock ended, or is read, before the next opening. */
function isClosedAtDeadline(clock: SlaClock, now: Temporal.Instant): boolean {
  const end = clock.endedAt ?? now
  return clock.remainingMs === 0 && clock.dueAt !== undefined && Temporal.Instant.compare(end, clock.dueAt) > 0
}
