import { expect, it } from 'vitest'
import { afterPage, type Backfill } from './backfill-place.ts'

const kinds = ['customer', 'charge']
const start: Backfill = { stage: 'customer', cursor: null, read: 0, done: false, because: 'first' }

it('goes on in a list, then to the next kind, then is done, counting what was read', () => {
  const second = afterPage(start, kinds, 100, 'cus_100')
  expect(second).toEqual({ ...start, cursor: 'cus_100', read: 100 })
  const charges = afterPage(second, kinds, 20, null)
  expect(charges).toEqual({ ...start, stage: 'charge', cursor: null, read: 120 })
  expect(afterPage(charges, kinds, 0, null)).toEqual({ ...start, stage: 'done', cursor: null, read: 120, done: true })
})
