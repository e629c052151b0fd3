import * as z from 'zod'
import { Stripe } from 'stripe'

const Sent = z.object({ outcome: z.string(), response: z.string(), messageId: z.string() })
const Mails = z.object({ items: z.array(z.object({ messageId: z.string().nullable(), text: z.string().nullable() })) })
const Deliveries = z.object({ pending: z.number() })

export type OutgoingMail = {
  from: string
  fromName?: string
  to: string
  cc?: string
  subject?: string
  text?: string
  html?: string
  messageId?: string
  inReplyTo?: string
  headers?: Record<string, string>
  attachments?: { name: string; type: string; base64: string }[]
  spoofed?: boolean
  raw?: string
}

export type Outside = ReturnType<typeof createOutside>

/** The levers of the emulated world, as its own page uses them. */
export function createOutside(base: string) {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${base}/control${path}`, {
      method,
      signal: AbortSignal.timeout(60_000),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /control${path}: ${response.status} ${text.slice(0, 300)}`)
    return JSON.parse(text)
  }
  const post = async (path: string, body: unknown) => Sent.parse(await call('POST', path, body))
  return {
    stripe: emulatedStripe(base),
    setClock: (offsetMs: number) => call('POST', '/clock', { offsetMs: Math.round(offsetMs) }),
    send: (mail: OutgoingMail) => post('/mail/send', mail),
    reply: (reply: { messageId: string; from: string; fromName?: string; text: string; headers?: object }) =>
      post('/mail/reply', reply),
    mailFault: (kind: string, recipient: string) =>
      call('POST', '/mail/faults', { kind, times: 1, match: { recipient } }),
    /** What an address has received, oldest first. */
    async received(address: string) {
      return Mails.parse(await call('GET', `/mail/mailboxes/${encodeURIComponent(address)}/messages`)).items
    },
    dispute: (charge: string, reason: string) => call('POST', '/stripe/disputes', { charge, reason }),
    connectProduct: (connection: { calls: string; webhooks: string; url: string }) =>
      call('PUT', '/product/connection', connection),
    openProductAccount: (account: object) => call('POST', '/product/accounts', account),
    bankDecides: (dispute: string, outcome: 'won' | 'lost') =>
      call('POST', `/stripe/disputes/${dispute}/resolve`, { outcome }),
    fraudWarning: (charge: string) => call('POST', '/stripe/early_fraud_warnings', { charge }),
    async pendingWebhooks() {
      return Deliveries.parse(await call('GET', '/stripe/webhooks')).pending
    },
  }
}

/** The official client, its calls sent to the emulator. */
function emulatedStripe(base: string): Stripe {
  const httpClient = Stripe.createFetchHttpClient(async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    return fetch(`${base}/stripe${pathname}${search}`, init)
  })
  return new Stripe('sk_test_outsideworld', { httpClient, maxNetworkRetries: 1, timeout: 20_000, telemetry: false })
}
