import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { World } from '../desk.ts'
import { emulatedCounterparts, emulatorsUrl, isEmulated } from '../emulated.ts'
import { moduleMounts, moduleRoutes } from '../modules.ts'
import type { DemoProgress } from '../demo-progress.ts'
import { healthRoutes } from './health.ts'
import { serveWebApp } from './web-app.ts'
import { audible } from '#modules/inbox/index.ts'
import { createSignIn, createTeamRoutes } from '#modules/team/index.ts'
import type { Lifecycle } from '#platform/lifecycle.ts'
import { openApi } from '#platform/openapi.ts'
import { createApp } from '#platform/serve/app.ts'
import { bindRoutes } from '#platform/serve/bind.ts'
import { createBroadcast } from '#platform/stream/broadcast.ts'
import { streamRoute } from '#platform/stream/route.ts'

export type WebSetup = {
  world: World
  config: Config
  databaseUrl: string
  secretKey: string
  /** How far the demo company is; null when there is nothing to make. */
  demo: { progress: DemoProgress | null }
  lifecycle: Lifecycle
}

/** Serves the API, the live stream, the public pages and the agent app. */
export async function startWeb(setup: WebSetup): Promise<void> {
  const { config, lifecycle, world } = setup
  const app = await buildWeb(setup)
  await lifecycle.start(
    'the web server',
    () => app.listen({ port: config.port, host: config.host }),
    () => app.close(),
  )
  world.log.debug(`listening on ${config.host}:${config.port}`)
}

async function buildWeb({
  world,
  config,
  databaseUrl,
  secretKey,
  demo,
  lifecycle,
}: WebSetup): Promise<FastifyInstance> {
  const app = await createApp(world.log, world.publicUrl)
  const signIn = createSignIn({ databaseUrl, secretKey, publicUrl: world.publicUrl, log: world.log, world })
  lifecycle.onStop('the sign-in connections', () => signIn.close())
  signIn.mount(app)
  const { authenticate } = signIn
  const routes = [
    ...createTeamRoutes({
      emulated: () => emulatedCounterparts(config),
      emulatorsUrl: () => (isEmulated(config) ? emulatorsUrl(config) : null),
      demo: () => demo.progress,
    }),
    ...moduleRoutes,
  ]
  bindRoutes(app, routes, { world, authenticate, checkResults: config.checkResults })
  for (const mount of moduleMounts) mount(app, world, authenticate)
  const broadcast = createBroadcast(world.pool, world.log)
  lifecycle.onStop('the live stream', () => broadcast.stop())
  streamRoute(app, {
    pool: world.pool,
    broadcast,
    authenticate,
    audible: (actor, events) => audible(world, actor, events),
  })
  const document = openApi(
    routes.map((route) => route.endpoint),
    world.publicUrl,
  )
  app.get('/api/openapi.json', async () => document)
  healthRoutes(app, world, authenticate)
  await serveWebApp(app)
  return app
}
