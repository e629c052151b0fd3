import { expect, test } from 'vitest'
import { clockLook } from './clock-state.ts'

const now = Date.UTC(2026, 10, 3, 12)
const due = (minutes: number) => new Date(now + minutes * 60_000).toISOString()

test.each([
  ['running', 200, 'neutral', '3 h left'],
  ['running', 22, 'warn', '22 min left'],
  ['running', -5, 'danger', '5 min late'],
  ['breached', -300, 'danger', '5 h late'],
  ['paused', 10, 'customer', 'paused'],
  ['fulfilled', -10, 'done', 'met'],
] as const)('a %s clock due in %d min is %s: %s', (state, minutes, tone, sentence) => {
  expect(clockLook(state, due(minutes), now)).toMatchObject({ tone, sentence })
})

test('the colour goes by the length of the target', () => {
  expect(clockLook('running', due(40), now, 60 * 60_000).tone).toBe('neutral')
  expect(clockLook('running', due(40), now, 24 * 60 * 60_000).tone).toBe('warn')
})
