import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from './config.ts'
import { endDemoKeys, makeDemoKeys } from './demo-keys.ts'
import type { DemoProgress } from './demo-progress.ts'
import { readDemoState, saveDemoState, type DemoState } from './demo-state.ts'
import { createDesk, systemActor, type Desk, type World } from './desk.ts'
import { emulatorsUrl } from './emulated.ts'
import { dayOf } from '../demo/day.ts'
import { createOutside } from '../demo/outside/emulated.ts'
import { createShop } from '../demo/outside/shop.ts'
import { changeSettings } from '../demo/prepare.ts'
import type { Stage } from '../demo/stage.ts'
import { story } from '../demo/story.ts'
import { tell } from '../demo/tell.ts'
import type { Lifecycle } from '#platform/lifecycle.ts'

export { prepareDemo } from './prepare-demo.ts'

export type DemoSetup = {
  world: World
  config: Config
  lifecycle: Lifecycle
  /** What /me tells of it. */
  demo: { progress: DemoProgress | null }
}

/**
 * Makes the demo company once per installation, beside everything else that runs: begun by `prepareDemo`, and taken up
 * where it was left when the desk ended in the middle. Returns at once.
 */
export function startDemo(setup: DemoSetup): void {
  let isStopped = false
  const making = make(setup, () => isStopped).catch((error: unknown) => {
    setup.world.log.error({ error: String(error) }, 'the demo company could not be made; the next start tries again')
  })
  setup.lifecycle.onStop('the demo', async () => {
    isStopped = true
    await making
  })
}

async function make({ world, config, demo }: DemoSetup, stopped: () => boolean): Promise<void> {
  const desk = createDesk(world, systemActor)
  const state = await readDemoState(world.pool)
  if (!state || state.finished || config.empty) return
  demo.progress = { done: 0, total: 1, step: 'Lumenary moves in' }
  try {
    const stage = await setStage(desk, config, state)
    const steps = story(stage.day)
    await tell(steps, state.done, {
      stage,
      stopped,
      setOffset: world.clock.setOffset,
      async progress(done, step) {
        demo.progress = { done, total: steps.length, step }
        await saveDemoState(world.pool, { ...state, done })
      },
      warn: (step, error) => world.log.warn({ step, error: String(error) }, 'a step of the demo failed'),
    })
    if (stopped()) return
    await finish(desk, stage)
    await saveDemoState(world.pool, { ...state, done: steps.length, finished: true })
  } finally {
    demo.progress = null
  }
}

/** What the story's people have in hand. */
async function setStage(desk: Desk, config: Config, state: DemoState): Promise<Stage> {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  const deskUrl = `http://${host}:${config.port}`
  const apis = await makeDemoKeys(desk, deskUrl)
  const outside = createOutside(emulatorsUrl(config))
  return {
    day: dayOf(Temporal.Instant.from(state.now)),
    outside,
    shop: createShop(outside.stripe, state.run),
    desk(agent) {
      const api = apis.get(agent)
      if (!api) throw new Error(`${agent} does not work here any more`)
      return api
    },
    deskUrl,
    supportAddress: config.supportAddress,
    enterpriseAddress: `enterprise@${config.supportAddress.split('@').at(-1)}`,
    settle: (kind) => settle(desk, kind),
    run: state.run,
  }
}

/** With both clocks right again: deadlines that have passed are noted, figures folded, keys ended. */
async function finish(desk: Desk, stage: Stage): Promise<void> {
  for (const name of ['inbox.sweep_breaches', 'insights.follow']) await desk.enqueue({ name })
  await settle(desk, 'inbox')
  await changeSettings(stage, { undoSeconds: 10 })
  await endDemoKeys(desk)
}

const patienceMs = 6000
/** Where one waits in its queue already, adding it wakes the runner, which would look again only a second later. */
const afterReceipts = { name: 'inbox.after_receipts', queue: 'inbox.after_receipts', key: 'demo.after_receipts' }

/** Until no job of this kind is due and no mail waits for what it gets after receipt; a job that waits for another try is not due. */
async function settle(desk: Desk, kind: 'inbox' | 'billing'): Promise<void> {
  for (let waited = 0; waited < patienceMs; waited += 15) {
    const { rowCount } = await desk.connection.query({
      name: 'demo-settled',
      // Jobs wait in machine time, whatever the desk's clock says.
      text: `select from graphile_worker.jobs
        where task_identifier like $1 and task_identifier <> 'inbox.after_receipts'
          and run_at <= clock_timestamp() and attempts < max_attempts
        union all select from receipt_work where $1 = 'inbox.%' limit 1`,
      values: [`${kind}.%`],
    })
    if (rowCount === 0) return
    if (kind === 'inbox' && waited % 60 === 30) await desk.enqueue(afterReceipts)
    await sleep(15)
  }
}
