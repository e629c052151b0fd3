import { expect, test } from 'vitest'
import { governingPolicy } from './governing-policy.ts'
import { buildPolicy, defaultLimits } from './rules/default-policy.ts'

const day = (text: string) => Temporal.Instant.from(`${text}T00:00:00Z`).epochMilliseconds
const first = buildPolicy(1, '2026-01-01T00:00:00Z')
const second = buildPolicy(2, '2026-06-01T00:00:00Z', {
  ...defaultLimits,
  autoLimit: { USD: 1 },
  monthlyWindowDays: 3,
  yearlyWindowDays: 4,
})

test('the customer keeps the windows of the day they paid, the desk its limits of today', () => {
  const governing = governingPolicy([second, first], day('2026-05-31'), day('2026-06-02'))
  expect(governing.version).toBe(2)
  expect(governing.limits).toMatchObject({ autoLimit: { USD: 1 }, monthlyWindowDays: 14, yearlyWindowDays: 30 })
})

test('who pays under the new version gets its windows; who paid before the first gets the first’s', () => {
  expect(governingPolicy([first, second], day('2026-06-01'), day('2026-06-02')).limits.monthlyWindowDays).toBe(3)
  expect(governingPolicy([first, second], day('2020-01-01'), day('2026-06-02')).limits.monthlyWindowDays).toBe(14)
})
