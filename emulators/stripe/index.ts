import type { FastifyPluginAsync } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Store } from '../store.ts'
import { serveControl } from './control/routes.ts'
import { forget } from './engine/forget.ts'
import { advance } from './engine/advance.ts'
import type { Context } from './engine/context.ts'
import { advancing, finishAdvance } from './engine/test-clocks.ts'
import { declineOf, RENEWAL, takeFault } from './http/faults.ts'
import { serveApi } from './http/server.ts'
import { portalRoutes } from './portal/routes.ts'
import { resources } from './registry.ts'
import { createDeliveryLoop } from './webhooks/deliver.ts'

const TICK_MS = 5000

type StripeEmulator = {
  routes: FastifyPluginAsync
  control: FastifyPluginAsync
  webhooks: { start(): void; stop(): Promise<void>; drain(): Promise<void> }
}

/** A stateful stand-in for Stripe, reached over HTTP only; its state lives in the store, its time in the clock. */
export function createStripeEmulator(options: { store: Store; clock: Clock }): StripeEmulator {
  const { store, clock } = options
  const deliveries = createDeliveryLoop({ store, clock })
  const afterCommit = () => {
    deliveries.wake()
    // A test clock that was told to move arrives after its answer has gone out.
    if (advancing({ store }).length > 0) moving ??= setImmediate(moveClocks)
  }
  let moving: NodeJS.Immediate | undefined
  let forgottenOn: number | undefined
  let ticking: NodeJS.Timeout | undefined

  const byItself = (now: number): Context => ({
    store,
    now,
    wallMs: clock.now(),
    request: { id: null, idempotency_key: null },
    forcedDecline() {
      const fault = takeFault(store, RENEWAL, ['decline'])
      return fault && declineOf(fault)
    },
  })
  const moveClocks = () => {
    moving = undefined
    if (stopped) return
    for (const { id, frozen_time } of advancing({ store })) finishAdvance(byItself(frozen_time), id)
    deliveries.wake()
  }
  let stopped = false
  const advanceToNow = (): number => {
    const now = Math.floor(clock.now() / 1000)
    const ctx = byItself(now)
    moveClocks()
    const steps = advance(ctx, now)
    if (steps > 0) afterCommit()
    const day = Math.floor(now / 86_400)
    if (day !== forgottenOn) forget(store, clock.now())
    forgottenOn = day
    return steps
  }
  clock.onMove(advanceToNow)
  /** Nobody is there to hear of a fault while time passes by itself: it stands in the log, and the rest goes on. */
  const tick = () => {
    try {
      advanceToNow()
    } catch (error) {
      process.emitWarning(String(error))
    }
  }

  return {
    routes: async (app) => {
      await app.register(portalRoutes({ store, clock, afterCommit }), { prefix: '/portal' })
      serveApi(app, { store, clock, endpoints: Object.values(resources).flat(), afterCommit })
    },
    control: async (app) => serveControl(app, { store, clock, advance: advanceToNow, afterCommit }),
    webhooks: {
      start() {
        stopped = false
        deliveries.start()
        // Drafts are finalised and retries fall due while nobody moves the clock, too.
        ticking ??= setInterval(tick, TICK_MS).unref()
      },
      async stop() {
        stopped = true
        clearImmediate(moving)
        clearInterval(ticking)
        ticking = undefined
        await deliveries.stop()
      },
      drain: () => deliveries.drain(),
    },
  }
}
