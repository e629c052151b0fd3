import { changes } from './changes.ts'
import { drawing } from './draw.ts'
import { waits, type History, type HistoryWorld } from './history.ts'
import { payments } from './payments.ts'
import { prices } from './prices.ts'
import { reductions } from './reductions.ts'

export const histories: Record<string, History> = { ...prices, ...changes, ...reductions, ...payments }

/** Whom each kind of history befell. */
export type Played = { kind: string; customer: string }

type Advancing = HistoryWorld & { advance: (duration: { seconds: number }) => Promise<void> }

/** Lets all of these histories happen in one world, side by side in time. The same seed gives the same amounts. */
export async function play(world: Advancing, kinds: readonly string[], seed: number): Promise<Played[]> {
  const running = kinds.map((kind, index) => {
    const history = histories[kind]
    if (!history) throw new Error(`there is no history ${kind}`)
    return { kind, steps: history(world, drawing(seed * 1000 + index)) }
  })
  const played: Played[] = []
  const broken: string[] = []
  for (const days of [...waits, 0]) {
    for (const { kind, steps } of running)
      try {
        const { done, value } = await steps.next()
        if (done && value) played.push({ kind, customer: value })
      } catch (error) {
        broken.push(`${kind}: ${String(error)}`)
      }
    await world.advance({ seconds: Math.round(days * 86_400) + 7 })
  }
  if (broken.length) throw new Error(`Histories went wrong.\n${broken.join('\n')}`)
  return played
}
