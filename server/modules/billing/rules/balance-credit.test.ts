import { expect, it } from 'vitest'
import { money } from '#contract/money.ts'
import { decideBalanceCredit, type BalanceCreditRequest } from './balance-credit.ts'
import { nov12 } from './build-facts.ts'
import { buildPolicy } from './default-policy.ts'
import type { Given } from './refund-request.ts'

const policy = buildPolicy(1, '2026-01-01T00:00:00Z')
const usd = (amount: number) => money(amount, 'USD')
const given = (amount: number, over: Partial<Given> = {}): Given => ({
  at: (nov12 - 86_400) * 1000,
  money: usd(amount),
  cause: 'goodwill',
  ...over,
})

/** What a credit of this many cents asks for, as "role code". */
function asks(amount: number, over: Partial<BalanceCreditRequest> = {}): string[] {
  const { approvals } = decideBalanceCredit({
    customer: { id: 'cus_1', balance: 0, created: 0, deleted: false, metadata: {} },
    money: usd(amount),
    authority: 'full',
    policy,
    givenBefore: [],
    now: nov12 * 1000,
    ...over,
  })
  return approvals.map(({ role, code }) => `${role} ${code}`)
}

it('counts what was given before, refunded or credited, against the cap of goodwill', () => {
  expect(asks(10_000)).toEqual([])
  expect(asks(1_000, { givenBefore: [given(9_000)] })).toEqual([])
  expect(asks(1_001, { givenBefore: [given(9_000)] })).toEqual(['lead goodwill_cap'])
  expect(asks(1_001, { givenBefore: [given(9_000, { at: (nov12 - 366 * 86_400) * 1000 })] })).toEqual([])
  expect(asks(1_001, { givenBefore: [given(9_000, { cause: 'outage' })] })).toEqual([])
})

it('asks a lead for the third in a year, as for a third refund', () => {
  expect(asks(100, { givenBefore: [given(100), given(100, { cause: 'remorse' })] })).toEqual(['lead repeat'])
})

it('adds up goodwill in several currencies at the daily rate, and trusts nobody without one', () => {
  const givenBefore = [given(8_000, { money: money(8_000, 'EUR') })]
  const rates = { on: '2026-11-12', base: 'USD', perUnit: { EUR: '1.1' } }
  expect(asks(1_200, { givenBefore, rates })).toEqual([]) // 88.00 + 12.00
  expect(asks(1_201, { givenBefore, rates })).toEqual(['lead goodwill_cap'])
  expect(asks(1, { givenBefore })).toEqual(['lead goodwill_cap'])
})
