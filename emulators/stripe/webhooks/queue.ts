import type { Stripe } from 'stripe'
import type { Store } from '../../store.ts'

/** One attempt-in-waiting of one event at one endpoint. `due` is in milliseconds of the clock; 0 = not yet looked at. */
export type Delivery = { id: string; event: string; endpoint: string; attempt: number; due: number }
/** How deliveries misbehave until told otherwise; `drop` true = all, a number = that many more. */
export type WebhookMode = { duplicate: number; reorder: boolean; delayMs: number; drop: number | boolean }

export const WELL_BEHAVED: WebhookMode = { duplicate: 0, reorder: false, delayMs: 0, drop: false }
const MODE = ['stripe.webhook_mode', 'mode'] as const

export const webhookMode = (store: Store): WebhookMode => store.get<WebhookMode>(...MODE) ?? WELL_BEHAVED
export const setWebhookMode = (store: Store, mode: WebhookMode): void => store.put(...MODE, mode)

/** Queues the event for every enabled endpoint that asked for its type. Returns how many deliveries are pending. */
export function queueDeliveries(store: Store, event: Stripe.Event): number {
  const mode = webhookMode(store)
  let pending = 0
  for (const endpoint of store.list<Stripe.WebhookEndpoint>('stripe.webhook_endpoint')) {
    const wants = endpoint.enabled_events.some((type) => type === '*' || type === event.type)
    if (endpoint.status !== 'enabled' || !wants || dropped(store)) continue
    pending += 1
    for (let copy = 0; copy <= mode.duplicate; copy += 1) {
      const id = `${event.id}:${endpoint.id}:${copy}`
      store.put('stripe.delivery', id, { id, event: event.id, endpoint: endpoint.id, attempt: 0, due: 0 })
    }
  }
  return pending
}

function dropped(store: Store): boolean {
  const mode = webhookMode(store)
  if (typeof mode.drop === 'number' && mode.drop > 0) setWebhookMode(store, { ...mode, drop: mode.drop - 1 })
  return mode.drop === true || (typeof mode.drop === 'number' && mode.drop > 0)
}
