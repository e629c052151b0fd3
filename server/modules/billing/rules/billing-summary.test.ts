import { describe, expect, it } from 'vitest'
import { summarizeSubscription } from './billing-summary.ts'
import { buildSubscription, dec3, nov12, utc } from './build-facts.ts'
import type { SubscriptionFacts } from './facts.ts'

const names = { price_team: 'Team', price_seats: 'Extra seats' }
const summary = (over: Partial<SubscriptionFacts> = {}) =>
  summarizeSubscription(buildSubscription(over), { names, ...utc })
const item = buildSubscription().items[0]!

const cases: [string, Partial<SubscriptionFacts>, string][] = [
  ['active', {}, 'Team, monthly: active, next charge 49.00 USD on 3 Dec.'],
  [
    'with seats',
    { items: [{ ...item, quantity: 5 }] },
    'Team, monthly: active with 5 seats, next charge 245.00 USD on 3 Dec.',
  ],
  ['ending', { cancelAtPeriodEnd: true }, 'Team, monthly: active, cancelled and ending on 3 Dec.'],
  [
    'trial',
    { status: 'trialing', trialEnd: nov12 },
    'Team, monthly: on trial until 12 Nov, next charge 49.00 USD on 12 Nov.',
  ],
  ['past due', { status: 'past_due' }, 'Team, monthly: past due: the last payment failed.'],
  ['ended', { status: 'canceled', endedAt: nov12 }, 'Team, monthly: ended on 12 Nov.'],
  [
    'collection paused',
    { pausedCollection: 'void' },
    'Team, monthly: active, but collection is paused; nothing is charged.',
  ],
  ['sold by Apple', { source: 'apple' }, 'Team, monthly: active, billed by Apple.'],
  [
    'metered',
    { items: [{ ...item, metered: true, unitAmount: undefined }] },
    'Team, monthly: active, next charge on 3 Dec.',
  ],
  [
    'two items',
    { items: [item, { ...item, id: 'si_2', price: 'price_seats', unitAmount: 1000, quantity: 2 }] },
    'Team + Extra seats, monthly: active, next charge 69.00 USD on 3 Dec.',
  ],
  [
    'every three months',
    { items: [{ ...item, intervalCount: 3 }] },
    'Team, every 3 months: active, next charge 49.00 USD on 3 Dec.',
  ],
  ['a status not known here', { status: 'brand_new' }, 'Team, monthly: brand new.'],
]

describe('a subscription in words', () => {
  it.each(cases)('%s', (_, over, sentence) => {
    expect(summary(over).sentence).toBe(sentence)
  })

  it('gives the facts beside the words', () => {
    expect(summary()).toMatchObject({
      plan: 'Team, monthly',
      seats: 1,
      unit: { amount: 4900, currency: 'USD' },
      interval: 'month',
      nextCharge: { at: dec3, money: { amount: 4900, currency: 'USD' } },
      endsAt: null,
    })
    expect(summary({ cancelAt: nov12 })).toMatchObject({ nextCharge: null, endsAt: nov12 })
    expect(summary({ items: [] })).toMatchObject({ plan: 'No plan', seats: null, nextCharge: null })
    expect(summary({ status: 'past_due' }).nextCharge).toBeNull()
  })
})
