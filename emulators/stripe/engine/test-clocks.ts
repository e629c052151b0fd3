import type { Stripe } from 'stripe'
import type { Store } from '../../store.ts'
import { invalid } from '../http/errors.ts'
import { advance } from './advance.ts'
import { change } from './changes.ts'
import { all, type Context, find, must } from './context.ts'
import { emit } from './events.ts'
import { periodAfter } from './periods.ts'

const TWO_YEARS = 2 * 365 * 86_400

/** Tells a clock to move. It says so at once and arrives a moment later, when everything in between has been lived through. */
export function startAdvance(ctx: Context, clock: Stripe.TestHelpers.TestClock, to: number) {
  if (clock.status !== 'ready') throw invalid('The test clock is still advancing.', 'frozen_time')
  if (to <= clock.frozen_time) throw invalid('A test clock can only be moved forward in time.', 'frozen_time')
  const limit = furthest(ctx, clock)
  if (to > limit)
    throw invalid(
      'A test clock can be advanced by at most two intervals of the shortest subscription on it, or two years without one.',
      'frozen_time',
    )
  const patch = { status: 'advancing', status_details: { advancing: { target_frozen_time: to } } } as const
  return change(ctx, 'test_clock', clock, patch, 'test_helpers.test_clock.advancing')
}

function furthest(ctx: Context, clock: Stripe.TestHelpers.TestClock): number {
  const from = clock.frozen_time
  const reaches = all(ctx, 'subscription')
    .filter(({ test_clock, status }) => test_clock === clock.id && !['canceled', 'incomplete_expired'].includes(status))
    .flatMap(({ items }) => items.data.flatMap(({ price }) => price.recurring ?? []))
    .map((recurring) => periodAfter(from, recurring, 2))
  return reaches.length === 0 ? from + TWO_YEARS : Math.min(...reaches)
}

export function advancing(ctx: { store: Store }): Stripe.TestHelpers.TestClock[] {
  return all(ctx, 'test_clock').filter(({ status }) => status === 'advancing')
}

/** Lives through everything due on a clock until its target, and arrives; what cannot be lived through leaves it failed. */
export function finishAdvance(base: Context, id: string): void {
  const clock = must(base, 'test_clock', id)
  const to = clock.status_details.advancing?.target_frozen_time
  if (to === undefined) return
  const ctx = { ...base, clock: id }
  const failure = failureOf(ctx, to, id)
  const status = failure === undefined ? 'ready' : 'internal_failure'
  base.store.transaction(() => {
    const now = find(ctx, 'test_clock', id)
    if (!now) return
    const patch = { status, status_details: {}, ...(failure === undefined ? { frozen_time: to } : {}) } as const
    const after = change(ctx, 'test_clock', now, patch)
    emit({ ...ctx, now: to }, `test_helpers.test_clock.${status}`, after)
  })
}

function failureOf(ctx: Context, to: number, id: string): unknown {
  try {
    advance(ctx, to, id)
    return undefined
  } catch (error) {
    process.emitWarning(`The test clock ${id} could not go on: ${String(error)}`)
    return error
  }
}
