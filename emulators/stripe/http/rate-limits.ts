import * as z from 'zod'
import type { Store } from '../../store.ts'
import { ApiError } from './errors.ts'

const PerSecond = z.int().min(1).max(100_000).nullable()
/** Requests per second, null = as many as come: all reads, all writes, any one endpoint, all searches together. */
export const RateLimits = z.strictObject({ read: PerSecond, write: PerSecond, endpoint: PerSecond, search: PerSecond })
export type RateLimits = z.infer<typeof RateLimits>

const NONE: RateLimits = { read: null, write: null, endpoint: null, search: null }
/** What https://stripe.com/docs/rate-limits prints for each mode. */
export const STRIPES = {
  off: NONE,
  test: { read: 25, write: 25, endpoint: 25, search: 20 },
  live: { read: 100, write: 100, endpoint: 25, search: 20 },
} satisfies Record<string, RateLimits>

const KEY = ['stripe.rate_limits', 'limits'] as const
export const rateLimits = (store: Store): RateLimits => store.get<RateLimits>(...KEY) ?? NONE
export const setRateLimits = (store: Store, limits: RateLimits): void => store.put(...KEY, limits)

export type Reason = 'endpoint-rate' | 'global-rate'
type Bucket = { tokens: number; at: number }
type Limit = { name: string; rate: number | null; reason: Reason }

/**
 * Buckets that hold a second's worth of requests and fill at the limit's rate. `refuse` says why a request comes too soon, and
 * otherwise takes its share of every bucket it falls into.
 */
export function createRateLimiter(store: Store) {
  const buckets = new Map<string, Bucket>()
  const filled = ({ name, rate }: Limit & { rate: number }, nowMs: number): Bucket => {
    const { tokens, at } = buckets.get(name) ?? { tokens: rate, at: nowMs }
    const passed = Math.max(0, nowMs - at)
    return { tokens: Math.min(rate, tokens + (passed * rate) / 1000), at: nowMs }
  }
  return {
    refuse(method: string, route: string, nowMs: number): Reason | undefined {
      const limits = limitsOf(rateLimits(store), method, route).flatMap((limit) => {
        const { rate } = limit
        return rate === null ? [] : [{ limit, bucket: filled({ ...limit, rate }, nowMs) }]
      })
      const empty = limits.find(({ bucket }) => bucket.tokens < 1)
      for (const { limit, bucket } of limits)
        buckets.set(limit.name, empty ? bucket : { ...bucket, tokens: bucket.tokens - 1 })
      return empty?.limit.reason
    },
  }
}

function limitsOf({ read, write, endpoint, search }: RateLimits, method: string, route: string): Limit[] {
  const reads = method === 'GET'
  const global: Limit = { name: reads ? 'read' : 'write', rate: reads ? read : write, reason: 'global-rate' }
  const own: Limit = route.endsWith('/search')
    ? { name: 'search', rate: search, reason: 'endpoint-rate' }
    : { name: `${method} ${route}`, rate: endpoint, reason: 'endpoint-rate' }
  return [global, own]
}

export function tooMany(): ApiError {
  const message = 'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.'
  return new ApiError(429, { message, code: 'rate_limit' })
}
