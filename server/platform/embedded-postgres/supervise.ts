import { isAlive } from './processes.ts'
import type { Running } from './server.ts'

/** Looks every second whether the server still runs and calls `restart` when it does not, until stopped. */
export function supervise(
  first: Running,
  restart: () => Promise<Running>,
  log: { warn(message: string): void },
): () => Promise<void> {
  let { pid } = first
  let active = true
  let pending: Promise<void> = Promise.resolve()
  const look = async () => {
    if (await isAlive(pid)) return
    log.warn('The built-in PostgreSQL has gone; starting it again')
    try {
      pid = (await restart()).pid
    } catch (error) {
      log.warn(`The built-in PostgreSQL could not be started again: ${String(error)}`)
    }
  }
  const schedule = () => {
    if (!active) return
    setTimeout(() => {
      if (active) pending = look().finally(schedule)
    }, 1_000).unref()
  }
  schedule()
  return async () => {
    active = false
    await pending
  }
}
