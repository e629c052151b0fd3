import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

/** Standard Webhooks as a product would write it from its specification; shares no code with the desk. */
function signature(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
}

/** Why a request is not believed; undefined when it is. `now` in epoch ms. */
export function doubt(
  secret: string | undefined,
  headers: Record<string, unknown>,
  body: string,
  now: number,
): string | undefined {
  const [id, timestamp, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name])
  if (!secret) return 'The product does not know the secret of the desk yet.'
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof given !== 'string')
    return 'The request is not signed.'
  if (Math.abs(now / 1000 - Number(timestamp)) > 300) return 'The signature is too old.'
  const wanted = Buffer.from(`v1,${signature(secret, id, timestamp, body)}`)
  const fits = given.split(' ').some((one) => {
    const bytes = Buffer.from(one)
    return bytes.length === wanted.length && timingSafeEqual(bytes, wanted)
  })
  return fits ? undefined : 'The signature does not fit.'
}

export function signedHeaders(secret: string, body: string, now: number, id = `msg_${randomUUID()}`) {
  const timestamp = String(Math.floor(now / 1000))
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature(secret, id, timestamp, body)}`,
  }
}
