import { expect, test } from 'vitest'
import { dateOf, sideOf, threadKeys } from './imported-mail.ts'

const one = (address: string) => ({ address, name: '' })
const own = ['support@desk.test']
const agents = new Set(['mia@desk.test'])

test.each([
  ['a customer’s mail', 'ann@old.test', ['support@desk.test'], 'inbound', 'ann@old.test'],
  ['our answer', 'Support+ref@desk.test', ['ann@old.test'], 'outbound', 'ann@old.test'],
  [
    'an agent’s answer, with a colleague first',
    'MIA@desk.test',
    ['support@desk.test', 'ann@old.test'],
    'outbound',
    'ann@old.test',
  ],
  ['a mail among ourselves', 'mia@desk.test', ['support@desk.test'], 'outbound', 'mia@desk.test'],
])('%s has its direction and its other side', (_what, from, to, direction, requester) => {
  const side = sideOf({ from: one(from), to: to.map(one), cc: [] }, own, agents)
  expect([side.direction, side.requester.address]).toEqual([direction, requester])
})

test('a mail is dated as it says, else as the archive says, and never in the future', () => {
  const now = Temporal.Instant.from('2026-11-02T09:00:00Z')
  const archived = Temporal.Instant.from('2025-03-03T10:00:00Z')
  expect(dateOf('2024-01-01T00:00:00Z', archived, now).toString()).toBe('2024-01-01T00:00:00Z')
  expect(dateOf(undefined, archived, now)).toBe(archived)
  expect(dateOf('2031-01-01T00:00:00Z', archived, now)).toBe(archived)
  expect(dateOf('1960-01-01T00:00:00Z', null, now)).toBe(now)
  expect(dateOf('yesterday', null, now)).toBe(now)
})

test('a mail is looked for by what it answers, then by what it names, then by itself', () => {
  expect(threadKeys({ providerId: 'c', inReplyTo: 'b', references: ['a', 'b'] })).toEqual(['b', 'a', 'c'])
  expect(threadKeys({ references: [] })).toEqual([])
})
