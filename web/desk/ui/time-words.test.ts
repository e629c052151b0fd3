import { expect, test } from 'vitest'
import { duration, exactTime, momentOf, relativeTime } from './time-words.ts'

const now = Date.UTC(2026, 10, 3, 12)
const minutes = (n: number) => n * 60_000

test.each([
  [20_000, 'now'],
  [minutes(12), '12 min'],
  [minutes(59.9), '59 min'],
  [minutes(60), '1 h'],
  [minutes(23 * 60 + 59), '23 h'],
  [minutes(24 * 60), '2 Nov'],
  [minutes(366 * 24 * 60), '2 Nov 2025'],
])('what happened %d ms ago is told as %s', (ago, words) => {
  expect(relativeTime(now - ago, now)).toBe(words)
})

test('a duration never says zero and turns to days after two', () => {
  expect([duration(1), duration(minutes(47 * 60)), duration(minutes(49 * 60))]).toEqual(['1 min', '47 h', '2 d'])
})

test('a moment in a table has its day and minute, and its year when it is another one', () => {
  const at = (year: number) => new Date(year, 10, 3, 14, 5).getTime()
  expect([momentOf(at(2026), now), momentOf(at(2025), now)]).toEqual(['3 Nov 14:05', '3 Nov 2025 14:05'])
})

test('the exact time is given in the zone asked for, and an unknown zone does not break the screen', () => {
  expect(exactTime(now, 'Asia/Tokyo')).toBe('Tue, 3 Nov 2026, 21:00')
  expect(exactTime(now, 'Mars/Base')).toContain('2026')
})
