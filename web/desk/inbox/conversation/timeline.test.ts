import { expect, test } from 'vitest'
import type { LedgerEvent } from '#contract/events.ts'
import type { Message } from '#contract/inbox.ts'
import { timelineOf } from './timeline.ts'

function message(id: string, createdAt: string, delivery: Partial<Message['delivery']> = null): Message {
  return { id: `msg_${id}`, createdAt, delivery } as unknown as Message
}
function event(id: string, occurredAt: string): LedgerEvent {
  return { id: `evt_${id}`, occurredAt } as unknown as LedgerEvent
}
const shape = (items: ReturnType<typeof timelineOf>) =>
  items
    .filter(({ kind }) => kind !== 'day')
    .map((item) => (item.kind === 'events' ? item.events.map(({ id }) => id) : item.key))

const first = message('1', '2026-03-02T09:00:00Z')
const second = message('2', '2026-03-02T10:00:00Z')

test('lines stand between the messages they happened between, together', () => {
  const events = [event('a', '2026-03-02T09:30:00Z'), event('b', '2026-03-02T09:31:00Z')]
  expect(shape(timelineOf([second, first], events, false))).toEqual(['msg_1', ['evt_a', 'evt_b'], 'msg_2'])
})

test('a line of the same instant follows the message that caused it', () => {
  expect(shape(timelineOf([first], [event('a', '2026-03-02T09:00:00.000Z')], false))).toEqual(['msg_1', ['evt_a']])
})

test('lines older than what is loaded wait with the older messages', () => {
  const events = [event('a', '2026-03-02T08:00:00Z'), event('b', '2026-03-02T10:30:00Z')]
  expect(shape(timelineOf([second], events, true))).toEqual(['msg_2', ['evt_b']])
  expect(shape(timelineOf([second], events, false))).toEqual([['evt_a'], 'msg_2', ['evt_b']])
})

test('a reply that was taken back is not shown', () => {
  expect(shape(timelineOf([message('3', '2026-03-02T11:00:00Z', { state: 'cancelled' }), first], [], false))).toEqual([
    'msg_1',
  ])
})

test('a day is named once', () => {
  const items = timelineOf([message('3', '2026-03-05T11:00:00Z'), second, first], [], false)
  expect(items.filter(({ kind }) => kind === 'day')).toHaveLength(2)
})
