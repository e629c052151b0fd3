import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attemptSettings,
  nextAttempt,
  type Attempt,
  type AttemptOutcome,
  type Lookup,
  type NextStep,
} from './attempts.ts'

const day = 86_400_000
const { settleMs } = attemptSettings

const tried = (outcome: AttemptOutcome, at = 0, key = 'op_1:1', detail?: string): Attempt => ({
  key,
  at,
  endedAt: outcome === 'started' ? undefined : at,
  outcome,
  detail,
})
const looked = (outcome: Lookup['outcome'], at: number): Lookup => ({
  at,
  outcome,
  found: outcome === 'found' ? 're_1' : undefined,
})
const next = (attempts: Attempt[], lookups: Lookup[], now: number): NextStep =>
  nextAttempt({ operationId: 'op_1', attempts, lookups, now })

const call = (attempt: number): NextStep => ({ do: 'call', key: `op_1:${attempt}`, attempt })
const cases: [string, Attempt[], Lookup[], number, NextStep][] = [
  ['nothing tried', [], [], 0, call(1)],
  ['nothing tried for days', [], [], 9 * day, call(1)],
  ['done', [{ ...tried('ok'), found: 'cn_1' }], [], 0, { do: 'done', found: 'cn_1' }],
  ['died in the call: same key', [tried('started')], [], 2000, call(1)],
  ['connection lost: wait, then same key', [tried('connection_lost')], [], 999, { do: 'wait', until: 1000 }],
  ['connection lost: same key', [tried('connection_lost')], [], 1000, call(1)],
  ['409: same key, longer each time', [tried('409'), tried('409', 5000)], [], 6000, { do: 'wait', until: 7000 }],
  ['429: as long as Stripe says', [{ ...tried('429'), retryAfterMs: 9000 }], [], 5000, { do: 'wait', until: 9000 }],
  ['5xx: look', [tried('5xx')], [], 0, { do: 'look_up' }],
  ['5xx, absent too early', [tried('5xx')], [looked('absent', 10)], 20, { do: 'wait', until: settleMs }],
  ['5xx, absent too early, later', [tried('5xx')], [looked('absent', 10)], settleMs, { do: 'look_up' }],
  ['5xx, proven absent: new key', [tried('5xx')], [looked('absent', settleMs)], settleMs, call(2)],
  ['5xx, found', [tried('5xx')], [looked('found', 10)], 20, { do: 'done', found: 're_1' }],
  ['5xx, lookup failed: wait', [tried('5xx')], [looked('failed', 10)], 20, { do: 'wait', until: 1010 }],
  [
    'an absence before the last call proves nothing',
    [tried('5xx'), tried('5xx', 90_000, 'op_1:2')],
    [looked('absent', settleMs)],
    90_000,
    { do: 'look_up' },
  ],
  ['refused', [tried('4xx', 0, 'op_1:1', 'No such charge.')], [], 0, { do: 'failed', reason: 'No such charge.' }],
  ['refused after a lost answer: look', [tried('connection_lost'), tried('4xx', 2000)], [], 2000, { do: 'look_up' }],
  [
    'refused after a 429',
    [tried('429'), tried('4xx', 2000, 'op_1:1', 'No.')],
    [],
    2000,
    { do: 'failed', reason: 'No.' },
  ],
  ['lost, then a day passes: look first', [tried('connection_lost')], [], day, { do: 'look_up' }],
  ['lost, a day later, absent: new key', [tried('timeout')], [looked('absent', day)], day, call(2)],
  [
    'only 429 for three days',
    [tried('429')],
    [],
    3 * day,
    { do: 'failed', reason: 'Stripe took no request for this for three days; nothing was moved.' },
  ],
  [
    'died long ago, and read before the call could have ended',
    [tried('started')],
    [looked('absent', settleMs)],
    day,
    { do: 'look_up' },
  ],
]

describe('the next step', () => {
  it.each(cases)('%s', (_, attempts, lookups, now, step) => {
    expect(next(attempts, lookups, now)).toEqual(step)
  })

  it('asks a person when Stripe cannot be asked any more', () => {
    const failed = Array.from({ length: 10 }, (_, n) => looked('failed', 3 * day + n))
    expect(next([tried('timeout')], failed, 4 * day)).toMatchObject({ do: 'unknown' })
    expect(next([tried('timeout')], [...failed, looked('found', 4 * day)], 4 * day)).toMatchObject({ do: 'done' })
    expect(next([tried('timeout')], [...failed, looked('absent', 4 * day)], 4 * day)).toMatchObject({ do: 'failed' })
  })
})

const faults = [
  'fine',
  'fine',
  'lost_before',
  'lost_after',
  'lost_late',
  'timeout_late',
  '500_before',
  '500_after',
  '502_late',
  '409',
  '429',
  'refused',
  'crash_before',
  'crash_after',
  'crash_late',
] as const
type Fault = (typeof faults)[number]

/** A Stripe small enough to trust: keys with stored answers for a day, effects that show a little later. */
function modelStripe() {
  const stored = new Map<string, { at: number; answer: 'ok' | '5xx'; id?: string }>()
  const effects: { id: string; shownAt: number }[] = []
  const late: { at: number; run: () => void }[] = []
  const perform = (
    key: string,
    at: number,
    answer: 'ok' | '5xx',
    acts: boolean,
    lag: number,
  ): { answer: 'ok' | '5xx'; id?: string } => {
    const known = stored.get(key)
    if (known && at - known.at < day) return known
    const id = acts ? `re_${effects.length + 1}` : undefined
    if (id) effects.push({ id, shownAt: at + lag })
    const result = { at, answer, id }
    stored.set(key, result)
    return result
  }
  return {
    effects,
    perform,
    later: (at: number, run: () => void) => late.push({ at, run }),
    settle(now: number) {
      for (const item of late.filter((one) => one.at <= now)) item.run()
      late.splice(0, late.length, ...late.filter((one) => one.at > now))
    },
    read: (now: number) => effects.find((effect) => effect.shownAt <= now)?.id,
  }
}

const calm = { fault: 'fine' as const, lag: 0, pause: 0, gap: 0, blind: false }

/**
 * Runs one operation against the model. `script` says what goes wrong, turn by turn: how long the worker was away before it
 * decided (`pause`), how long until it acted (`gap`), how late a call or its effect arrives (`lag`).
 */
function run(
  script: readonly { fault: Fault; lag: number; pause: number; gap: number; blind: boolean }[],
  forever: boolean,
) {
  const stripe = modelStripe()
  const attempts: Attempt[] = []
  const lookups: Lookup[] = []
  let now = 0
  let turn = 0
  for (let steps = 0; steps < 20_000; steps++) {
    const event = (forever ? script[turn % script.length] : script[turn]) ?? calm
    now += event.pause
    stripe.settle(now)
    const step = next(attempts, lookups, now)
    if (step.do === 'done' || step.do === 'failed' || step.do === 'unknown') {
      stripe.settle(now + 2 * day)
      return { step, effects: stripe.effects, steps }
    }
    if (step.do === 'wait') {
      expect(step.until).toBeGreaterThan(now)
      now = step.until
      continue
    }
    turn++
    now += event.gap
    stripe.settle(now)
    if (step.do === 'look_up') {
      const found = stripe.read(now)
      lookups.push(
        event.blind ? { at: now, outcome: 'failed' } : { at: now, outcome: found ? 'found' : 'absent', found },
      )
      now += 5
      continue
    }
    attempts.push(callOnce(stripe, step.key, event, now))
    now = Math.max(now, attempts.at(-1)?.endedAt ?? now + 5)
  }
  throw new Error('never ends')
}

function callOnce(
  stripe: ReturnType<typeof modelStripe>,
  key: string,
  event: { fault: Fault; lag: number },
  at: number,
): Attempt {
  const { fault, lag } = event
  const end = (outcome: AttemptOutcome, more: Partial<Attempt> = {}): Attempt => ({
    key,
    at,
    endedAt: at + 5,
    outcome,
    ...more,
  })
  const act = (answer: 'ok' | '5xx', acts: boolean) => stripe.perform(key, at, answer, acts, lag)
  const deliverLate = (): unknown => stripe.later(at + lag, () => stripe.perform(key, at + lag, 'ok', true, 0))
  switch (fault) {
    case 'lost_before':
      return end('connection_lost')
    case 'lost_after':
      act('ok', true)
      return end('connection_lost')
    case 'lost_late':
      deliverLate()
      return end('connection_lost')
    case 'timeout_late':
      deliverLate()
      return end('timeout')
    case '502_late':
      deliverLate()
      return end('5xx')
    case '409':
    case '429':
      return end(fault)
    case 'refused':
      return end('4xx')
    case 'crash_before':
      return { key, at, outcome: 'started' }
    case 'crash_after':
      act('ok', true)
      return { key, at, outcome: 'started' }
    case 'crash_late':
      deliverLate()
      return { key, at, outcome: 'started' }
    default: {
      const result = act(fault === 'fine' ? 'ok' : '5xx', fault !== '500_before')
      return result.answer === 'ok' ? end('ok', { found: result.id }) : end('5xx')
    }
  }
}

describe('against a Stripe that fails at every point', () => {
  const event = fc.record({
    fault: fc.constantFrom(...faults),
    lag: fc.integer({ min: 0, max: settleMs - 1000 }),
    pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120_000 }), fc.integer({ min: 0, max: 2 * day })),
    gap: fc.integer({ min: 0, max: 60_000 }),
    blind: fc.boolean(),
  })
  const script = fc.array(event, { minLength: 1, maxLength: 15, size: 'max' })

  it('never acts twice, always ends, and says what is true', () => {
    fc.assert(
      fc.property(script, (events) => {
        const { step, effects } = run(events, false)
        expect(effects.length).toBeLessThanOrEqual(1)
        if (step.do === 'done') expect([step.found]).toEqual(effects.map((effect) => effect.id))
        if (step.do === 'failed') expect(effects).toEqual([])
      }),
      { numRuns: 5000 },
    )
  })

  it('ends within days even when the faults never do', () => {
    fc.assert(
      fc.property(script, (events) => {
        const { step, effects } = run(events, true)
        expect(effects.length).toBeLessThanOrEqual(1)
        if (step.do === 'failed') expect(effects).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
