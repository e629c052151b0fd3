import { expect, test } from 'vitest'
import { operationStates } from '#contract/billing.ts'
import { operationSteps } from './operation-look.ts'

const words = (...input: Parameters<typeof operationSteps>) =>
  operationSteps(...input)
    .map(({ key, at }) => `${key} ${at}`)
    .join(', ')

test('an operation without approval goes from asked over sent to confirmed', () => {
  expect(words({ state: 'queued', approvalId: null })).toBe('asked past, sent now, confirmed next')
  expect(words({ state: 'verifying', approvalId: null })).toBe('asked past, sent past, confirmed now')
  expect(words({ state: 'done', approvalId: null })).toBe('asked past, sent past, confirmed past')
})

test('one that needs approval waits there and stops there when it is rejected', () => {
  const approvalId = 'apr_1' as never
  expect(words({ state: 'awaiting_approval', approvalId })).toBe('asked past, approved now, sent next, confirmed next')
  expect(words({ state: 'rejected', approvalId })).toBe('asked past, approved failed, sent next, confirmed next')
})

test.each(operationStates)('at %s at most one step is the present one and nothing is past after it', (state) => {
  const steps = operationSteps({ state, approvalId: null })
  const stopped = steps.findIndex(({ at }) => at === 'now' || at === 'failed')
  expect(steps.filter(({ at }) => at === 'now' || at === 'failed').length).toBeLessThanOrEqual(1)
  if (stopped >= 0) expect(steps.slice(stopped + 1).every(({ at }) => at === 'next')).toBe(true)
})
