import { describe, expect, test } from 'vitest'
import { applyLate, breachesDue, defaultSlaPolicy } from './sla.ts'
import { at, created, ledger, office, received, sent } from './sla.fixture.ts'

const HOUR = 3_600_000
const types = (events: readonly { type: string }[]) => events.map((event) => event.type)

describe('a first reply', () => {
  test('a new ticket is on the clock at once, its deadline in opening hours', () => {
    const book = ledger()
    book.record('ticket.created', at('2026-03-02T15:00Z'), created(), 'contact')
    expect(types(book.slaEvents())).toEqual(['sla.applied', 'sla.activated'])
    const clock = book.clock('first_reply', at('2026-03-02T16:00Z'))
    expect(clock).toMatchObject({ state: 'running', open: true, remainingMs: 3 * HOUR })
    expect(clock.dueAt?.toString()).toBe('2026-03-03T11:00:00Z')
    expect(clock.elapsedMs).toEqual({ business: HOUR, calendar: HOUR })
  })

  test('a person’s answer fulfils it, and the clock stands still afterwards', () => {
    const book = ledger()
    book.record('ticket.created', at('2026-03-02T15:00Z'), created(), 'contact')
    book.record('message.sent', at('2026-03-03T10:00Z'), sent())
    const clock = book.clock('first_reply', at('2026-03-09T00:00Z'))
    expect(clock).toMatchObject({
      state: 'fulfilled',
      open: false,
      elapsedMs: { business: 3 * HOUR, calendar: 19 * HOUR },
    })
  })

  test('an answer over an API key counts for its owner', () => {
    const book = ledger()
    book.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
    book.record('message.sent', at('2026-03-02T11:00Z'), sent(), 'api')
    expect(book.clock('first_reply', at('2026-03-02T12:00Z')).state).toBe('fulfilled')
  })

  test('trap 8: notes, automatic mail and what the desk sends itself never fulfil it', () => {
    const book = ledger()
    book.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
    book.record('message.sent', at('2026-03-02T10:00Z'), sent('auto'), 'system')
    book.record('message.sent', at('2026-03-02T10:01Z'), sent('auto'), 'agent')
    book.record('message.sent', at('2026-03-02T10:02Z'), sent('note'), 'agent')
    book.record('message.sent', at('2026-03-02T10:03Z'), sent('reply'), 'system')
    expect(book.clock('first_reply', at('2026-03-02T11:00Z'))).toMatchObject({
      state: 'running',
      remainingMs: 3 * HOUR,
    })
  })

  test('a breach in the ledger stands when the machine’s clock is set back to before it', () => {
    const book = ledger()
    book.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
    book.sweep(at('2026-03-02T15:00Z'))
    const clock = book.clock('first_reply', at('2026-03-02T12:00Z'))
    expect(clock).toMatchObject({ state: 'breached', open: true, elapsedMs: { business: 4 * HOUR } })
    expect(clock.breachedAt?.toString()).toBe('2026-03-02T14:00:00Z')
  })

  test('an answer in the millisecond of the deadline is in time, one later is not', () => {
    for (const [late, state] of [
      [0, 'fulfilled'],
      [1, 'breached'],
    ] as const) {
      const book = ledger()
      book.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
      book.record('message.sent', at('2026-03-02T14:00Z').add({ milliseconds: late }), sent())
      expect(book.clock('first_reply', at('2026-03-05T00:00Z')).state).toBe(state)
    }
  })

  test('trap 15: a breach is stamped at the deadline, however late the timer', () => {
    const book = ledger()
    book.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
    book.sweep(at('2026-03-02T14:00Z'))
    expect(types(book.slaEvents())).not.toContain('sla.breached')
    book.sweep(at('2026-03-04T09:30Z'))
    book.sweep(at('2026-03-04T09:31Z'))
    const breaches = book.slaEvents().filter((event) => event.type === 'sla.breached')
    expect(breaches.map((event) => event.occurredAt.toString())).toEqual(['2026-03-02T14:00:00Z'])
    const clock = book.clock('first_reply', at('2026-03-03T10:00Z'))
    expect(clock).toMatchObject({ state: 'breached', open: true, remainingMs: -4 * HOUR })
  })

  test('a late answer is a breach at its deadline, also when no timer ever ran', () => {
    const book = ledger()
    book.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
    book.record('message.sent', at('2026-03-02T16:00Z'), sent())
    expect(types(book.slaEvents())).toEqual(['sla.applied', 'sla.activated', 'sla.breached', 'sla.fulfilled'])
    const clock = book.clock('first_reply', at('2026-03-09T00:00Z'))
    expect(clock).toMatchObject({ state: 'breached', open: false, elapsedMs: { business: 6 * HOUR } })
    expect(clock.breachedAt?.toString()).toBe('2026-03-02T14:00:00Z')
    expect(clock.intervals.map(({ kind, businessMs }) => [kind, businessMs / HOUR])).toEqual([
      ['running', 4],
      ['overdue', 2],
    ])
  })

  test('trap 4: a ticket an agent opened waits from the customer’s first words, absence notices aside', () => {
    const book = ledger()
    book.record('ticket.created', at('2026-03-02T10:00Z'), created('outbound'), 'agent')
    book.record('message.sent', at('2026-03-02T10:00Z'), sent())
    book.record('message.received', at('2026-03-02T10:05Z'), received(true), 'contact')
    expect(book.slaEvents()).toEqual([])
    book.record('message.received', at('2026-03-02T12:00Z'), received(), 'contact')
    const clock = book.clock('first_reply', at('2026-03-02T13:00Z'))
    expect(clock).toMatchObject({ state: 'running', remainingMs: 3 * HOUR, intervals: [{ reason: 'customer_wrote' }] })
  })

  test('trap 3: a policy applied late counts from creation and shows when it was applied', () => {
    const book = ledger({ policy: null })
    book.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
    expect(book.slaEvents()).toEqual([])
    book.append(
      applyLate({
        clocks: [],
        owed: ['first_reply'],
        policy: defaultSlaPolicy,
        calendar: office,
        priority: 'normal',
        createdAt: at('2026-03-02T10:00Z'),
        at: at('2026-03-02T12:30Z'),
        causeId: null,
      }),
    )
    const clock = book.clock('first_reply', at('2026-03-02T13:00Z'))
    expect(clock.dueAt?.toString()).toBe('2026-03-02T14:00:00Z')
    expect(clock.elapsedMs.business).toBe(3 * HOUR)
    expect(clock.appliedAt.toString()).toBe('2026-03-02T12:30:00Z')
    expect(clock.startedAt.toString()).toBe('2026-03-02T10:00:00Z')
  })

  test('solving without a reply cancels it and is no answer; when overdue the breach stands', () => {
    const early = ledger()
    early.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
    early.record('ticket.status_changed', at('2026-03-02T11:00Z'), { from: 'new', to: 'solved' })
    expect(early.clock('first_reply', at('2026-03-05T00:00Z'))).toMatchObject({ state: 'cancelled', open: false })
    const late = ledger()
    late.record('ticket.created', at('2026-03-02T10:00Z'), created(), 'contact')
    late.record('ticket.status_changed', at('2026-03-03T11:00Z'), { from: 'new', to: 'solved' })
    expect(late.clock('first_reply', at('2026-03-05T00:00Z'))).toMatchObject({ state: 'breached', open: false })
  })

  test('trap 19: it falls due after a year of closures', () => {
    const first = Temporal.PlainDate.from('2026-03-03')
    const holidays = Array.from({ length: 365 }, (_, i) => first.add({ days: i }).toString())
    const book = ledger({ calendar: { ...office, holidays } })
    book.record('ticket.created', at('2026-03-02T16:00Z'), created(), 'contact')
    expect(book.clock('first_reply', at('2026-06-01T00:00Z')).dueAt?.toString()).toBe('2027-03-03T12:00:00Z')
  })

  test('a calendar that never opens gives a clock without a deadline', () => {
    const never = { ...office, weekly: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } }
    const book = ledger({ calendar: never })
    book.record('ticket.created', at('2026-03-02T16:00Z'), created(), 'contact')
    const clock = book.clock('first_reply', at('2027-03-02T16:00Z'))
    expect(clock).toMatchObject({ state: 'running', elapsedMs: { business: 0 } })
    expect(clock.dueAt).toBeUndefined()
    expect(breachesDue([clock], at('2028-01-01T00:00Z'))).toEqual([])
  })
})
