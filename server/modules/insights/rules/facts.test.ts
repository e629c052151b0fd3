import { describe, expect, test } from 'vitest'
import { ticketFacts } from './facts.ts'
import { at, figure, history } from './history.fixture.ts'

const solved = () =>
  history('2026-03-02T09:00Z').reply('2026-03-02T10:00Z').status('2026-03-02T11:00Z', 'open', 'solved')

describe('the facts of a ticket', () => {
  test('nothing counts after it was merged away', () => {
    const told = history('2026-03-02T09:00Z').add('ticket.merged', '2026-03-02T10:00Z', { into: 'tkt_0' })
    told.status('2026-03-02T11:00Z', 'new', 'open').reply('2026-03-02T12:00Z')
    expect(ticketFacts(told.events)).toMatchObject({
      humanReplies: 0,
      spans: [{ reason: 'created' }, { reason: 'merged' }],
    })
    expect(figure('backlog', [told], { to: at('2026-03-03T00:00Z') }).n).toBe(0)
  })

  test('spam that turns out to be a customer counts again', () => {
    const told = history('2026-03-02T09:00Z').status('2026-03-02T10:00Z', 'new', 'closed', 'spam')
    expect(figure('solved', [told])).toMatchObject({ n: 0, excluded: [{ reason: 'spam', n: 1 }] })
    told.status('2026-03-02T11:00Z', 'closed', 'open').reply('2026-03-02T12:00Z')
    told.status('2026-03-02T13:00Z', 'open', 'solved')
    expect(figure('solved', [told])).toMatchObject({ n: 1, excluded: [] })
    expect(figure('first_reply_human', [told]).n).toBe(1)
  })

  test('what the desk sends by itself is never a person’s reply, whatever its kind', () => {
    const told = history('2026-03-02T09:00Z')
    told.add('message.sent', '2026-03-02T10:00Z', { messageId: 'msg_1', kind: 'reply' }, 'system')
    const facts = ticketFacts(told.events)
    expect(facts).toMatchObject({ humanReplies: 0, firstHuman: null, firstAuto: { messageId: 'msg_1' } })
  })

  test('several changes in one instant leave one interval, of what they end in', () => {
    const told = solved().status('2026-03-03T09:00Z', 'solved', 'pending')
    expect(ticketFacts(told.events)?.spans.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['waiting_on_us', 'created'],
      ['closed', 'status_solved'],
      ['waiting_on_customer', 'status_pending'],
    ])
  })

  test('read up to an instant, it knows nothing of what came after', () => {
    const told = solved().reopen('2026-03-03T09:00Z')
    const early = told.events.filter(
      (event) => Temporal.Instant.compare(event.occurredAt, at('2026-03-02T10:30Z')) <= 0,
    )
    expect(ticketFacts(told.events, at('2026-03-02T10:30Z'))).toEqual(ticketFacts(early))
    expect(ticketFacts(told.events, at('2026-03-02T08:00Z'))).toBeNull()
  })

  test('a reopening told twice, in either order, is one', () => {
    const one = solved().reopen('2026-03-03T09:00Z', true)
    const other = solved().add('ticket.reopened', '2026-03-03T09:00Z', { thanks: true }, 'contact')
    other.status('2026-03-03T09:00Z', 'solved', 'open', undefined, 'contact')
    for (const told of [one, other]) {
      const cycles = ticketFacts(told.events)?.cycles
      expect(cycles).toMatchObject([{ cycle: 1 }, { cycle: 2, thanks: true, reopenedBy: 'contact' }])
      expect(cycles).toHaveLength(2)
    }
  })
})
