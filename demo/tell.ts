import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage, Step } from './stage.ts'

export type Teller = {
  stage: Stage
  /** The desk's clock. */
  setOffset(ms: number): void
  /** Called before each step and at the end. */
  progress(done: number, step: string): Promise<void>
  warn(step: string, error: unknown): void
  stopped(): boolean
}

/**
 * Lets the steps happen from the `from`-th on, each at its time: the desk's clock and the outside world's move together.
 * A step that fails is told and left out; the story goes on. Both clocks are right again when this returns.
 */
export async function tell(steps: readonly Step[], from: number, teller: Teller): Promise<void> {
  const { stage } = teller
  let last: Temporal.Instant | undefined
  try {
    for (const [index, step] of steps.entries()) {
      if (index < from) continue
      if (teller.stopped()) return
      await teller.progress(index, step.label)
      if (!last || Temporal.Instant.compare(step.at, last) > 0) await moveClocks(teller, step.at)
      last = step.at
      await patiently(() => step.run(stage)).catch((error: unknown) => teller.warn(step.label, error))
    }
  } finally {
    teller.setOffset(0)
    await stage.outside.setClock(0)
  }
}

/** Every step finds out what is already done, so that it may be tried again. */
async function patiently(run: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (tries === 3) throw error
      await sleep(tries * 200)
    }
  }
}

/** Webhooks on their way are signed with their time; they must arrive before it is long past. */
async function moveClocks({ stage, setOffset }: Teller, at: Temporal.Instant): Promise<void> {
  await webhooksDelivered(stage)
  const offset = at.epochMilliseconds - Temporal.Now.instant().epochMilliseconds
  setOffset(offset)
  await stage.outside.setClock(offset)
}

const patienceMs = 2000

async function webhooksDelivered({ outside }: Stage): Promise<void> {
  for (let waited = 0; waited < patienceMs; waited += 20) {
    if ((await outside.pendingWebhooks()) === 0) return
    await sleep(20)
  }
}
