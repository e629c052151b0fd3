import { Stripe } from 'stripe'
import { ensureEvent } from '../oracle/conformance.ts'
import { type Context, must } from './context.ts'
import { newId } from './ids.ts'
import { present } from './present.ts'
import { queueDeliveries } from '../webhooks/queue.ts'

/** Writes an event with the whole object as it is now, and a delivery for every endpoint that wants it. */
export function emit(ctx: Context, type: string, object: object, previous?: object): void {
  const event = {
    id: newId('event'),
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: ctx.now,
    data: { object: present(object), ...(previous ? { previous_attributes: previous } : {}) },
    livemode: false,
    pending_webhooks: 0,
    request: ctx.request,
    type,
  } as unknown as Stripe.Event
  const pending = queueDeliveries(ctx.store, event)
  if (ctx.clock !== undefined) ctx.store.put('stripe.clock_event', event.id, { id: event.id })
  ctx.store.put('stripe.event', event.id, { ...event, pending_webhooks: pending })
  ensureEvent(must(ctx, 'event', event.id))
}
