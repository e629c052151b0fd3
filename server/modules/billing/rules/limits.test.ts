import { expect, it } from 'vitest'
import { money } from '#contract/money.ts'
import { buildPolicy } from './default-policy.ts'
import { amountApprover, convertUp, withinLimit } from './limits.ts'
import { policyInForce, RefundPolicy } from './policy.ts'

const rates = { on: '2026-11-12', base: 'USD', perUnit: { EUR: '1.085', JPY: '0.0066', KWD: '3.25', CLP: '0.00105' } }

it('converts with the exponents of both currencies and rounds up', () => {
  expect(convertUp(money(100, 'EUR'), 'USD', rates)?.amount).toBe(109)
  expect(convertUp(money(1000, 'JPY'), 'USD', rates)?.amount).toBe(660)
  expect(convertUp(money(1001, 'JPY'), 'USD', rates)?.amount).toBe(661)
  expect(convertUp(money(1000, 'KWD'), 'USD', rates)?.amount).toBe(325)
  expect(convertUp(money(100_000, 'CLP'), 'USD', rates)?.amount).toBe(10_500)
  expect(convertUp(money(5, 'USD'), 'USD', undefined)?.amount).toBe(5)
  expect(convertUp(money(Number.MAX_SAFE_INTEGER, 'EUR'), 'USD', rates)).toBeUndefined()
})

it('knows nothing without a rate on the right base', () => {
  expect(convertUp(money(100, 'CHF'), 'USD', rates)).toBeUndefined()
  expect(convertUp(money(100, 'EUR'), 'USD', { ...rates, base: 'EUR' })).toBeUndefined()
  expect(withinLimit(money(1, 'CHF'), { USD: 100 }, 'USD', rates)).toEqual({
    within: false,
    sentence: 'there is no limit and no daily rate for CHF',
  })
})

it("prefers a currency's own limit and shows the rate used otherwise", () => {
  expect(withinLimit(money(9000, 'EUR'), { EUR: 9000, USD: 1 }, 'USD', rates).within).toBe(true)
  expect(withinLimit(money(9000, 'EUR'), { USD: 9764 }, 'USD', rates)).toEqual({
    within: false,
    sentence: '90.00 EUR is 97.65 USD at the rate of 2026-11-12; the limit is 97.64 USD',
  })
})

it('names lead, then finance', () => {
  const policy = buildPolicy(1, '2026-01-01T00:00:00Z')
  expect(amountApprover(money(10_000, 'USD'), policy, rates)).toBeUndefined()
  expect(amountApprover(money(15_001, 'JPY'), policy, rates)?.role).toBe('lead')
  expect(amountApprover(money(150_001, 'JPY'), policy, rates)?.role).toBe('finance')
})

it('keeps policies as data, and picks the one in force when the charge was made', () => {
  const [first, second] = [buildPolicy(1, '2026-01-01T00:00:00Z'), buildPolicy(2, '2026-06-01T00:00:00Z')]
  expect(RefundPolicy.parse(JSON.parse(JSON.stringify(first)))).toEqual(first)
  const at = (text: string) => policyInForce([first, second], Temporal.Instant.from(text).epochMilliseconds)?.version
  expect([at('2026-05-31T23:59:59Z'), at('2026-06-01T00:00:00Z'), at('2025-01-01T00:00:00Z')]).toEqual([1, 2, 1])
  expect(policyInForce([], 0)).toBeUndefined()
})
