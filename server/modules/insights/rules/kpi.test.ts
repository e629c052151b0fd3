import { describe, expect, test } from 'vitest'
import { Kpi } from '#contract/kpi.ts'
import { kpiFigures, kpiRows } from './kpi.ts'
import { at, excludedAs, factsOf, figure, history, week, type History } from './history.fixture.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

/** Answered after 1, 2, 3, … hours on the Monday. */
const answered = (n: number): History[] =>
  Array.from({ length: n }, (_, i) => history('2026-03-02T09:00Z').reply(`2026-03-02T${10 + i}:00Z`))
/** Solved with one reply an hour after creation. */
const solved = (n: number): History[] =>
  Array.from({ length: n }, () =>
    history('2026-03-02T09:00Z').reply('2026-03-02T10:00Z').status('2026-03-02T10:00Z', 'open', 'solved'),
  )

describe('first reply', () => {
  test('median, P90 and n, worked by hand on both clocks', () => {
    const tickets = [...answered(4), history('2026-03-02T16:00Z').reply('2026-03-03T10:00Z')]
    expect(figure('first_reply_human', tickets)).toMatchObject({
      n: 5,
      median: 3 * HOUR,
      p90: 12.4 * HOUR,
      hidden: null,
    })
    const business = figure('first_reply_human', tickets, {}, 'business')
    expect(business).toMatchObject({ n: 5, median: 2 * HOUR, clock: 'business', unit: 'ms' })
    expect(business.p90).toBeCloseTo(3.6 * HOUR, 3)
  })

  test('below five the numbers are withheld, and that is said', () => {
    expect(figure('first_reply_human', answered(4))).toMatchObject({
      n: 4,
      median: null,
      p90: null,
      hidden: 'fewer_than_5',
    })
    expect(figure('first_reply_human', [])).toMatchObject({ n: 0, median: null, hidden: 'fewer_than_5', excluded: [] })
  })

  test('trap 6: tickets still waiting are censored, not dropped', () => {
    const waiting = Array.from({ length: 6 }, () => history('2026-03-02T09:00Z'))
    const found = figure('first_reply_human', [...answered(5), ...waiting])
    expect(found).toMatchObject({ n: 5, median: 3 * HOUR, censored: { n: 6, median: null } })
    expect(excludedAs(found, 'waiting')).toBe(6)
    expect(figure('first_reply_human', [...answered(5), ...waiting.slice(0, 4)]).censored).toEqual({
      n: 4,
      median: 5 * HOUR,
    })
  })

  test('trap 7: a one-day report prints its basis, by which a slow reply is in it or not', () => {
    const slow = [history('2026-03-02T09:00Z').reply('2026-03-04T09:00Z')]
    const day = { from: at('2026-03-02T00:00Z'), to: at('2026-03-03T00:00Z') }
    expect(figure('first_reply_human', slow, day)).toMatchObject({ basis: 'created', n: 1 })
    const replied = figure('first_reply_human', slow, { ...day, firstReplyBasis: 'replied' })
    expect(replied).toMatchObject({ basis: 'replied', n: 0, censored: null })
    const third = { from: at('2026-03-04T00:00Z'), to: at('2026-03-05T00:00Z'), firstReplyBasis: 'replied' } as const
    expect(figure('first_reply_human', slow, third)).toMatchObject({ basis: 'replied', n: 1 })
  })

  test('trap 8: automatic and human replies are three figures', () => {
    const tickets = answered(5).map((told, i) => {
      const [first, ...rest] = told.events
      const acknowledged = history('2026-03-02T09:00Z').note('2026-03-02T09:00Z').auto('2026-03-02T09:01Z')
      acknowledged.events.push(...rest.map((event) => ({ ...event, ticketId: acknowledged.events[0]!.ticketId })))
      return i === 0 && first ? told : acknowledged
    })
    expect(figure('first_reply_human', tickets)).toMatchObject({ n: 5, median: 3 * HOUR })
    expect(figure('first_reply_any', tickets)).toMatchObject({ n: 5, median: MINUTE })
    expect(figure('first_reply_auto', tickets)).toMatchObject({ n: 4, hidden: 'fewer_than_5' })
    expect(excludedAs(figure('first_reply_auto', tickets), 'no_auto_reply')).toBe(1)
  })

  test('what is left out is listed by reason', () => {
    const found = figure('first_reply_human', [
      history('2026-03-02T09:00Z', 'outbound').reply('2026-03-02T09:00Z'),
      history('2026-03-02T09:00Z')
        .reply('2026-03-02T10:00Z')
        .add('ticket.merged', '2026-03-02T11:00Z', { into: 'tkt_0' }),
      history('2026-03-02T09:00Z').status('2026-03-02T10:00Z', 'new', 'closed', 'spam'),
      history('2026-03-02T09:00Z').auto('2026-03-02T09:01Z').status('2026-03-02T10:00Z', 'new', 'solved'),
      history('2026-03-02T09:00Z').status('2026-03-02T10:00Z', 'new', 'solved'),
      history('2026-03-02T09:00Z').auto('2026-03-02T09:01Z'),
    ])
    const reasons = ['agent_opened', 'merged', 'spam', 'auto_replied', 'solved_without_reply', 'waiting']
    expect(found.n).toBe(0)
    expect(Object.fromEntries(found.excluded.map(({ reason, n }) => [reason, n]))).toEqual(
      Object.fromEntries(reasons.map((reason) => [reason, 1])),
    )
  })

  test('trap 12: a reply belongs to its author, whoever had the ticket', () => {
    const told = history('2026-03-02T09:00Z').add('ticket.assigned', '2026-03-02T09:30Z', { from: null, to: 'agt_b' })
    told.reply('2026-03-02T10:00Z', 'agt_a').add('ticket.assigned', '2026-03-02T11:00Z', { from: 'agt_b', to: 'agt_c' })
    expect(kpiRows('first_reply_human', factsOf([told]), week)).toMatchObject([{ creditedTo: 'agt_a' }])
  })

  test('the share within the target counts open and late as missed, and only on the target’s clock', () => {
    const targets = { firstReply: { seconds: 3 * 3600, clock: 'business' as const } }
    const tickets = [...answered(4), history('2026-03-02T09:00Z'), history('2026-03-06T16:00Z')]
    const early = { targets, asOf: at('2026-03-06T17:00Z') }
    const { withinTarget } = figure('first_reply_human', tickets, early, 'business')
    expect(withinTarget).toMatchObject({ targetMs: 3 * HOUR, share: { part: 3, of: 5, value: 0.6 } })
    expect(figure('first_reply_human', tickets, early, 'calendar').withinTarget).toBeNull()
  })

  test('trap 21: milliseconds are kept, and rounding is left to the screen', () => {
    const tickets = [1, 2, 3, 4, 5].map((s) => history('2026-03-02T09:00Z').reply(`2026-03-02T09:00:0${s}.7Z`))
    expect(figure('first_reply_human', tickets)).toMatchObject({ median: 3700, p90: 5300 })
  })
})

describe('backlog', () => {
  test('trap 5: it is taken at the exact instant, also around a midnight with a clock change', () => {
    // 2026-10-25 begins at 22:00Z in Berlin and lasts 25 hours.
    const berlin = { ...week.calendar, timeZone: 'Europe/Berlin' }
    const tickets = [
      history('2026-10-24T20:00Z').status('2026-10-24T21:59:59.999Z', 'new', 'solved'),
      history('2026-10-24T20:00Z').status('2026-10-24T22:00Z', 'new', 'solved'),
      history('2026-10-24T21:00Z').status('2026-10-25T23:30Z', 'new', 'solved'),
      history('2026-10-24T22:00:00.001Z'),
    ]
    const taken = (when: string) =>
      figure('backlog', tickets, {
        from: at('2026-10-01T00:00Z'),
        to: at(when),
        asOf: at('2026-11-01T00:00Z'),
        calendar: berlin,
      }).n
    expect(taken('2026-10-24T21:59:59.998Z')).toBe(3)
    expect(taken('2026-10-24T21:59:59.999Z')).toBe(2)
    expect(taken('2026-10-24T22:00Z')).toBe(1)
    expect(taken('2026-10-24T22:00:00.001Z')).toBe(2)
    expect(taken('2026-10-25T22:59Z')).toBe(2)
    expect(taken('2026-10-25T23:30Z')).toBe(1)
  })

  test('ages, groups and the oldest, on both clocks', () => {
    const tickets = [
      history('2026-03-06T16:30Z'),
      history('2026-03-06T16:00Z').reply('2026-03-06T16:10Z').status('2026-03-06T16:10Z', 'open', 'pending'),
      history('2026-03-05T16:00Z'),
      history('2026-03-02T09:00Z'),
      history('2026-01-05T09:00Z'),
      history('2026-03-02T09:00Z').add('ticket.merged', '2026-03-02T10:00Z', {}),
      history('2026-03-02T09:00Z').status('2026-03-02T10:00Z', 'new', 'closed', 'spam'),
    ]
    const found = figure('backlog', tickets, { to: at('2026-03-06T17:00Z') })
    expect(found).toMatchObject({ basis: 'instant', n: 5, median: 25 * HOUR })
    expect(found.oldest).toMatchObject({ since: '2026-01-05T09:00:00Z', ageMs: 60 * 24 * HOUR + 8 * HOUR })
    expect(found.ages?.map((group) => group.n)).toEqual([2, 0, 1, 1, 0, 1])
    expect(figure('backlog', tickets, { to: at('2026-03-06T17:00Z') }, 'business').median).toBe(9 * HOUR)
  })
})

describe('satisfaction', () => {
  test('trap 11: a rating belongs to whoever had the ticket then', () => {
    const told = solved(1)[0]!.rate('2026-03-02T12:00Z', 5, 1, 'agt_a')
    told.add('ticket.assigned', '2026-03-02T13:00Z', { from: 'agt_a', to: 'agt_b' })
    expect(kpiRows('csat', factsOf([told]), week)).toMatchObject([{ creditedTo: 'agt_a', rating: 5, cycle: 1 }])
  })

  test('trap 18: it is the share of 4 and 5, with the share that answered', () => {
    const tickets = solved(10)
    ;[5, 5, 4, 3, 1].forEach((rating, i) => tickets[i]!.rate('2026-03-02T12:00Z', rating, 1, 'agt_a'))
    const found = figure('csat', tickets)
    expect(found).toMatchObject({ n: 5, unit: 'share', median: null, share: { part: 3, of: 5, value: 0.6 } })
    expect(found.response).toMatchObject({ part: 5, of: 10, value: 0.5 })
    expect(excludedAs(found, 'unrated')).toBe(5)
  })

  test('each solve is rated once; the first rating stands', () => {
    const told = solved(1)[0]!.rate('2026-03-02T12:00Z', 2, 1, 'agt_a').rate('2026-03-02T12:01Z', 5, 1, 'agt_a')
    told
      .reopen('2026-03-03T09:00Z')
      .status('2026-03-03T10:00Z', 'open', 'solved')
      .rate('2026-03-03T11:00Z', 4, 2, 'agt_b')
    const rows = kpiRows('csat', factsOf([told]), week)
    expect(rows.map(({ cycle, rating, creditedTo }) => [cycle, rating, creditedTo])).toEqual([
      [1, 2, 'agt_a'],
      [2, 4, 'agt_b'],
    ])
  })
})

test('every figure is what the contract says, with a versioned definition', () => {
  const tickets = [...solved(6), ...answered(6), history('2026-03-02T09:00Z')]
  const figures = kpiFigures(
    factsOf(tickets).map((facts) => ({ ...facts, ticketId: 'tkt_01h455vb4pex5vsknk084sn02q' })),
    week,
  )
  for (const found of figures) {
    const kpi = Kpi.parse({ ...found, tickets: '/api/v1/reports/kpis/x/tickets' })
    expect(kpi.definition.version).toBeGreaterThan(0)
    expect(kpi.definition.text.length).toBeGreaterThan(40)
  }
  const names = figures.map(({ definition, clock }) => `${definition.id} ${clock}`)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(figures.map(({ definition }) => definition.id))).toEqual(
    new Set(Kpi.shape.definition.shape.id.options),
  )
})
