import { describe, expect, test } from 'vitest'
import type { MovedMessage } from '#contract/ticket-events.ts'
import { excludedAs, factsOf, figure, history, type History } from './history.fixture.ts'

const owing = { firstAt: null, firstReplyAt: null, since: null, sinceBefore: null, status: 'open' as const }
const message = (id: string, kind: MovedMessage['kind'], at: string, authorId: string | null = null): MovedMessage => ({
  id,
  kind,
  at,
  auto: false,
  by: kind === 'inbound' ? 'contact' : 'agent',
  authorId,
  answered: false,
})

/** Two tickets of one matter: the later asked of, answered and solved; the earlier merged into it. */
function merged() {
  const from = history('2026-03-02T09:00Z')
    .add('message.received', '2026-03-02T09:00Z', { messageId: 'msg_1', kind: 'human' }, 'contact')
    .status('2026-03-02T09:30Z', 'new', 'solved')
    .add('ticket.merged', '2026-03-02T11:00Z', { into: 'tkt_x', correctionId: 'cor_1', messageIds: ['msg_1'] })
  const into = history('2026-03-02T10:00Z')
    .add('message.received', '2026-03-02T10:00Z', { messageId: 'msg_2', kind: 'human' }, 'contact')
    .add('messages.moved', '2026-03-02T11:00Z', {
      correctionId: 'cor_1',
      from: 'tkt_y',
      messages: [message('msg_1', 'inbound', '2026-03-02T09:00:00Z')],
      owing,
    })
    .reply('2026-03-02T12:00Z')
    .status('2026-03-02T13:00Z', 'open', 'solved')
  return { from, into }
}

/** From creation to the first reply of a person, in milliseconds. */
function waited(told: History): number | undefined {
  const [facts] = factsOf([told])
  return facts?.firstHuman?.at.since(facts.createdAt).total('milliseconds')
}

describe('trap 9: merged tickets', () => {
  test('count once: the survivor from the first words of either, the other as merged and without its solve', () => {
    const { from, into } = merged()
    const solved = figure('resolution_last', [from, into])
    expect(solved).toMatchObject({ n: 1 })
    expect(excludedAs(solved, 'merged')).toBe(1)
    const first = figure('first_reply_human', [from, into])
    expect(first).toMatchObject({ n: 1 })
    expect(waited(into)).toBe(3 * 3_600_000)
    expect(excludedAs(first, 'merged')).toBe(1)
  })

  test('count twice again, each from its own start, once the merge is undone', () => {
    const { from, into } = merged()
    for (const told of [from, into]) {
      const voids = told.events.flatMap(({ id, type }) => (/merged|moved/.test(type) ? [id] : []))
      told.add('correction.undone', '2026-03-02T14:00Z', {
        correctionId: 'cor_1',
        kind: 'merge',
        voids,
        status: 'solved',
      })
    }
    expect(figure('resolution_last', [from, into])).toMatchObject({ n: 2 })
    expect(factsOf([into])[0]?.createdAt.toString()).toBe('2026-03-02T10:00:00Z')
    expect(factsOf([from])[0]).toMatchObject({ mergedAt: null })
  })
})

test('a reply that was moved counts where it is, at its own time, for who wrote it', () => {
  const from = history('2026-03-02T09:00Z')
    .add('message.received', '2026-03-02T09:00Z', { messageId: 'msg_1', kind: 'human' }, 'contact')
    .add('message.sent', '2026-03-02T09:30Z', { messageId: 'msg_2', kind: 'reply', authorId: 'agt_a' })
    .add('ticket.split', '2026-03-02T11:00Z', { correctionId: 'cor_1', into: 'tkt_x', messageIds: ['msg_2'], owing })
  const into = history('2026-03-02T11:00Z').add('messages.moved', '2026-03-02T11:00Z', {
    correctionId: 'cor_1',
    from: 'tkt_y',
    messages: [
      message('msg_3', 'inbound', '2026-03-02T09:10:00Z'),
      message('msg_2', 'reply', '2026-03-02T09:30:00Z', 'agt_a'),
    ],
    owing,
  })
  expect(factsOf([from])[0]).toMatchObject({ firstHuman: null, humanReplies: 0 })
  expect(factsOf([into])[0]).toMatchObject({ humanReplies: 1, firstHuman: { authorId: 'agt_a' } })
  expect(waited(into)).toBe(20 * 60_000)
})
