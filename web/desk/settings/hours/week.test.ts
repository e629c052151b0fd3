import { expect, test } from 'vitest'
import { dayProblem, nextWindow, readTime, weeklyHours } from './week.ts'

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['09:30', '09:30'],
  ['9.30', '09:30'],
  ['1730', '17:30'],
  ['24', '24:00'],
  ['24:30', null],
  ['9:75', null],
  ['noon', null],
  ['', null],
])('%j is read as %j', (text, time) => {
  expect(readTime(text)).toBe(time)
})

test('a day names its first problem', () => {
  expect(
    dayProblem([
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '24:00' },
    ]),
  ).toBeNull()
  expect(dayProblem([{ from: '9', to: '12:00' }])).toBe('time')
  expect(dayProblem([{ from: '17:00', to: '09:00' }])).toBe('order')
  expect(
    dayProblem([
      { from: '12:00', to: '18:00' },
      { from: '09:00', to: '13:00' },
    ]),
  ).toBe('overlap')
  // One window may begin where another ends.
  expect(
    dayProblem([
      { from: '09:00', to: '12:00' },
      { from: '12:00', to: '13:00' },
    ]),
  ).toBeNull()
})

test('the hours of a week are summed over all windows', () => {
  const none = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
  expect(weeklyHours(none)).toBe(0)
  const halves = [
    { from: '09:00', to: '12:30' },
    { from: '13:00', to: '17:00' },
  ]
  expect(weeklyHours({ ...none, 1: halves, 7: [{ from: '00:00', to: '24:00' }] })).toBe(31.5)
})

test('a window that is added stands after the others and inside the day', () => {
  expect(nextWindow([])).toEqual({ from: '09:00', to: '17:00' })
  expect(nextWindow([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '15:00' })
  expect(nextWindow([{ from: '20:00', to: '23:30' }])).toEqual({ from: '23:00', to: '24:00' })
})
