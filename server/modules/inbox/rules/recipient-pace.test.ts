import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { asksForLess, holdMs, turnOf, type Pace } from './recipient-pace.ts'

const limits = { perMinute: 3, atOnce: 2 }
const idle: Pace = { goes: [], running: 0, waiting: 0, notBefore: null }
const now = 1_000_000

test('within its limits a mail goes at once and is remembered', () => {
  expect(turnOf(idle, limits, null, now)).toEqual({ go: true, turn: now, goes: [now], lookAt: now, why: null })
})

test('past the minute’s number it gets the first free turn and keeps it', () => {
  const goes = [now - 50_000, now - 10_000, now]
  const waits = turnOf({ ...idle, goes }, limits, null, now)
  expect(waits).toMatchObject({ go: false, turn: now + 10_000, lookAt: now + 10_000, why: 'minute' })
  const after = waits.goes
  expect(turnOf({ ...idle, goes: after }, limits, null, now).turn).toBe(now + 50_000)
  expect(turnOf({ ...idle, goes: after }, limits, waits.turn, now + 10_000)).toMatchObject({ go: true, goes: after })
  expect(turnOf({ ...idle, goes: after }, limits, waits.turn, now + 9999).go).toBe(false)
  // Missed, it is given anew: who comes late does not come all at once.
  expect(turnOf({ ...idle, goes: after }, limits, waits.turn, now + 20_000)).toMatchObject({
    go: false,
    turn: now + 50_000,
  })
})

test('with all places taken it looks again soon, many of them one after the other', () => {
  const busy = turnOf({ ...idle, running: 2 }, limits, null, now)
  expect(busy).toMatchObject({ go: false, lookAt: now + 2000, why: 'busy' })
  expect(turnOf({ ...idle, running: 2, waiting: 50 }, limits, null, now).lookAt).toBe(now + 12_000)
})

test('a domain that asked for less is left alone until its time', () => {
  expect(turnOf({ ...idle, notBefore: now + 1 }, limits, null, now)).toMatchObject({
    go: false,
    lookAt: now + 1,
    why: 'held',
  })
  expect(turnOf({ ...idle, notBefore: now }, limits, null, now).go).toBe(true)
  expect([1, 2, 3, 7, 50].map(holdMs)).toEqual([60_000, 120_000, 240_000, 3_600_000, 3_600_000])
})

test('no limit is no limit', () => {
  const goes = Array.from({ length: 1000 }, () => now)
  expect(turnOf({ ...idle, goes }, { perMinute: 0, atOnce: 2 }, null, now).go).toBe(true)
})

test('whatever comes when, no minute sees more turns than its number, and every mail has one', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 7 }), (waits, perMinute) => {
      let goes: readonly number[] = []
      let at = 0
      const turns: number[] = []
      for (const wait of waits) {
        at += wait
        const turn = turnOf({ ...idle, goes }, { perMinute, atOnce: 2 }, null, at)
        goes = turn.goes
        turns.push(turn.turn)
        expect(goes.length).toBeLessThanOrEqual(perMinute)
      }
      for (const [index, turn] of turns.entries()) {
        const later = turns[index + perMinute]
        if (later !== undefined) expect(later - turn).toBeGreaterThanOrEqual(60_000)
      }
    }),
  )
})

test.each([
  '421 4.7.0 Try again later, closing connection',
  '450 4.7.28 Our system has detected an unusual rate of unsolicited mail',
  '451 4.7.500 Server busy. Too many messages',
  '452 4.5.3 Too many recipients this hour',
  '451 Message rate limit exceeded',
])('%s asks for less', (answer) => expect(asksForLess(answer)).toBe(true))

test.each([
  '451 4.7.1 Greylisted, please try again later',
  '452 4.2.2 Mailbox full',
  '450 4.1.8 Sender address lookup failed',
  '550 5.7.1 Too many bad mails',
  'Connection timed out',
])('%s does not', (answer) => expect(asksForLess(answer)).toBe(false))
