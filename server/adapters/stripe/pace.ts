import { setTimeout as sleep } from 'node:timers/promises'

export type Pace = <T>(work: () => Promise<T>) => Promise<T>

/** Lets at most `atOnce` calls be under way, first come first served, each beginning `turn()` milliseconds after it asked. */
export function createPace({ turn, atOnce }: { turn: () => Promise<number>; atOnce: number }): Pace {
  let free = atOnce
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free -= 1
    try {
      const wait = await turn()
      if (wait > 0) await sleep(wait)
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
