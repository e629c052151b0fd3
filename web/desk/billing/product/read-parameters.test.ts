import '../../messages/rooms/billing.ts'
import { expect, test } from 'vitest'
import type { ProductParameter } from '#contract/product.ts'
import { readParameters } from './read-parameters.ts'

const parameters: ProductParameter[] = [
  { name: 'seats', label: 'Seats', type: 'integer', required: true, min: 1, max: 500 },
  { name: 'owner', label: 'New owner', type: 'email', required: false },
  { name: 'notify', label: 'Tell them', type: 'boolean', required: true },
]

test('what was typed becomes what the API takes; empty is left out', () => {
  expect(readParameters(parameters, { seats: ' 12 ', owner: '' })).toEqual({
    values: { seats: 12, notify: false },
    problems: {},
  })
  expect(readParameters(parameters, { seats: '12', owner: 'a@b.test', notify: true }).values).toEqual({
    seats: 12,
    owner: 'a@b.test',
    notify: true,
  })
})

test.each([
  ['', 'Seats is missing.'],
  ['12.5', 'Seats must be a whole number.'],
  ['1e3', 'Seats must be a whole number.'],
  ['0', 'Seats must be at least 1.'],
  ['501', 'Seats must be at most 500.'],
])('%j is refused beside its field', (seats, problem) => {
  const read = readParameters(parameters, { seats })
  expect(read.problems).toEqual({ seats: problem })
  expect(read.values).not.toHaveProperty('seats')
})
