import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { until, type RunningDesk } from './running-desk.ts'

/** Seconds; a start takes long on a busy machine, and a mail may meet several. */
export const patience = 300

/** Numbers that look random and are the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** The first process of the desk's database; 0 while there is none. */
export async function postmaster(desk: RunningDesk): Promise<number> {
  const file = await readFile(join(desk.dataDir, 'pg/data/postmaster.pid'), 'utf8').catch(() => '')
  return Number(file.split('\n')[0])
}

/** Sends a signal to a process that may have ended by itself meanwhile. */
export function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has gone.
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((other) => {
      try {
        const stat = readFileSync(`/proc/${other}/stat`, 'utf8')
        return other > 0 && Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid
      } catch {
        return false
      }
    })
}

/** One death: of the desk's process, of a child of it, of the database's first process, or of any of its others. */
async function strike(desk: RunningDesk, random: () => number): Promise<void> {
  const kind = random()
  if (kind < 0.4) {
    await desk.kill()
    await desk.start()
    return
  }
  const first = await postmaster(desk)
  const others = childrenOf(kind < 0.45 ? desk.pid() : first)
  const victim = kind >= 0.45 && kind < 0.7 ? first : others[Math.floor(random() * others.length)]
  if (victim) end(victim, 'SIGKILL')
}

/** Waits until the desk says that it is ready. */
export async function whenReady(desk: RunningDesk): Promise<void> {
  await until(async () => (await fetch(`${desk.url()}/readyz`)).status === 200, 'the desk to be ready', patience)
}

/** Runs work while processes die at random, `pause` milliseconds apart and half as much to thrice; resolves to the deaths. */
export async function underDeaths(
  desk: RunningDesk,
  random: () => number,
  pause: number,
  work: () => Promise<void>,
): Promise<number> {
  const over = new AbortController()
  let struck = 0
  const deaths = (async () => {
    while (!over.signal.aborted) {
      await sleep(pause * (0.5 + random() * 2.5))
      if (over.signal.aborted) break
      await strike(desk, random)
      struck++
      await whenReady(desk)
    }
  })()
  deaths.catch(() => {})
  try {
    await work()
  } finally {
    over.abort()
    await deaths
  }
  await whenReady(desk)
  return struck
}
