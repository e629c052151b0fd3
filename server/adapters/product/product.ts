import type { Product, ProductReply } from '#modules/billing/ports.ts'
import { objectionTo, outboundRequest } from '#platform/outbound/request.ts'
import { signMessage } from '#platform/standard-webhooks.ts'

const timeoutMs = 20_000

/** The customer's own product, spoken to in the manner of Standard Webhooks. `emulated` are origins on this machine. */
export function createProduct(emulated: readonly string[], options: { timeoutMs?: number } = {}): Product {
  return {
    emulated,
    objectionTo: (url) => objectionTo(url, emulated),
    async send({ url, id, secret, at, body }): Promise<ProductReply> {
      const timestamp = Math.floor(at / 1000)
      const answer = await outboundRequest({
        method: 'POST',
        url,
        body,
        timeoutMs: options.timeoutMs ?? timeoutMs,
        allowed: emulated,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Mainstay',
          'idempotency-key': id,
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signMessage(secret, id, timestamp, body),
        },
      })
      if (!answer.ok)
        return { got: answer.reason === 'too_long' ? 'connection_lost' : answer.reason, detail: answer.detail }
      const seconds = Number(answer.headers['retry-after'])
      return {
        got: 'answer',
        status: answer.status,
        body: answer.body,
        ...(seconds > 0 && seconds <= 3600 ? { retryAfterMs: seconds * 1000 } : {}),
      }
    },
  }
}
