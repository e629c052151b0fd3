import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TicketStatus } from '#contract/inbox.ts'
import { ticketArithmetic, type Measure } from './arithmetic.ts'
import { kpiRows } from './kpi.ts'
import { at, factsOf, history, office, week, type History } from './history.fixture.ts'
import { reportWindow } from './report-window.ts'

const HOUR = 3_600_000
const read = (told: History, asOf = week.asOf) => ticketArithmetic(told.events, office, asOf)!

describe('the arithmetic of a ticket', () => {
  const told = history('2026-03-02T15:00Z')
    .reply('2026-03-03T10:00Z')
    .status('2026-03-03T10:00Z', 'open', 'pending')
    .wrote('2026-03-04T09:00Z')
    .status('2026-03-04T09:00Z', 'pending', 'open', undefined, 'contact')
    .status('2026-03-04T12:00Z', 'open', 'solved')
    .reopen('2026-03-06T09:00Z')
    .status('2026-03-06T10:00Z', 'open', 'solved')

  test('names every interval with its reason and both lengths', () => {
    const { intervals, totals } = read(told)
    expect(
      intervals.map(({ kind, reason, businessMs, calendarMs, open }) => [
        kind,
        reason,
        businessMs / HOUR,
        calendarMs / HOUR,
        open,
      ]),
    ).toEqual([
      ['waiting_on_us', 'created', 3, 19, false],
      ['waiting_on_customer', 'status_pending', 7, 23, false],
      ['waiting_on_us', 'status_open', 3, 3, false],
      ['closed', 'status_solved', 13, 45, false],
      ['waiting_on_us', 'reopened', 1, 1, false],
      ['closed', 'status_solved', 47, 230, true],
    ])
    expect(totals.find(({ kind }) => kind === 'waiting_on_us')).toEqual({
      kind: 'waiting_on_us',
      businessMs: 7 * HOUR,
      calendarMs: 23 * HOUR,
    })
  })

  test('trap 23: each cycle has its interval, and one total leaves out the time between', () => {
    const { measures } = read(told)
    const hours = (name: Measure['measure']) =>
      measures
        .filter(({ measure }) => measure === name)
        .map(({ businessMs, calendarMs }) => [businessMs / HOUR, calendarMs / HOUR])
    expect(hours('first_reply_human')).toEqual([[3, 19]])
    expect(hours('resolution_first')).toEqual([[13, 45]])
    expect(hours('resolution_last')).toEqual([[27, 91]])
    expect(hours('cycle')).toEqual([
      [13, 45],
      [1, 1],
    ])
    expect(hours('all_cycles')).toEqual([[14, 46]])
  })

  test('trap 13: pending although nothing was asked is marked', () => {
    const unasked = history('2026-03-02T09:00Z').auto('2026-03-02T09:01Z').status('2026-03-02T10:00Z', 'new', 'pending')
    expect(read(unasked).intervals.map(({ withoutQuestion }) => withoutQuestion)).toEqual([false, true])
    expect(read(told).intervals.some(({ withoutQuestion }) => withoutQuestion)).toBe(false)
    const together = history('2026-03-02T09:00Z')
      .status('2026-03-02T10:00Z', 'new', 'pending')
      .reply('2026-03-02T10:00Z')
    expect(read(together).intervals.some(({ withoutQuestion }) => withoutQuestion)).toBe(false)
    const again = history('2026-03-02T09:00Z').reply('2026-03-02T10:00Z').wrote('2026-03-02T11:00Z')
    again.status('2026-03-02T12:00Z', 'open', 'pending')
    expect(read(again).intervals.at(-1)?.withoutQuestion).toBe(true)
  })

  test('what is not yet there is not in it', () => {
    expect(ticketArithmetic(told.events, office, at('2026-03-02T14:59Z'))).toBeNull()
    expect(read(told, at('2026-03-03T09:00Z')).intervals).toMatchObject([{ open: true, businessMs: 2 * HOUR }])
  })

  test('over random histories intervals join, parts sum, and figures are the same as in the reports', () => {
    const step = fc.tuple(
      fc.integer({ min: 0, max: 90 }),
      fc.constantFrom('pending', 'on_hold', 'open', 'solved', 'reply', 'wrote', 'auto'),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const ticket = history('2026-03-02T09:00Z')
        let now = at('2026-03-02T09:00Z')
        let status: TicketStatus = 'new'
        for (const [wait, what] of steps) {
          now = now.add({ hours: wait })
          const when = now.toString()
          if (what === 'reply') ticket.reply(when)
          else if (what === 'wrote') ticket.wrote(when)
          else if (what === 'auto') ticket.auto(when)
          else if (what !== (status as string)) {
            ticket.status(when, status, what, undefined, 'contact')
            status = what
          }
        }
        const asOf = now.add({ hours: 1 })
        const { intervals, measures, totals } = read(ticket, asOf)
        let edge = at('2026-03-02T09:00Z')
        for (const interval of intervals) {
          expect(interval.from.equals(edge)).toBe(true)
          edge = interval.to
        }
        expect(edge.equals(asOf)).toBe(true)
        expect(totals.reduce((sum, { calendarMs }) => sum + calendarMs, 0)).toBe(
          asOf.epochMilliseconds - at('2026-03-02T09:00Z').epochMilliseconds,
        )
        const query = { ...week, to: at('2027-01-01T00:00Z'), asOf }
        for (const id of ['first_reply_human', 'resolution_first', 'resolution_last'] as const) {
          const row = kpiRows(id, factsOf([ticket], asOf), query).find(({ counted }) => counted)
          if (!row) continue
          const found = measures.find(({ measure }) => measure === id)!
          expect([found.calendarMs, found.businessMs]).toEqual([row.calendarMs, row.businessMs])
          expect(found.parts.reduce((sum, part) => sum + part.businessMs, 0)).toBe(row.businessMs)
        }
      }),
      { numRuns: 300 },
    )
  })
})

test('a report’s span: dates begin in the calendar’s zone, thirty days are the default', () => {
  const now = at('2026-03-31T12:00Z')
  expect(reportWindow({ from: '2026-03-29', to: '2026-03-30' }, 'Europe/Berlin', now)).toEqual({
    from: at('2026-03-28T23:00Z'),
    to: at('2026-03-29T22:00Z'),
  })
  expect(reportWindow({}, 'UTC', now)).toEqual({ from: at('2026-03-01T12:00Z'), to: now })
  expect(reportWindow({ from: '2026-03-01T00:00:00+02:00' }, 'UTC', now)?.from).toEqual(at('2026-02-28T22:00Z'))
  expect(reportWindow({ from: '2026-04-01' }, 'UTC', now)).toBeNull()
})
