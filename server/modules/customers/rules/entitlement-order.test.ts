import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EntitlementState } from '#contract/entitlements.ts'
import { decideEntitlement, entitlementFacts, hasAccess, type EntitlementFacts } from './entitlement-order.ts'

const state = (more: Partial<EntitlementState> = {}): EntitlementState => ({
  kind: 'workspace',
  email: 'ann@acme.test',
  access: 'granted',
  plan: 'Team',
  seats: 10,
  occurredAt: '2026-11-02T09:00:00Z',
  ...more,
})

/** What is known after these statements, in this order. */
function replay(states: readonly EntitlementState[]): EntitlementFacts | undefined {
  return states.map(entitlementFacts).reduce<EntitlementFacts | undefined>((known, said) => {
    return decideEntitlement(known, said) === 'older' ? known : said
  }, undefined)
}

describe('the newest statement stands', () => {
  test('new, again, later, changed, earlier', () => {
    const known = entitlementFacts(state())
    const decide = (more: Partial<EntitlementState>) => decideEntitlement(known, entitlementFacts(state(more)))
    expect(decideEntitlement(undefined, known)).toBe('new')
    expect(decide({})).toBe('same')
    expect(decide({ occurredAt: '2026-11-02T10:00:00+01:00' })).toBe('same')
    expect(decide({ occurredAt: '2026-11-02T09:00:01Z' })).toBe('same')
    expect(decide({ occurredAt: '2026-11-02T09:00:01Z', seats: 9 })).toBe('changed')
    expect(decide({ occurredAt: '2026-11-02T08:59:59Z', seats: 9 })).toBe('older')
  })

  test('any order, any repetition and any loss of earlier ones ends in the same state', () => {
    const statement = fc.record({
      seats: fc.integer({ min: 0, max: 3 }),
      access: fc.constantFrom('granted' as const, 'revoked' as const),
      occurredAt: fc.integer({ min: 0, max: 4 }).map((second) => `2026-11-02T09:00:0${second}Z`),
      quotas: fc.constantFrom(
        [],
        [{ name: 'questions', limit: 5, used: 1 }],
        [{ name: 'questions', limit: 5, used: 2 }],
      ),
    })
    const history = fc.array(statement, { minLength: 1, maxLength: 8 })
    const orders = history.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    )
    fc.assert(
      fc.property(orders, ([all, shuffled]) => {
        expect(replay(shuffled.map((said) => state({ ...said, quotas: [...said.quotas] })))).toEqual(
          replay(all.map((said) => state({ ...said, quotas: [...said.quotas] }))),
        )
      }),
      { numRuns: 2000, seed: 20261122 },
    )
  })
})

test('access ends at its time, or when it is taken away', () => {
  const at = Date.parse('2026-12-01T00:00:00Z')
  expect(hasAccess({ access: 'granted', accessUntil: null }, at)).toBe(true)
  expect(hasAccess({ access: 'granted', accessUntil: '2026-12-01T00:00:00.001Z' }, at)).toBe(true)
  expect(hasAccess({ access: 'granted', accessUntil: '2026-12-01T00:00:00.000Z' }, at)).toBe(false)
  expect(hasAccess({ access: 'revoked', accessUntil: null }, at)).toBe(false)
  expect(hasAccess({ access: 'deleted', accessUntil: '2027-12-01T00:00:00.000Z' }, at)).toBe(false)
})
