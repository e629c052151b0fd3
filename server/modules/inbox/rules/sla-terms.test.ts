import { describe, expect, test } from 'vitest'
import type { SlaPolicy } from '#contract/sla.ts'
import { choosePolicy, defaultSlaPolicy, foldClock } from './sla.ts'
import { at, created, full, ledger, office, received, sent } from './sla.fixture.ts'

const HOUR = 3_600_000
const types = (events: readonly { type: string }[]) => events.map((event) => event.type)

describe('several targets', () => {
  test('are independent: an answer leaves resolution running', () => {
    const book = ledger({ policy: full })
    book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    book.record('message.received', at('2026-03-02T09:00Z'), received(), 'contact')
    book.record('message.sent', at('2026-03-02T10:00Z'), sent())
    const now = at('2026-03-02T12:00Z')
    expect(book.cycles(now).map(({ target, state }) => [target, state])).toEqual([
      ['first_reply', 'fulfilled'],
      ['resolution', 'running'],
    ])
    book.record('message.received', at('2026-03-02T13:00Z'), received(), 'contact')
    expect(book.clock('next_reply', at('2026-03-02T14:00Z'))).toMatchObject({ state: 'running', remainingMs: 7 * HOUR })
  })

  test('pending pauses only where the policy says so, and time left is kept', () => {
    const book = ledger({ policy: full })
    book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    book.record('message.sent', at('2026-03-02T11:00Z'), sent())
    book.record('ticket.status_changed', at('2026-03-02T11:00Z'), { from: 'new', to: 'pending' })
    const paused = book.clock('resolution', at('2026-03-04T12:00Z'))
    expect(paused).toMatchObject({ state: 'paused', remainingMs: 14 * HOUR })
    expect(paused.dueAt).toBeUndefined()
    book.record('ticket.status_changed', at('2026-03-04T12:00Z'), { from: 'pending', to: 'open' })
    const resumed = book.clock('resolution', at('2026-03-04T13:00Z'))
    expect(resumed).toMatchObject({ state: 'running', remainingMs: 13 * HOUR })
    expect(resumed.dueAt?.toString()).toBe('2026-03-06T10:00:00Z')
    expect(resumed.intervals.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
      'running: created',
      'paused: status_pending',
      'running: status_open',
    ])
  })

  test('trap 13: pending without an answer is marked, and does not stop the wait for one', () => {
    const book = ledger({ policy: full })
    book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    book.record('ticket.status_changed', at('2026-03-02T10:00Z'), { from: 'new', to: 'pending' })
    const now = at('2026-03-02T12:00Z')
    expect(book.clock('first_reply', now)).toMatchObject({ state: 'running', remainingMs: HOUR })
    expect(book.clock('resolution', now).intervals.at(-1)).toMatchObject({
      kind: 'paused',
      reason: 'pending_without_question',
    })
  })

  test('a reopened ticket starts new runs; the old verdicts stay', () => {
    const book = ledger({ policy: full })
    book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    book.record('message.sent', at('2026-03-02T16:00Z'), sent())
    book.record('ticket.status_changed', at('2026-03-02T16:00Z'), { from: 'open', to: 'solved' })
    book.record('ticket.status_changed', at('2026-03-04T09:00Z'), { from: 'solved', to: 'open' }, 'contact')
    book.record('ticket.reopened', at('2026-03-04T09:00Z'), {}, 'contact')
    const cycles = book.cycles(at('2026-03-04T10:00Z'))
    expect(cycles.map(({ target, cycle, state }) => [target, cycle, state])).toEqual([
      ['first_reply', 1, 'breached'],
      ['resolution', 1, 'fulfilled'],
      ['first_reply', 2, 'running'],
      ['resolution', 2, 'running'],
    ])
  })

  test('a solved ticket put to pending starts a clock that stands still', () => {
    const book = ledger({ policy: full })
    book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    book.record('ticket.status_changed', at('2026-03-02T10:00Z'), { from: 'open', to: 'solved' })
    book.record('ticket.status_changed', at('2026-03-02T11:00Z'), { from: 'solved', to: 'pending' })
    expect(book.clock('resolution', at('2026-03-03T11:00Z'))).toMatchObject({ state: 'paused', remainingMs: 16 * HOUR })
  })

  test('spam and merges cancel everything', () => {
    for (const ending of ['spam', 'merged'] as const) {
      const book = ledger({ policy: full })
      book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
      if (ending === 'merged') book.record('ticket.merged', at('2026-03-02T10:00Z'), { into: 'tkt_2' })
      else book.record('ticket.status_changed', at('2026-03-02T10:00Z'), { from: 'new', to: 'closed', reason: 'spam' })
      expect(book.cycles(at('2026-03-09T09:00Z')).map((clock) => clock.state)).toEqual(['cancelled', 'cancelled'])
    }
  })
})

describe('changed terms', () => {
  const byPriority: SlaPolicy = {
    id: 'tiers',
    version: 1,
    targets: [
      { target: 'first_reply', seconds: 3600, clock: 'calendar', priorities: ['urgent'] },
      { target: 'first_reply', seconds: 4 * 3600, clock: 'business', priorities: ['normal', 'high'] },
    ],
  }

  test('trap 2: a new priority moves an open clock and never a verdict', () => {
    const open = ledger({ policy: byPriority })
    open.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    open.record('ticket.priority_changed', at('2026-03-02T11:00Z'), { from: 'normal', to: 'urgent' })
    const hurried = open.clock('first_reply', at('2026-03-02T11:00Z'))
    expect(hurried).toMatchObject({ state: 'running', seconds: 3600, clock: 'calendar' })
    expect(hurried.dueAt?.toString()).toBe('2026-03-02T11:00:00Z')

    const late = ledger({ policy: byPriority, priority: 'urgent' })
    late.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    late.record('ticket.priority_changed', at('2026-03-02T11:00Z'), { from: 'urgent', to: 'normal' })
    late.record('message.sent', at('2026-03-02T12:00Z'), sent())
    expect(types(late.slaEvents())).not.toContain('sla.updated')
    expect(late.clock('first_reply', at('2026-03-09T00:00Z'))).toMatchObject({ state: 'breached', seconds: 3600 })
  })

  test('a priority without a target ends the clock', () => {
    const book = ledger({ policy: byPriority })
    book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    book.record('ticket.priority_changed', at('2026-03-02T10:00Z'), { from: 'normal', to: 'low' })
    expect(book.clock('first_reply', at('2026-03-09T00:00Z')).state).toBe('cancelled')
  })

  test('traps 1 and 28: a team changes zone; each stretch is measured by the calendar of its time', () => {
    const tokyo = { ...office, version: 2, timeZone: 'Asia/Tokyo' }
    const book = ledger({}, [office, tokyo])
    book.record('ticket.created', at('2026-03-02T15:00Z'), created(), 'contact')
    book.use({ calendar: tokyo, policy: { ...defaultSlaPolicy, version: 2 } })
    book.record('ticket.priority_changed', at('2026-03-02T16:00Z'), { from: 'normal', to: 'high' })
    const clock = book.clock('first_reply', at('2026-03-03T01:00Z'))
    expect(clock.intervals.map(({ businessMs }) => businessMs / HOUR)).toEqual([1, 1])
    expect(clock).toMatchObject({ remainingMs: 2 * HOUR, calendarVersion: 2, policyVersion: 2 })
    expect(clock.dueAt?.toString()).toBe('2026-03-03T03:00:00Z')
  })
})

describe('a breach in the ledger', () => {
  const overdue = () => {
    const book = ledger({ policy: full })
    book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
    book.sweep(at('2026-03-05T09:00Z'))
    return book
  }

  test('keeps the deadline it missed through pauses, which still stop the count', () => {
    const book = overdue()
    book.record('ticket.status_changed', at('2026-03-05T10:00Z'), { from: 'open', to: 'pending' })
    const paused = book.clock('resolution', at('2026-03-05T12:00Z'))
    expect(paused).toMatchObject({ state: 'breached', open: true, paused: true, remainingMs: -9 * HOUR })
    expect(paused.dueAt?.toString()).toBe('2026-03-03T17:00:00Z')
    book.record('ticket.status_changed', at('2026-03-05T12:00Z'), { from: 'pending', to: 'open' })
    const resumed = book.clock('resolution', at('2026-03-05T13:00Z'))
    expect(resumed).toMatchObject({ state: 'breached', paused: false, remainingMs: -10 * HOUR })
    expect(resumed.dueAt?.toString()).toBe('2026-03-03T17:00:00Z')
  })

  test('is not undone by later terms', () => {
    const book = overdue()
    const easier = { ...book.clock('resolution', at('2026-03-05T09:00Z')), seconds: 999_999 }
    const { target, cycle, policyId, policyVersion, clock, seconds, calendarId, calendarVersion, remainingMs } = easier
    const data = { target, cycle, policyId, policyVersion, clock, seconds, calendarId, calendarVersion, remainingMs }
    const occurredAt = at('2026-03-05T09:00Z')
    book.append([{ type: 'sla.updated', occurredAt, causeId: null, data: { ...data, reason: 'policy' } }])
    expect(book.clock('resolution', at('2026-03-05T10:00Z'))).toMatchObject({ state: 'breached', seconds: 16 * 3600 })
  })

  test('stands as written where its calendar version is no longer known', () => {
    const shorter = [{ from: '09:00', to: '10:00' }]
    const weekly = { 1: shorter, 2: shorter, 3: shorter, 4: shorter, 5: shorter, 6: [], 7: [] }
    const book = overdue()
    const events = book.slaEvents().filter((event) => event.data.target === 'first_reply')
    const clock = foldClock(events, { ...office, version: 9, weekly }, at('2026-03-05T09:00Z'))
    expect(clock?.breachedAt?.toString()).toBe('2026-03-02T13:00:00Z')
  })
})

test('the first policy that matches is taken, and none is a legal outcome', () => {
  const enterprise: SlaPolicy = { ...full, id: 'enterprise', match: { segments: ['enterprise'] } }
  const mail: SlaPolicy = { ...full, id: 'mail', match: { channels: ['email'] } }
  const subject = { segment: 'enterprise', channel: 'email', teamId: 'tea_1' } as const
  expect(choosePolicy([enterprise, mail], subject)?.id).toBe('enterprise')
  expect(choosePolicy([enterprise, mail], { ...subject, segment: 'consumer' })?.id).toBe('mail')
  expect(choosePolicy([enterprise, mail], { segment: 'consumer', channel: 'api', teamId: 'tea_1' })).toBeNull()
  expect(foldClock([], office, at('2026-03-02T15:00Z'))).toBeNull()
})
