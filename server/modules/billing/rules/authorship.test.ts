import { expect, test } from 'vitest'
import { authorWords, type EventFacts } from './authorship.ts'

const change: EventFacts = {
  type: 'customer.subscription.updated',
  object: 'sub_1',
  at: 1000,
  requested: true,
  changed: ['items'],
  scheduled: false,
  feedback: false,
}
const visit: EventFacts = { ...change, type: 'billing_portal.session.created', object: 'cus_1', changed: [] }
const operations = [{ id: 'op_01jd5h3v8q7w9x2y4z6a8b0c1d', what: 'a refund', by: 'Mia Chen' }]

function by(...events: EventFacts[]): string {
  const types = ['customer.subscription.updated', 'charge.succeeded', 'charge.dispute.created']
  return authorWords({ object: 'sub_1', types, at: 1010, changed: ['items'] }, { events, operations })
}

test('an operation of ours is known by its key, or by its id on the object', () => {
  expect(by({ ...change, key: `${operations[0]?.id}:2` })).toBe('By Mia Chen, who ordered a refund here.')
  expect(by({ ...change, operation: 'op_01jd5h3v8q7w9x2y4z6a8b0c1d' })).toBe('By Mia Chen, who ordered a refund here.')
  expect(by({ ...change, key: 'op_01jd5h3v8q7w9x2y4z6a8b0c1e:1' })).toMatch(/^By a request/)
})

test('what nobody requested was planned, collected or disputed', () => {
  const quiet = { ...change, requested: false }
  expect(by({ ...quiet, scheduled: true })).toBe('By the schedule of the subscription.')
  expect(by(quiet)).toBe('By Stripe itself, as it had been planned.')
  expect(by({ ...quiet, type: 'charge.succeeded' })).toBe('By Stripe’s automatic collection.')
  expect(by({ ...quiet, type: 'charge.dispute.created' })).toBe('By the cardholder, at their bank.')
})

test('a request is the customer’s only where something speaks for it', () => {
  expect(by(change)).toBe('By a request to Stripe; not known whose.')
  expect(by(change, { ...visit, at: 1000 - 3600 })).toMatch(/^Probably by the customer, who had opened/)
  expect(by(change, { ...visit, at: 1000 - 3601 })).toMatch(/^By a request/)
  expect(by(change, { ...visit, at: 1001 })).toMatch(/^By a request/)
  expect(by({ ...change, feedback: true })).toMatch(/^Probably by the customer, who gave a reason/)
})

test('an event of another time, object or field is not it', () => {
  for (const other of [{ at: 1131 }, { object: 'sub_2' }, { changed: ['metadata'] }, { type: 'invoice.paid' }])
    expect(by({ ...change, ...other })).toBe('Not known by whom.')
  expect(by()).toBe('Not known by whom.')
  expect(by({ ...change, at: 1100, scheduled: true, requested: false }, change)).toMatch(/^By a request/)
})
