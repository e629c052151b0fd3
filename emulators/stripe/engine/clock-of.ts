import type { Stripe } from 'stripe'
import type { Context } from './context.ts'
import { shelf } from './context.ts'
import { kindOf } from './ids.ts'

type Linked = Record<string, unknown>
/** Fields that lead from an object towards its customer, in the order they are tried. */
const LINKS = ['customer', 'subscription', 'invoice', 'charge', 'payment_intent']

/** The test clock an object lives on, found through its customer; null for the emulator's own time. */
export function clockOf(ctx: Pick<Context, 'store'>, id: string): string | null {
  const kind = kindOf(id)
  if (kind === undefined) return null
  if (kind === 'test_clock') return id
  const store = kind === 'subscription_item' ? 'stripe.item_owner' : shelf(kind)
  const found = ctx.store.get<Linked>(store, id)
  if (!found) return null
  const own = found['test_clock']
  if (typeof own === 'string') return own
  if (kind === 'customer') return null
  const next = LINKS.map((field) => found[field]).find((value) => typeof value === 'string')
  return typeof next === 'string' && next !== id ? clockOf(ctx, next) : null
}

/** The context at the time of the test clock that the first of these ids leads to. */
export function onItsClock(ctx: Context, ids: string[]): Context {
  for (const id of ids) {
    const clock = clockOf(ctx, id)
    const found = clock === null ? undefined : ctx.store.get<Stripe.TestHelpers.TestClock>('stripe.test_clock', clock)
    if (found) return { ...ctx, now: found.frozen_time, clock: found.id }
  }
  return ctx
}
