import { setTimeout as sleep } from 'node:timers/promises'
import { beatsOf, strandsOf } from './beats.ts'
import type { Stage, Step } from './stage.ts'

export type Teller = {
  stage: Stage
  /** The desk's clock. */
  setOffset(ms: number): void
  /** Called before the steps of each moment: how many steps have happened, and what comes now. */
  progress(done: number, step: string): Promise<void>
  warn(step: string, error: unknown): void
  stopped(): boolean
}

/** How many strands go on at once; more of them wait for the same two cores. */
const atOnce = 6

/**
 * Lets the steps happen from the `from`-th on, each at its time: the desk's clock and the outside world's move together, and
 * what happens at one moment happens side by side. A step that fails is told and left out;
 * the story goes on. Both clocks are right again when this returns.
 */
export async function tell(steps: readonly Step[], from: number, teller: Teller): Promise<void> {
  const { stage } = teller
  try {
    for (const beat of beatsOf(steps, from)) {
      if (teller.stopped()) return
      await teller.progress(beat.from, beat.steps[0].label)
      await moveClocks(teller, beat.at)
      const strands = strandsOf(beat.steps)
      const next = async () => {
        for (let strand = strands.shift(); strand; strand = strands.shift()) await play(strand, teller)
      }
      await Promise.all(Array.from({ length: atOnce }, next))
      await stage.settle('inbox')
    }
    await webhooksDelivered(stage)
    await stage.settle('billing')
  } finally {
    teller.setOffset(0)
    await stage.outside.setClock(0)
  }
}

async function play(strand: readonly Step[], { stage, warn }: Teller): Promise<void> {
  for (const [index, step] of strand.entries()) {
    if (index > 0) await stage.settle('inbox')
    await patiently(() => step.run(stage)).catch((error: unknown) => warn(step.label, error))
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
