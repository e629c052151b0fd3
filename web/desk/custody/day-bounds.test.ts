import { expect, test } from 'vitest'
import { dayBounds } from './day-bounds.ts'

test('a range of dates ends with the last moment of its last day', () => {
  const { from, to } = dayBounds({ from: '2026-11-01', to: '2026-11-02' })
  expect(from).toBe(new Date(2026, 10, 1).toISOString())
  expect(to).toBe(new Date(2026, 10, 3).toISOString())
})

test('junk in the address is left out', () => {
  expect(dayBounds({ from: 'yesterday', to: '2026-11-02' })).toEqual({ to: new Date(2026, 10, 3).toISOString() })
  expect(dayBounds({})).toEqual({})
})
