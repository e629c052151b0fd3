import { createHmac } from 'node:crypto'
import type { Stripe } from 'stripe'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store.ts'
import { type Delivery, webhookMode } from './queue.ts'

const CONCURRENCY = 8
const REORDER_WINDOW_MS = 150
const ANSWER_LIMIT_MS = 20_000
/** Waits between tries in seconds of the clock: quick at first so that a restarted desk catches up, then about three days in all. */
const BACKOFF = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 86_400]

type DeliveryLoop = { start(): void; stop(): Promise<void>; drain(): Promise<void>; wake(): void }

export function createDeliveryLoop(options: { store: Store; clock: Clock }): DeliveryLoop {
  const { store, clock } = options
  const underway = new Map<string, Promise<void>>()
  let queue: string[] = []
  let timer: NodeJS.Timeout | undefined
  let running = false
  let leaving = new AbortController()

  const deliveries = () => store.list<Delivery>('stripe.delivery')

  /** Gives fresh deliveries their due time and returns the ids that are due now, in the order to send them. */
  function gather(): string[] {
    const mode = webhookMode(store)
    const wait = mode.delayMs + (mode.reorder ? REORDER_WINDOW_MS : 0)
    for (const fresh of deliveries().filter((delivery) => delivery.due === 0)) {
      store.put('stripe.delivery', fresh.id, { ...fresh, due: clock.now() + wait })
    }
    const due = deliveries().filter((delivery) => delivery.due <= clock.now() && !underway.has(delivery.id))
    const ids = due.map((delivery) => delivery.id)
    return mode.reorder ? ids.reverse() : ids
  }

  function pump() {
    clearTimeout(timer)
    if (!running) return
    if (queue.length === 0) queue = gather()
    // Turned round one by one, or eight answers in flight would arrive in any order.
    while (underway.size < (webhookMode(store).reorder ? 1 : CONCURRENCY)) {
      const id = queue.shift()
      if (id === undefined) break
      const sending = send(id).finally(() => {
        underway.delete(id)
        pump()
      })
      underway.set(id, sending)
    }
    if (queue.length > 0) return
    const idle = deliveries().filter((delivery) => !underway.has(delivery.id))
    const next = idle.reduce((soonest, delivery) => Math.min(soonest, delivery.due), Infinity)
    if (next < Infinity) timer = setTimeout(pump, Math.min(Math.max(next - clock.now(), 10), 60_000)).unref()
  }

  async function send(id: string): Promise<void> {
    const delivery = store.get<Delivery>('stripe.delivery', id)
    const event = delivery && store.get<Stripe.Event>('stripe.event', delivery.event)
    const endpoint = delivery && store.get<Stripe.WebhookEndpoint>('stripe.webhook_endpoint', delivery.endpoint)
    if (!delivery || !event || !endpoint || endpoint.status !== 'enabled') return store.remove('stripe.delivery', id)
    const accepted = await post(endpoint, JSON.stringify(event), Math.floor(clock.now() / 1000), leaving.signal)
    if (store.get('stripe.delivery', id) === undefined) return
    store.transaction(() => {
      const wait = BACKOFF[delivery.attempt]
      if (!accepted && wait !== undefined) {
        store.put('stripe.delivery', id, { ...delivery, attempt: delivery.attempt + 1, due: clock.now() + wait * 1000 })
        return
      }
      store.remove('stripe.delivery', id)
      const now = store.get<Stripe.Event>('stripe.event', event.id)
      if (now && accepted && id.endsWith(':0')) {
        store.put('stripe.event', now.id, { ...now, pending_webhooks: Math.max(0, now.pending_webhooks - 1) })
      }
    })
  }

  clock.onMove(() => pump())
  return {
    start() {
      running = true
      leaving = new AbortController()
      pump()
    },
    async stop() {
      running = false
      leaving.abort()
      clearTimeout(timer)
      queue = []
      await Promise.all(underway.values())
    },
    /** Resolves when nothing is due any more: each due delivery was accepted or put off by a failed try. */
    async drain() {
      for (;;) {
        pump()
        const waiting = deliveries().filter((delivery) => delivery.attempt === 0)
        if (underway.size > 0) await Promise.race(underway.values())
        else if (running && waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 10))
        else return
      }
    },
    wake: () => void setImmediate(pump),
  }
}

async function post(
  endpoint: Stripe.WebhookEndpoint,
  body: string,
  timestamp: number,
  leaving: AbortSignal,
): Promise<boolean> {
  try {
    const answer = await fetch(endpoint.url, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signature(body, endpoint.secret ?? '', timestamp),
      },
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_LIMIT_MS), leaving]),
    })
    await answer.arrayBuffer()
    return answer.status >= 200 && answer.status < 300
  } catch {
    return false
  }
}

/** The Stripe-Signature header: HMAC-SHA256 of `timestamp.body` under the endpoint's secret. */
function signature(body: string, secret: string, timestamp: number): string {
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return `t=${timestamp},v1=${digest}`
}
