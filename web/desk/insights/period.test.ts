import { expect, test } from 'vitest'
import { addDays, askedOf, before, dateIn, periodOf } from './period.ts'

test('a number of days ends today and counts it', () => {
  const period = periodOf({ days: '7' }, '2026-11-22')
  expect(period).toEqual({ preset: '7', from: '2026-11-16', to: null })
  expect(askedOf(period)).toEqual({ from: '2026-11-16' })
  expect(before(period, '2026-11-22')).toEqual({ asked: { from: '2026-11-09', to: '2026-11-16' }, days: 7 })
})

test('28 days unless the address says something that makes sense', () => {
  expect(periodOf({}, '2026-03-01').from).toBe('2026-02-02')
  expect(periodOf({ days: '13' }, '2026-03-01').preset).toBe('28')
  expect(periodOf({ from: '2026-03-02', to: '2026-03-01' }, '2026-03-01').preset).toBe('28')
})

test('both dates of a custom period belong to it', () => {
  const period = periodOf({ from: '2026-02-27', to: '2026-03-01' }, '2026-11-22')
  expect(askedOf(period)).toEqual({ from: '2026-02-27', to: '2026-03-02' })
  expect(before(period, '2026-11-22')).toEqual({ asked: { from: '2026-02-24', to: '2026-02-27' }, days: 3 })
})

test('a date is the one of the zone, and days are added over a change of clocks', () => {
  expect(dateIn('Asia/Tokyo', Date.parse('2026-11-22T20:00:00Z'))).toBe('2026-11-23')
  expect(dateIn('America/Los_Angeles', Date.parse('2026-11-22T02:00:00Z'))).toBe('2026-11-21')
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
})
