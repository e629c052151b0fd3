import type { FastifyInstance } from 'fastify'
import { Stripe } from 'stripe'
import * as z from 'zod'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store.ts'
import { account, setAccount } from '../engine/account.ts'
import { create } from '../engine/changes.ts'
import { all, type Context, type Kind, must, shelf } from '../engine/context.ts'
import { plantDispute, resolveDispute } from '../engine/disputing.ts'
import { newId, PREFIXES, token } from '../engine/ids.ts'
import { failRefund } from '../engine/refunding.ts'
import { ApiError } from '../http/errors.ts'
import { clearFaults, listFaults, PlantFault, plantFault } from '../http/faults.ts'
import { setWebhookMode, webhookMode, WELL_BEHAVED } from '../webhooks/queue.ts'
import { ledger } from './ledger.ts'
import { serveMoney } from './money-routes.ts'
import { serveRateLimits } from './rate-limit-routes.ts'

type Options = { store: Store; clock: Clock; advance(): number; afterCommit(): void }

const Webhooks = z.strictObject({
  duplicate: z.int().min(0).max(10).default(0),
  reorder: z.boolean().default(false),
  delayMs: z.int().min(0).default(0),
  drop: z.union([z.boolean(), z.int().min(0)]).default(false),
})
const Dispute = z.strictObject({
  charge: z.string(),
  reason: z.string().default('fraudulent'),
  amount: z.int().min(1).optional(),
  status: z.enum(['needs_response', 'warning_needs_response', 'under_review']).default('needs_response'),
})
const Resolution = z.union([
  z.strictObject({ outcome: z.enum(['won', 'lost']) }),
  z.strictObject({ won: z.literal(true) }).transform(() => ({ outcome: 'won' as const })),
  z.strictObject({ lost: z.literal(true) }).transform(() => ({ outcome: 'lost' as const })),
])
const RefundFailure = z.strictObject({ refund: z.string(), reason: z.string().default('expired_or_canceled_card') })
const EndpointPlant = z.strictObject({
  url: z.url(),
  secret: z.string().min(8).optional(),
  enabled_events: z.array(z.string()).min(1).default(['*']),
})
const AccountPatch = z.strictObject({
  id: z
    .string()
    .regex(/^acct_\w+$/)
    .optional(),
  default_currency: z.string().length(3).optional(),
  country: z.string().length(2).optional(),
  email: z.string().optional(),
})
const Reset = z.strictObject({ endpoints: z.boolean().default(false) }).default({ endpoints: false })

/** The levers of the outside world: plain JSON, no key, for tests, the demo and the emulators' page. */
export function serveControl(app: FastifyInstance, options: Options): void {
  const { store, clock } = options
  const context = (): Context => ({
    store,
    now: Math.floor(clock.now() / 1000),
    wallMs: clock.now(),
    request: { id: null, idempotency_key: null },
    forcedDecline: () => undefined,
  })
  const act = <T>(work: (ctx: Context) => T): T => {
    const result = store.transaction(() => work(context()))
    options.afterCommit()
    return result
  }

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ApiError) return reply.code(error.status).send({ error: error.body })
    if (error instanceof z.ZodError) return reply.code(400).send({ error: { message: z.prettifyError(error) } })
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status >= 500) request.log.error(error)
    return reply.code(status).send({ error: { message: (error as Error).message } })
  })

  app.post('/faults', async (request) =>
    store.transaction(() => plantFault(store, PlantFault.parse(request.body ?? {}))),
  )
  app.get('/faults', async () => listFaults(store))
  app.delete('/faults', async () => {
    store.transaction(() => clearFaults(store))
    return { cleared: true }
  })

  app.get('/webhooks', async () => ({ ...webhookMode(store), pending: store.list('stripe.delivery').length }))
  app.post('/webhooks', async (request) => {
    store.transaction(() => setWebhookMode(store, Webhooks.parse(request.body ?? {})))
    return webhookMode(store)
  })
  app.post('/endpoints', async (request) => act((ctx) => plantEndpoint(ctx, EndpointPlant.parse(request.body))))

  app.post('/disputes', async (request) => {
    const { charge, ...given } = Dispute.parse(request.body)
    return act((ctx) => plantDispute(ctx, must(ctx, 'charge', charge, 'charge'), given))
  })
  app.post<{ Params: { id: string } }>('/disputes/:id/resolve', async (request) => {
    const { outcome } = Resolution.parse(request.body)
    return act((ctx) => resolveDispute(ctx, must(ctx, 'dispute', request.params.id), outcome))
  })
  app.post('/refund_fails', async (request) => {
    const { refund, reason } = RefundFailure.parse(request.body)
    return act((ctx) => failRefund(ctx, must(ctx, 'refund', refund, 'refund'), reason))
  })

  serveMoney(app, act)
  serveRateLimits(app, store)
  app.post('/account', async (request) => act((ctx) => setAccount(ctx, AccountPatch.parse(request.body))))
  app.post('/advance', async () => ({ now: Math.floor(clock.now() / 1000), steps: options.advance() }))
  app.post('/reset', async (request) => {
    const { endpoints } = Reset.parse(request.body ?? undefined)
    store.transaction(() => reset(store, endpoints))
    return { reset: true }
  })
  app.get('/state', async () => state(store, clock))
  app.get<{ Querystring: { charge?: string } }>('/ledger', async (request) => ({
    charges: ledger(store, request.query),
  }))
}

/** Makes an endpoint with a secret the caller already knows; the same url again only changes it. */
function plantEndpoint(ctx: Context, plant: z.infer<typeof EndpointPlant>): Stripe.WebhookEndpoint {
  const known = all(ctx, 'webhook_endpoint').find((endpoint) => endpoint.url === plant.url)
  return create(ctx, 'webhook_endpoint', {
    id: known?.id ?? newId('webhook_endpoint'),
    object: 'webhook_endpoint',
    api_version: Stripe.API_VERSION,
    application: null,
    created: known?.created ?? ctx.now,
    description: null,
    enabled_events: plant.enabled_events,
    livemode: false,
    metadata: {},
    secret: plant.secret ?? known?.secret ?? `whsec_${token(32)}`,
    status: 'enabled',
    url: plant.url,
  })
}

/** Everything that a reset forgets besides the objects themselves. */
const INNER = [
  'account',
  'appointment',
  'billing_settings',
  'cancel_plan',
  'card_behaviour',
  'clock_event',
  'coupon_extra',
  'coupon_gone',
  'delivery',
  'file_content',
  'fault',
  'idempotency',
  'intent_payment',
  'item_owner',
  'meter_event',
  'pending_update',
  'portal_link',
  'price_options',
  'price_tiers',
  'rate_limits',
  'resumption',
  'schedule_notice',
  'trial_notice',
  'usage_billed',
]

function reset(store: Store, endpoints: boolean): void {
  for (const kind of [...Object.keys(PREFIXES), ...INNER]) {
    if (kind === 'webhook_endpoint' && !endpoints) continue
    store.clear(shelf(kind))
  }
  setWebhookMode(store, WELL_BEHAVED)
}

function state(store: Store, clock: Clock) {
  const counts = Object.fromEntries(Object.keys(PREFIXES).map((kind) => [kind, all({ store }, kind as Kind).length]))
  const {
    line_item: _,
    subscription_item: __,
    credit_note_line_item: ___,
    meter_event_summary: ____,
    ...shown
  } = counts
  const pending = store.list('stripe.delivery').length
  return {
    now: Math.floor(clock.now() / 1000),
    account: account({ store }).id,
    counts: shown,
    faults: listFaults(store).length,
    pendingDeliveries: pending,
  }
}
