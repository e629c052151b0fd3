import type { Stripe } from 'stripe'
import type { Store } from '../../store.ts'
import type { Delivery } from '../webhooks/queue.ts'

const EVENTS_KEPT = 30 * 86_400
const ANSWERS_KEPT_MS = 86_400_000

/** Drops what Stripe no longer shows: events older than 30 days that have been delivered (not those of test clocks, whose days are not ours), and day-old idempotency keys. */
export function forget(store: Store, nowMs: number): void {
  const waiting = new Set(store.list<Delivery>('stripe.delivery').map((delivery) => delivery.event))
  const old = store
    .list<Stripe.Event>('stripe.event')
    .filter(
      (event) =>
        event.created <= nowMs / 1000 - EVENTS_KEPT &&
        !waiting.has(event.id) &&
        store.get('stripe.clock_event', event.id) === undefined,
    )
  const answers = store
    .list<{ key: string; at: number }>('stripe.idempotency')
    .filter(({ at }) => nowMs - at >= ANSWERS_KEPT_MS)
  store.transaction(() => {
    for (const event of old) store.remove('stripe.event', event.id)
    for (const { key } of answers) store.remove('stripe.idempotency', key)
  })
}
