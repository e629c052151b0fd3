import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { currentPosition, readAfter, type FollowedEvent, type Position } from '../ledger/follow.ts'
import type { Logger } from '../log.ts'

export type Listener = (events: FollowedEvent[]) => void

export type Broadcast = {
  subscribe(listener: Listener): () => void
  /** Resolves once everything that commits from now on will reach the subscribers. */
  ready(): Promise<void>
  stop(): Promise<void>
}

/**
 * Follows the ledger for every open stream of this process with one query a tick, and only while somebody listens.
 * Polling, because NOTIFY inside every transaction would serialise their commits.
 */
export function createBroadcast(pool: pg.Pool, log: Logger, everyMs = 250): Broadcast {
  const listeners = new Set<Listener>()
  let position: Position | undefined
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  const tick = async () => {
    try {
      position ??= await currentPosition(pool)
      for (;;) {
        const events = await readAfter(pool, position, 500)
        const last = events.at(-1)
        if (!last) break
        position = last.position
        for (const listener of listeners) listener(events)
        if (events.length < 500) break
      }
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'the live stream could not read the ledger')
    }
    schedule()
  }
  const schedule = () => {
    if (stopped || listeners.size === 0) {
      timer = undefined
      if (listeners.size === 0) position = undefined
      return
    }
    timer = setTimeout(() => {
      running = tick()
    }, everyMs)
  }
  return {
    subscribe(listener) {
      listeners.add(listener)
      if (!timer && !stopped) running = tick()
      return () => listeners.delete(listener)
    },
    async ready() {
      for (;;) {
        if (position || stopped || listeners.size === 0) return
        await sleep(10)
      }
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
