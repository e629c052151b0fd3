import { expect, it } from 'vitest'
import { driftOf } from './mirror-drift.ts'

const charge = { id: 'ch_1', amount: 100, refunds: [{ id: 're_1', status: 'pending' }], metadata: {} }

it('finds nothing where only the order of fields or what is made anew at each reading differs', () => {
  expect(driftOf({ amount: 1, id: 'a', receipt_url: 'x' }, { id: 'a', receipt_url: 'y', amount: 1 })).toEqual([])
})

it('names the path of each field that differs, is missing or is new', () => {
  const read = { id: 'ch_1', amount: 90, refunds: [{ id: 're_1', status: 'failed' }], metadata: { key: 'v' } }
  expect(driftOf(charge, read)).toEqual(['amount', 'metadata.key', 'refunds.0.status'])
  expect(driftOf(charge, { ...charge, refunds: [] })).toEqual(['refunds.0'])
  expect(driftOf({ ...charge, amount: null }, charge)).toEqual(['amount'])
  expect(driftOf({ list: [] }, { list: {} })).toEqual(['list'])
})

it('calls an object that Stripe knows no more gone, and never names more than twenty paths', () => {
  expect(driftOf(charge, null)).toEqual(['gone'])
  const many = (value: number) => Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}`, value]))
  expect(driftOf(many(1), many(2))).toHaveLength(20)
})
