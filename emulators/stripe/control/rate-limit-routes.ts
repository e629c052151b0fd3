import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Store } from '../../store.ts'
import { RateLimits, rateLimits, setRateLimits, STRIPES } from '../http/rate-limits.ts'

const Setting = RateLimits.partial().extend({ as: z.enum(['off', 'test', 'live']).optional() })

/** How many requests per second the API takes: Stripe's own figures for a mode, single figures put above them. */
export function serveRateLimits(app: FastifyInstance, store: Store): void {
  app.get('/rate_limits', async () => rateLimits(store))
  app.post('/rate_limits', async (request) => {
    const { as, ...figures } = Setting.parse(request.body ?? {})
    const base = as === undefined ? rateLimits(store) : STRIPES[as]
    store.transaction(() => setRateLimits(store, { ...base, ...figures }))
    return rateLimits(store)
  })
}
