import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The signing of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over id, timestamp and the bytes of the body. */
const toleranceSeconds = 300
const prefix = 'whsec_'

export type WebhookHeaders = { id: string | undefined; timestamp: string | undefined; signature: string | undefined }

export function newSigningSecret(): string {
  return prefix + randomBytes(24).toString('base64')
}

/** `timestamp` in epoch seconds; the value of the header `webhook-signature`. */
export function signMessage(secret: string, id: string, timestamp: number, payload: string | Buffer): string {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(payload).digest('base64')
  return `v1,${signature}`
}

/**
 * Whether these bytes were signed with the secret no more than five minutes before or after `now` (epoch ms). Any one of several
 * signatures is enough; a version that is not known is passed over.
 */
export function isSignedMessage(secret: string, headers: WebhookHeaders, payload: Buffer, now: number): boolean {
  const { id, timestamp, signature } = headers
  if (!id || !signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false
  const at = Number(timestamp)
  if (Math.abs(Math.floor(now / 1000) - at) > toleranceSeconds) return false
  const wanted = Buffer.from(signMessage(secret, id, at, payload))
  return signature.split(' ').some((one) => {
    const given = Buffer.from(one)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}
