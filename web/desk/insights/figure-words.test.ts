import '../messages/rooms/insights.ts'
import { expect, test } from 'vitest'
import type { Kpi } from '#contract/kpi.ts'
import { changeWords, headline, ofWords, roundSpan } from './figure-words.ts'

function kpi(id: Kpi['definition']['id'], part: Partial<Kpi>): Kpi {
  return {
    definition: { id, version: 1, text: '' },
    basis: 'created',
    clock: 'business',
    n: 10,
    median: null,
    p90: null,
    unit: 'ms',
    hidden: null,
    excluded: [],
    withinTarget: null,
    censored: null,
    share: null,
    response: null,
    count: null,
    ages: null,
    oldest: null,
    tickets: '',
    ...part,
  }
}
const share = (value: number | null) => ({ part: 1, of: 9, value, low: value, high: value })

test('a card leads with a median, a count or a share', () => {
  expect(headline(kpi('first_reply_human', { median: 7_500_000 }))).toBe('2 h 05 min')
  expect(headline(kpi('backlog', { n: 1200, median: 9 }))).toBe('1,200')
  expect(headline(kpi('csat', { share: share(0.9) }))).toBe('90%')
})

test('below five there is no number to lead with', () => {
  expect(headline(kpi('resolution_first', { hidden: 'fewer_than_5' }))).toBeNull()
  expect(headline(kpi('reopened', { share: share(null) }))).toBeNull()
  expect(ofWords(share(null))).toBe('1 of 9')
})

test('a share says what it is made of and how sure it is; a target is as it was set', () => {
  expect(ofWords({ part: 11, of: 12, value: 0.92, low: 0.65, high: 0.99 })).toBe('11 of 12 (65–99%)')
  expect([roundSpan(14_400_000), roundSpan(16_200_000)]).toEqual(['4 h', '4 h 30 min'])
})

test('a change is in per cent, of a share in points', () => {
  expect(changeWords(kpi('solved', { n: 90 }), kpi('solved', { n: 100 }))).toBe('−10%')
  expect(changeWords(kpi('csat', { share: share(0.9) }), kpi('csat', { share: share(0.85) }))).toBe('+5 points')
  expect(changeWords(kpi('solved', { n: 90 }), kpi('solved', { n: 0 }))).toBeNull()
  expect(changeWords(kpi('solved', { n: 90 }), undefined)).toBeNull()
  expect(changeWords(kpi('solved', { n: 100 }), kpi('solved', { n: 100 }))).toBe('no change')
})
