import '../../messages/rooms/settings.ts'
import { expect, test } from 'vitest'
import type { LedgerEvent } from '#contract/events.ts'
import { dataWords } from './data-words.ts'
import { typeWords } from './event-types.ts'

const agentId = 'agt_01jd0000000000000000000abc'
const desk: LedgerEvent['actor'] = { kind: 'system', id: null, name: null }
const words = (data: LedgerEvent['data'], actor = desk) => dataWords({ data, actor }, new Map([[agentId, 'Mia Berg']]))

test('an event says what it carries, with names for ids that are known', () => {
  const data = { agentId, fields: ['teamIds', 'roles'], roles: ['admin', 'lead'], disabled: false, reason: null }
  expect(words(data)).toBe('agent Mia Berg · fields teamIds, roles · roles Admin, Lead · disabled no')
})

test('an unknown id is shortened to its kind and its end, a code is written as words', () => {
  expect(words({ mailboxId: 'box_01jd00000000000000000qwert', target: 'first_reply' })).toBe(
    'mailbox box_…0qwert · target first reply',
  )
  expect(words({ charge: 'ch_5jf38wWgjBo6g4WlwJVRnyNi' })).toBe('charge ch_…VRnyNi')
})

test('who acted is not said twice', () => {
  const mia: LedgerEvent['actor'] = { kind: 'agent', id: agentId, name: 'Mia Berg' }
  expect(words({ agentId, by: 'password' }, mia)).toBe('by password')
})

test('money is written with its currency, never as minor units', () => {
  expect(words({ max: 104_000, currency: 'EUR', cause: 'duplicate' })).toBe('max 1,040.00 EUR · cause duplicate')
  expect(words({ money: { amount: 2800, currency: 'JPY' } })).toBe('money 2,800 JPY')
})

test('a type reads as words', () => {
  expect(typeWords('ticket.status_changed')).toBe('Ticket status changed')
  expect(typeWords('api_key.created')).toBe('API key created')
})

test('what is nested is said in words too, in brackets, and nothing of it is lost', () => {
  const hours = { monday: [{ from: '09:00', to: '17:00' }], sunday: [] }
  const data = { hours, limits: { refund: { amount: 5000, currency: 'USD' } } }
  expect(words(data)).toBe('hours (monday (from 09:00, to 17:00)) · limits (refund 50.00 USD)')
})
