import { describe, expect, test } from 'vitest'
import type { ProductActionDefinition } from '#contract/product.ts'
import { checkEntitlements } from './entitlement-check.ts'
import { readCallAnswer, readStatusAnswer, type Reply } from './product-answer.ts'
import { approvalFor, effectsOf, faultOfDefinition, faultOfEffect, faultOfValues } from './product-preview.ts'
import { nextStep } from './next-step.ts'
import { decideProductAction } from './product-decision.ts'

const answer = (status: number, body: unknown): Reply => ({ got: 'answer', status, body: JSON.stringify(body) })

describe('what a call was answered', () => {
  test.each([
    [answer(200, { status: 'done' }), 'ok'],
    [answer(202, { status: 'accepted' }), 'accepted'],
    [answer(200, { status: 'failed', reason: 'no' }), '4xx'],
    [answer(422, { status: 'failed', reason: 'no' }), '4xx'],
    [answer(404, 'not here'), '4xx'],
    [answer(409, {}), '409'],
    [answer(429, {}), '429'],
    [answer(500, { status: 'done' }), '5xx'],
    [answer(200, 'fine'), '5xx'],
    [answer(200, { status: 'absent' }), '5xx'],
    [answer(302, {}), '5xx'],
    [{ got: 'refused', detail: 'private' }, '4xx'],
    [{ got: 'timeout', detail: '' }, 'timeout'],
  ] as [Reply, string][])('%j is %s', (reply, outcome) => {
    expect(readCallAnswer(reply).outcome).toBe(outcome)
  })

  test.each([
    [answer(404, 'Not found'), 'failed'],
    [answer(404, { status: 'absent' }), 'absent'],
    [answer(200, { status: 'absent' }), 'absent'],
    [answer(503, { status: 'absent' }), 'failed'],
    [answer(500, { status: 'done' }), 'failed'],
    [answer(200, { status: 'failed' }), 'refused'],
    [answer(200, { status: 'accepted' }), 'accepted'],
    [answer(200, { status: 'done' }), 'found'],
    [{ got: 'connection_lost', detail: '' }, 'failed'],
  ] as [Reply, string][])('of the question, %j is %s', (reply, outcome) => {
    expect(readStatusAnswer(reply).outcome).toBe(outcome)
  })
})

describe('what was accepted', () => {
  const accepted = { key: 'op_1:1', at: 0, endedAt: 10, outcome: 'accepted' as const }
  const step = (
    lookups: { at: number; outcome: 'accepted' | 'absent' | 'refused' | 'found' | 'failed' }[],
    now: number,
  ) => nextStep({ operationId: 'op_1', attempts: [accepted], lookups, now })

  test('is asked after, never ordered again', () => {
    expect(step([], 500)).toEqual({ do: 'wait', until: 1010 })
    expect(step([], 1010)).toEqual({ do: 'look_up' })
    expect(step([{ at: 1010, outcome: 'accepted' }], 1500)).toEqual({ do: 'wait', until: 3010 })
    expect(step([{ at: 1010, outcome: 'failed' }], 3010)).toEqual({ do: 'look_up' })
    expect(step([{ at: 1010, outcome: 'found' }], 1500)).toMatchObject({ do: 'done' })
    expect(step([{ at: 1010, outcome: 'refused' }], 1500)).toMatchObject({ do: 'failed' })
    expect(step([{ at: 1010, outcome: 'absent' }], 1500)).toMatchObject({ do: 'unknown' })
    expect(step([{ at: 1010, outcome: 'accepted' }], 80 * 3_600_000)).toMatchObject({ do: 'unknown' })
  })
})

const definition: ProductActionDefinition = {
  name: 'set_seats',
  title: 'Set seats',
  parameters: [
    { name: 'seats', label: 'Seats', type: 'integer', required: true, min: 1, max: 100 },
    { name: 'why', label: 'Why', type: 'choice', required: false, choices: ['sold', 'gift'] },
  ],
  effect: '{key} gets {seats} seats.',
  endpoint: 'https://product.example/act',
  statusEndpoint: 'https://product.example/status',
  permission: 'tickets.write',
  approval: { role: 'lead', above: { parameter: 'seats', value: 50 } },
  needsAuthority: false,
  destructive: false,
  expects: [{ field: 'seats', parameter: 'seats' }],
  enabled: true,
}

describe('a definition and its values', () => {
  test('is refused where it cannot be meant', () => {
    expect(faultOfDefinition(definition)).toBeUndefined()
    const fault = (change: Partial<ProductActionDefinition>) => faultOfDefinition({ ...definition, ...change })
    expect(fault({ effect: '{colour}' })).toContain('{colour}')
    expect(fault({ approval: { role: 'lead', above: { parameter: 'why', value: 1 } } })).toContain('whole number')
    expect(fault({ expects: [{ field: 'seats' }] })).toContain('either')
    expect(fault({ expects: [{ field: 'seats', parameter: 'colour' }] })).toContain('colour')
    expect(fault({ parameters: [...definition.parameters, ...definition.parameters] })).toContain('twice')
  })

  test.each([
    [{ seats: 5 }, undefined],
    [{ seats: 5, why: 'sold' }, undefined],
    [{}, 'missing'],
    [{ seats: '5' }, 'whole number'],
    [{ seats: 0 }, 'at least 1'],
    [{ seats: 101 }, 'at most 100'],
    [{ seats: 5, why: 'theft' }, 'one of'],
    [{ seats: 5, colour: 'red' }, 'no parameter'],
  ])('%j', (values, words) => {
    const fault = faultOfValues(definition, values as Record<string, string | number>)
    if (words === undefined) expect(fault).toBeUndefined()
    else expect(fault).toContain(words)
  })

  test('above the number somebody approves, and the preview says so', () => {
    expect([approvalFor(definition, { seats: 50 }), approvalFor(definition, { seats: 51 })]).toEqual([null, 'lead'])
    const known = { plan: 'Team', seats: 5, access: 'granted', occurredAt: '2026-11-02T09:00:00.000Z' }
    expect(effectsOf({ definition, key: 'ws_1', values: { seats: 51 }, known })).toEqual([
      'ws_1 gets 51 seats.',
      'Now, as of 2026-11-02 09:00 UTC: granted, Team, 5 seats.',
      'Afterwards the product is asked whether it is so.',
    ])
  })

  test('authority is shown, overridden by a lead, or refused where nobody asked', () => {
    const decide = (needsAuthority: boolean, authority: 'full' | 'disclose_only' | 'none' | 'not_asked') =>
      decideProductAction({
        definition: { ...definition, needsAuthority },
        key: 'ws_1',
        values: { seats: 5 },
        known: null,
        authority,
        policyVersion: 1,
      })
    expect(decide(true, 'full')).toMatchObject({ outcome: 'proceed', approvals: [] })
    for (const level of ['none', 'disclose_only'] as const)
      expect(decide(true, level).approvals).toMatchObject([{ role: 'lead', code: 'authority_override' }])
    expect(decide(true, 'not_asked')).toMatchObject({ outcome: 'refuse', reasons: [{ code: 'nobody_asked' }] })
    expect(decide(false, 'not_asked')).toMatchObject({ outcome: 'proceed', approvals: [] })
  })

  test('afterwards it must be so', () => {
    const after = (seats: number) => faultOfEffect(definition, { seats: 7 }, { access: 'granted', seats })
    expect(after(7)).toBeUndefined()
    expect(after(5)).toContain('seats is 5 instead of 7')
    expect(faultOfEffect(definition, { seats: 7 }, null)).toContain('not what is so now')
  })
})

describe('what Stripe says and what the product grants', () => {
  const check = (change: object) =>
    checkEntitlements({
      linked: true,
      read: true,
      subscriptions: [{ plan: 'Team', status: 'active', seats: 40 }],
      entitlements: [{ key: 'ws_1', kind: 'workspace', hasAccess: true, seats: 40 }],
      ...change,
    }).sentences.join()
  test('is compared where both are known', () => {
    expect(check({})).toBe('')
    expect(check({ entitlements: [{ key: 'ws_1', kind: 'workspace', hasAccess: false, seats: 40 }] })).toContain(
      'Paid, but no access',
    )
    expect(check({ subscriptions: [{ plan: 'Team', status: 'canceled', seats: 40 }] })).toContain(
      'Access, but not paid',
    )
    expect(check({ entitlements: [{ key: 'ws_1', kind: 'workspace', hasAccess: true, seats: 37 }] })).toBe(
      'Seats differ: 40 are paid at Stripe, the product gives 37.',
    )
    expect(check({ entitlements: [{ key: 'ws_1', kind: 'workspace', hasAccess: true, seats: null }] })).toBe('')
    expect(check({ linked: false })).toContain('no Stripe customer is linked')
    expect(check({ entitlements: [] })).toContain('has not said')
  })
})
