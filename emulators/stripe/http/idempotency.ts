import { createHash } from 'node:crypto'
import type { Store } from '../../store.ts'
import { ApiError } from './errors.ts'
import type { Raw } from './form.ts'

const KEPT_MS = 24 * 3600 * 1000
const KIND = 'stripe.idempotency'

export type Answer = { status: number; body: object }
type Kept = Answer & { key: string; path: string; fingerprint: string; at: number; request: string }

/** Remembers the first answer of each key for a day; a process knows which keys it is working on right now. */
export function createIdempotency(store: Store) {
  const underway = new Set<string>()
  return {
    /** The kept answer to replay, if any. Refuses a key with other parameters, and one whose request is still being worked on. */
    open(key: string, path: string, fingerprint: string, nowMs: number): Kept | undefined {
      if (key.length > 255)
        throw new ApiError(400, { message: 'Idempotency keys must be at most 255 characters long.' })
      const kept = store.get<Kept>(KIND, key)
      if (kept && nowMs - kept.at < KEPT_MS) {
        if (kept.path !== path)
          throw mismatch(
            `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${kept.path}' vs '${path}').`,
            key,
          )
        if (kept.fingerprint !== fingerprint)
          throw mismatch(
            'Keys for idempotent requests can only be used with the same parameters they were first used with.',
            key,
          )
      }
      if (underway.has(key)) {
        throw new ApiError(409, {
          type: 'idempotency_error',
          code: 'idempotency_key_in_use',
          message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
        })
      }
      if (kept && nowMs - kept.at < KEPT_MS) return kept
      underway.add(key)
      return undefined
    },
    /** Keeps the first answer; called inside the transaction that holds the effect. */
    keep(kept: Kept): void {
      store.put(KIND, kept.key, kept)
    },
    close: (key: string): void => void underway.delete(key),
  }
}

function mismatch(message: string, key: string): ApiError {
  return new ApiError(400, {
    type: 'idempotency_error',
    message: `${message} Try using a key other than '${key}' if you meant to execute a different request.`,
  })
}

/** The same for the same parameters in whatever order they were sent. */
export function fingerprint(params: Raw): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(params)))
    .digest('hex')
}

function sorted(raw: Raw): unknown {
  if (typeof raw === 'string') return raw
  if (Array.isArray(raw)) return raw.map(sorted)
  return Object.keys(raw)
    .sort()
    .map((key) => [key, sorted(raw[key] as Raw)])
}
