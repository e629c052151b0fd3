import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { World } from '../desk.ts'
import { DeskError } from '#platform/errors.ts'
import { isMigrated } from '#platform/migrate.ts'
import type { Authenticate } from '#platform/serve/bind.ts'

/** /healthz: the process. /readyz: database, migrations, queue. /metrics: Prometheus, for keys that may read reports. */
export function healthRoutes(app: FastifyInstance, world: World, authenticate: Authenticate): void {
  app.get('/healthz', async () => ({ ok: true }))

  app.get('/readyz', async (_request, reply) => {
    const checks = await readiness(world)
    const ready = Object.values(checks).every(Boolean)
    return reply.code(ready ? 200 : 503).send({ ready, checks })
  })

  const registry = createMetrics(app, world)
  app.get('/metrics', async (request, reply) => {
    const actor = await authenticate(request)
    if (!actor) throw new DeskError('unauthenticated', 'Send an API key as a bearer token.')
    if (!actor.permissions.has('reports.read'))
      throw new DeskError('forbidden', 'Your role does not allow this. It needs the permission reports.read.')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

async function readiness(world: World): Promise<{ database: boolean; migrations: boolean; queue: boolean }> {
  const holds = (check: Promise<boolean>) => check.catch(() => false)
  const [database, migrations, queue] = await Promise.all([
    holds(world.pool.query('select 1').then(() => true)),
    holds(isMigrated(world.pool)),
    holds(world.pool.query('select 1 from graphile_worker.jobs limit 1').then(() => true)),
  ])
  return { database, migrations, queue }
}

function createMetrics(app: FastifyInstance, world: World): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'mainstay_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.015, 0.04, 0.1, 0.3, 1, 3],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  const queue = new Gauge({
    name: 'mainstay_jobs_waiting',
    help: 'Jobs that are due and not done',
    registers: [registry],
    async collect() {
      const { rows } = await world.pool.query<{ n: number }>(
        'select count(*) as n from graphile_worker.jobs where run_at <= now() and locked_at is null',
      )
      queue.set(rows[0]?.n ?? 0)
    },
  })
  return registry
}
