import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TicketStatus } from '#contract/inbox.ts'
import type { Owing } from '#contract/ticket-events.ts'
import { at, created, full, ledger, received, sent, type Ledger } from './sla.fixture.ts'

const HOUR = 3_600_000

const nothing: Owing['owing'] = { firstAt: null, firstReplyAt: null, since: null, sinceBefore: null, status: 'open' }
const moved = (book: Ledger, when: string, owing: Partial<Owing['owing']>) =>
  book.record('messages.moved', at(when), { correctionId: 'cor_1', owing: { ...nothing, ...owing } })
const undone = (book: Ledger, when: string, status: TicketStatus) =>
  book.record('correction.undone', at(when), { correctionId: 'cor_1', kind: 'move', voids: [], status })
/** What is appended from here on: type, target and when. */
function appended(book: Ledger, act: () => void): string[] {
  const before = book.slaEvents().length
  act()
  return book
    .slaEvents()
    .slice(before)
    .map(({ type, occurredAt, data }) => `${type} ${data.target} ${String(occurredAt)}`)
}
/** A customer wrote on Monday at nine. */
function asked(): Ledger {
  const book = ledger({ policy: full })
  book.record('ticket.created', at('2026-03-02T09:00Z'), created(), 'contact')
  return book
}
const split = () => {
  const book = ledger({ policy: full })
  book.record('ticket.created', at('2026-03-03T12:00Z'), { ...created(), split: true }, 'agent')
  return book
}

describe('a ticket that never had a reply clock', () => {
  test('gets it with its first customer’s words, from when they were written', () => {
    const book = split()
    const since = '2026-03-02T15:00:00Z'
    moved(book, '2026-03-03T12:00Z', { firstAt: since, since })
    const clock = book.clock('first_reply', at('2026-03-03T12:00Z'))
    expect(clock).toMatchObject({ state: 'breached', open: true })
    expect(clock.dueAt?.toString()).toBe('2026-03-03T11:00:00Z')
    expect(book.clock('resolution', at('2026-03-03T12:00Z')).elapsedMs.business).toBe(5 * HOUR)
  })

  test('gets the verdict its answer earned, in time or late, and owes what came after', () => {
    const verdict = (firstReplyAt: string, since: string | null = null) => {
      const book = split()
      moved(book, '2026-03-05T12:00Z', { firstAt: '2026-03-02T09:00:00Z', firstReplyAt, since })
      return book
    }
    const now = at('2026-03-05T12:00Z')
    expect(verdict('2026-03-02T13:00:00Z').clock('first_reply', now).state).toBe('fulfilled')
    expect(verdict('2026-03-02T13:00:01Z').clock('first_reply', now)).toMatchObject({ state: 'breached', open: false })
    // The breach is an event of its own, when the deadline passed: figures count events.
    const breach = verdict('2026-03-02T14:00:00Z')
      .slaEvents()
      .find(({ type }) => type === 'sla.breached')
    expect(breach?.occurredAt.toString()).toBe('2026-03-02T13:00:00Z')
    const owed = verdict('2026-03-02T13:00:00Z', '2026-03-05T10:00:00Z')
    expect(owed.clock('next_reply', now)).toMatchObject({ state: 'running', elapsedMs: { business: 2 * HOUR } })
  })
})

describe('what is owed now', () => {
  test('is left alone where the same words still wait', () => {
    const since = '2026-03-02T09:00:00Z'
    const act = (book: Ledger) => () => moved(book, '2026-03-02T12:00Z', { firstAt: since, since, sinceBefore: since })
    const book = asked()
    expect(appended(book, act(book))).toEqual([])
  })

  test('counts from when its customer wrote, under the target it had', () => {
    const book = asked()
    moved(book, '2026-03-02T12:00Z', {
      firstAt: '2026-03-02T09:00:00Z',
      since: '2026-03-02T11:00:00Z',
      sinceBefore: '2026-03-02T09:00:00Z',
    })
    const clock = book.clock('first_reply', at('2026-03-02T12:00Z'))
    expect(clock).toMatchObject({ state: 'running', cycle: 2, elapsedMs: { business: HOUR } })
    expect(clock.dueAt?.toString()).toBe('2026-03-02T15:00:00Z')
  })

  test('ends without a verdict when it went elsewhere, and takes its target along', () => {
    const here = asked()
    const since = '2026-03-02T09:00:00Z'
    expect(appended(here, () => moved(here, '2026-03-02T12:00Z', { firstAt: since, sinceBefore: since }))).toEqual([
      'sla.cancelled first_reply 2026-03-02T12:00:00Z',
    ])
    const there = asked()
    there.record('message.sent', at('2026-03-02T10:00Z'), sent())
    moved(there, '2026-03-02T12:00Z', { firstAt: since, firstReplyAt: since, since, carries: 'first_reply' })
    expect(there.clock('first_reply', at('2026-03-02T12:00Z'))).toMatchObject({ state: 'running', cycle: 2 })
  })

  test('waits where the ticket does', () => {
    const book = split()
    const since = '2026-03-03T11:00:00Z'
    moved(book, '2026-03-03T12:00Z', { firstAt: since, since, status: 'pending' })
    const now = at('2026-03-03T16:00Z')
    // Only the resolution stands still while somebody else is waited for.
    expect(book.clock('resolution', now)).toMatchObject({ paused: true, elapsedMs: { business: HOUR } })
    expect(book.clock('first_reply', now)).toMatchObject({ paused: false })
  })
})

describe('verdicts are never rewritten', () => {
  const since = '2026-03-02T09:00:00Z'

  test('a breach that still waits goes on, also when older or younger words wait now', () => {
    for (const now of ['2026-02-27T09:00:00Z', '2026-03-02T11:00:00Z']) {
      const book = asked()
      book.sweep(at('2026-03-02T14:00Z'))
      const act = () => moved(book, '2026-03-02T15:00Z', { firstAt: since, since: now, sinceBefore: since })
      expect(appended(book, act)).toEqual([])
    }
  })

  test('a breach stays one when its wait went elsewhere', () => {
    const book = asked()
    book.sweep(at('2026-03-02T14:00Z'))
    moved(book, '2026-03-02T15:00Z', { firstAt: null, sinceBefore: since })
    const clock = book.clock('first_reply', at('2026-03-02T16:00Z'))
    expect(clock).toMatchObject({ state: 'breached', open: false })
    expect(clock.breachedAt?.toString()).toBe('2026-03-02T13:00:00Z')
  })

  test('a deadline that had passed unnoticed is a breach before the correction counts', () => {
    const book = asked()
    moved(book, '2026-03-02T15:00Z', { firstAt: since, sinceBefore: since })
    expect(book.clock('first_reply', at('2026-03-02T16:00Z')).state).toBe('breached')
  })

  test('an answer in time stays one when older words without an answer come in: they are owed next', () => {
    const book = asked()
    book.record('message.sent', at('2026-03-02T10:00Z'), sent())
    moved(book, '2026-03-02T12:00Z', { firstAt: since, firstReplyAt: '2026-03-02T10:00:00Z', since })
    const now = at('2026-03-02T12:00Z')
    expect(book.clock('first_reply', now)).toMatchObject({ state: 'fulfilled', cycle: 1 })
    expect(book.clock('next_reply', now)).toMatchObject({ state: 'running', elapsedMs: { business: 3 * HOUR } })
  })

  test('whatever happened and whatever is corrected', () => {
    const hour = (n: number) => at('2026-03-02T09:00Z').add({ hours: n })
    const time = fc.option(fc.integer({ min: -48, max: 60 }).map((n) => hour(n).toString()))
    const owing = fc.record({
      firstAt: time,
      firstReplyAt: time,
      since: time,
      sinceBefore: time,
      status: fc.constantFrom<TicketStatus>('new', 'open', 'pending', 'on_hold'),
      carries: fc.option(fc.constantFrom('first_reply' as const, 'next_reply' as const)),
    })
    const steps = fc.array(fc.constantFrom('wrote', 'answered', 'swept'), { maxLength: 12 })
    fc.assert(
      fc.property(steps, fc.array(owing, { minLength: 1, maxLength: 4 }), (history, corrections) => {
        const book = asked()
        let n = 1
        for (const step of history) {
          const now = hour((n += 3))
          if (step === 'wrote') book.record('message.received', now, received(), 'contact')
          else if (step === 'answered') book.record('message.sent', now, sent())
          else book.sweep(now)
        }
        const verdicts = (now: Temporal.Instant) =>
          book
            .cycles(now)
            .filter(({ state, breachRecorded }) => state === 'fulfilled' || breachRecorded)
            .map(({ target, cycle, state, breachedAt }) => `${target} ${cycle} ${state} ${String(breachedAt ?? '')}`)
        for (const one of corrections) {
          const now = hour((n += 3))
          const before = verdicts(now)
          book.record('messages.moved', now, { correctionId: 'cor_1', owing: one })
          expect(verdicts(now)).toEqual(expect.arrayContaining(before))
          // At most one wait is answered by the next reply.
          const open = book.cycles(now).filter((clock) => clock.open && clock.target !== 'resolution')
          expect(open.length).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

describe('clocks that an undo brought back', () => {
  test('end when the ticket was solved since', () => {
    const book = asked()
    expect(appended(book, () => undone(book, '2026-03-02T12:00Z', 'solved'))).toEqual([
      'sla.cancelled first_reply 2026-03-02T12:00:00Z',
      'sla.cancelled resolution 2026-03-02T12:00:00Z',
    ])
  })

  test('pause and go on as the ticket does now', () => {
    const book = asked()
    expect(appended(book, () => undone(book, '2026-03-02T12:00Z', 'pending'))).toEqual([
      'sla.paused resolution 2026-03-02T12:00:00Z',
    ])
    expect(appended(book, () => undone(book, '2026-03-02T14:00Z', 'open'))).toContain(
      'sla.resumed resolution 2026-03-02T14:00:00Z',
    )
  })

  test('run by the terms in force now', () => {
    const book = asked()
    const targets = full.targets.map((row) => (row.target === 'first_reply' ? { ...row, seconds: 2 * 3600 } : row))
    book.use({ policy: { ...full, version: 4, targets } })
    undone(book, '2026-03-02T10:00Z', 'open')
    expect(book.clock('first_reply', at('2026-03-02T10:00Z')).dueAt?.toString()).toBe('2026-03-02T11:00:00Z')
  })
})
