import type { Clock } from '../clock.ts'
import type { Store } from '../store.ts'
import { entitlementOf, type Account } from './books.ts'
import { signedHeaders } from './signing.ts'

export type Connection = { calls?: string; webhooks?: string; url?: string }

/** Tells the desk of changes, each signed; one that does not arrive is tried again a few times and then given up. */
export function createProductWebhooks(store: Store, clock: Clock) {
  const under = new Set<Promise<unknown>>()
  const connection = () => store.get<Connection>('product.connection', 'desk') ?? {}
  async function deliver(type: string, data: object, id?: string): Promise<void> {
    const { webhooks, url } = connection()
    if (!webhooks || !url) return
    const body = JSON.stringify({ type, timestamp: new Date(clock.now()).toISOString(), data })
    const headers = signedHeaders(webhooks, body, clock.now(), id)
    for (let tries = 0; tries < 3; tries++) {
      const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
      if (answer?.ok || (answer && answer.status < 500)) return
    }
  }
  const tell = (type: string, data: object, id?: string) => {
    const going = deliver(type, data, id).finally(() => under.delete(going))
    under.add(going)
    return going
  }
  return {
    connection,
    connect: (change: Connection) => store.put('product.connection', 'desk', { ...connection(), ...change }),
    changed: (account: Account, id?: string) => tell('entitlement.updated', entitlementOf(account), id),
    ended: (operation: string) => tell('operation.ended', { operation }),
    drain: () => Promise.allSettled(under),
  }
}
