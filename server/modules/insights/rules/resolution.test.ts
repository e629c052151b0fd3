import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kpiRows } from './kpi.ts'
import { at, excludedAs, factsOf, figure, history, week, type History } from './history.fixture.ts'

const HOUR = 3_600_000

const solved = (n: number, replies = 1): History[] =>
  Array.from({ length: n }, () => {
    const told = history('2026-03-02T09:00Z')
    for (let i = 0; i < replies; i++) told.reply(`2026-03-02T10:0${i}Z`)
    return told.status('2026-03-02T11:00Z', 'open', 'solved')
  })
const one = () => solved(1)[0]!

describe('resolution', () => {
  test('trap 17: the first and the last solve are kept apart, and an open ticket has no last one', () => {
    const again = one().reopen('2026-03-03T09:00Z')
    const open = kpiRows('resolution_last', factsOf([again]), week)
    expect(open).toMatchObject([{ counted: false, reason: 'waiting' }])
    again.status('2026-03-04T11:00Z', 'open', 'solved')
    expect(kpiRows('resolution_first', factsOf([again]), week)).toMatchObject([
      { calendarMs: 2 * HOUR, businessMs: 2 * HOUR },
    ])
    expect(kpiRows('resolution_last', factsOf([again]), week)).toMatchObject([
      { calendarMs: 50 * HOUR, businessMs: 18 * HOUR },
    ])
  })

  test('trap 23: a ticket solved three times is in each figure once', () => {
    const told = one()
    for (const day of ['03', '04'])
      told.reopen(`2026-03-${day}T09:00Z`).status(`2026-03-${day}T10:00Z`, 'open', 'solved')
    const tickets = [told, ...solved(4)]
    expect(figure('resolution_first', tickets)).toMatchObject({ n: 5, median: 2 * HOUR, basis: 'resolved' })
    expect(figure('resolution_last', tickets)).toMatchObject({ n: 5, median: 2 * HOUR })
    expect(figure('solved', tickets).n).toBe(5)
  })

  test('trap 9: merged tickets earn no solve, nor does spam or a customer who fell silent', () => {
    const found = figure('solved', [
      ...solved(2),
      one().add('ticket.merged', '2026-03-02T12:00Z', { into: 'tkt_0' }),
      history('2026-03-02T09:00Z').status('2026-03-02T10:00Z', 'new', 'closed', 'spam'),
      history('2026-03-02T09:00Z')
        .reply('2026-03-02T10:00Z')
        .status('2026-03-05T10:00Z', 'pending', 'solved', 'customer_silent'),
    ])
    expect(found.n).toBe(2)
    expect(found.excluded.map(({ reason }) => reason).sort()).toEqual(['customer_silent', 'merged', 'spam'])
  })

  test('closing what is solved is no second solve; closing what is open is one', () => {
    const closedLater = one().status('2026-03-08T10:00Z', 'solved', 'closed')
    const closed = history('2026-03-02T09:00Z').status('2026-03-02T12:00Z', 'open', 'closed')
    const rows = kpiRows('resolution_last', factsOf([closedLater, closed]), week)
    expect(rows.map((line) => line.calendarMs)).toEqual([2 * HOUR, 3 * HOUR])
  })
})

describe('reopened', () => {
  test('trap 10: a reopening by thanks is listed, not counted, and spoils nothing', () => {
    const thanked = one().reopen('2026-03-03T09:00Z', true).status('2026-03-03T09:05Z', 'open', 'solved')
    const tickets = [thanked, ...solved(4)]
    const found = figure('reopened', tickets)
    expect(found).toMatchObject({ n: 0, count: 0, share: { part: 0, of: 5, value: 0 } })
    expect(excludedAs(found, 'thanks')).toBe(1)
    expect(kpiRows('reopened', factsOf(tickets), week)).toMatchObject([{ counted: false, reason: 'thanks' }])
    expect(figure('one_touch', tickets).share).toMatchObject({ part: 5, of: 5 })
    expect(kpiRows('resolution_last', factsOf([thanked]), week)).toMatchObject([{ calendarMs: 2 * HOUR }])
  })

  test('a question after thanks still reopens the solve before', () => {
    const told = one().reopen('2026-03-03T09:00Z', true).status('2026-03-03T09:05Z', 'open', 'solved')
    told.reopen('2026-03-04T11:00Z')
    const rows = kpiRows('reopened', factsOf([told]), week)
    expect(rows.map(({ reason, calendarMs }) => [reason, calendarMs])).toEqual([
      ['thanks', 22 * HOUR],
      [null, 48 * HOUR],
    ])
  })

  test('by an agent or too late is listed, not counted', () => {
    const agent = one().reopen('2026-03-03T09:00Z', false, 'agent')
    const late = one().reopen('2026-03-10T11:00Z')
    const found = figure('reopened', [agent, late, one().reopen('2026-03-09T11:00Z')], { reopenDays: 7 })
    expect(found).toMatchObject({ n: 1, count: 1, share: { part: 1, of: 3, value: null } })
    expect(excludedAs(found, 'reopened_by_agent')).toBe(1)
    expect(excludedAs(found, 'reopened_too_late')).toBe(1)
  })

  test('trap 20: the share has one population above and below the line, however often tickets come back', () => {
    const day = fc.integer({ min: 0, max: 400 })
    fc.assert(
      fc.property(fc.array(fc.array(day, { maxLength: 8 }), { maxLength: 8 }), (tickets) => {
        const told = tickets.map((hours) => {
          const ticket = history('2026-03-01T00:00Z')
          const moments = [...hours]
            .sort((a, b) => a - b)
            .map((h) => at('2026-03-01T01:00Z').add({ hours: h }).toString())
          moments.forEach((when, i) => (i % 2 === 0 ? ticket.status(when, 'open', 'solved') : ticket.reopen(when)))
          return ticket
        })
        const { share, n } = figure('reopened', told, { asOf: at('2026-04-01T00:00Z') })
        expect(share!.part).toBeLessThanOrEqual(share!.of)
        expect(share!.of).toBe(figure('solved', told, { asOf: at('2026-04-01T00:00Z') }).n)
        expect(n).toBe(share!.part)
      }),
    )
  })
})

test('trap 27: a ticket nobody replied to is not one-touch, nor one with two replies or a reopening', () => {
  const tickets = [...solved(3), ...solved(1, 0), ...solved(1, 2), one().reopen('2026-03-03T09:00Z')]
  expect(figure('one_touch', tickets).share).toMatchObject({ part: 3, of: 6, value: 0.5 })
})
