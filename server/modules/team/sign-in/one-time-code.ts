import { createHmac, timingSafeEqual } from 'node:crypto'

const periodMs = 30_000

/**
 * Which 30-second step a TOTP code (RFC 6238, SHA-1, six digits) belongs to, the latest first; undefined when none. It
 * looks one step further than sign-in accepts, so that no clock of ours misses a code that another one takes.
 * `secret` is used as its UTF-8 bytes, as sign-in stores it.
 */
export function stepOfCode(secret: string, code: string, nowMs: number): number | undefined {
  const current = Math.floor(nowMs / periodMs)
  return [2, 1, 0, -1, -2].map((offset) => current + offset).find((step) => same(codeAt(secret, step), code))
}

/** The code of one step. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = digest[19]! & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function same(wanted: string, given: string): boolean {
  const a = Buffer.from(wanted)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}
