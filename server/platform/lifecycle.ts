import { hasCode } from './errno.ts'

export interface Lifecycle {
  /** Adds what stops a part that runs. Parts stop in reverse order, each within its limit (10 s unless given). */
  onStop(name: string, stop: () => unknown, limitMs?: number): void
  /** Starts a part so that a stop asked for meanwhile waits for it and then stops it; once stopping, nothing starts any
   * more and the promise stays open until the process ends. */
  start<T>(name: string, start: () => Promise<T>, stop: (part: T) => unknown, limitMs?: number): Promise<T>
  /** Stops every part; resolves to whether all stopped in time and without an error. Later calls join the first. */
  stop(): Promise<boolean>
}

interface Log {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

interface Part {
  name: string
  stop: () => unknown
  limitMs: number
}

/** The stops of the process, and the signals that ask for them: SIGINT, SIGTERM, SIGHUP, or the bootstrap gone. Within a
 * second of the first they count as one (a terminal and npm both send Ctrl-C); a later one ends the process at once. */
export function createLifecycle(log: Log): Lifecycle {
  const parts: Part[] = []
  let stopping: Promise<boolean> | undefined

  const stop = () => (stopping ??= stopAll(parts, log))
  const onStop: Lifecycle['onStop'] = (name, stop, limitMs = 10_000) => {
    parts.push({ name, stop, limitMs })
  }

  listenForStops(log, stop)
  return {
    onStop,
    stop,
    async start(name, start, stop, limitMs = 10_000) {
      if (stopping) return await new Promise<never>(() => {})
      const pending = start()
      const part = { name, limitMs, stop: async () => stop(await pending) }
      parts.push(part)
      try {
        return await pending
      } catch (error) {
        parts.splice(parts.indexOf(part), 1)
        throw error
      }
    },
  }
}

async function stopAll(parts: Part[], log: Log): Promise<boolean> {
  let isClean = true
  for (let part = parts.pop(); part; part = parts.pop()) {
    try {
      await within(part)
    } catch (error) {
      isClean = false
      log.warn(`${part.name} did not stop cleanly: ${String(error)}`)
    }
  }
  return isClean
}

async function within({ stop, limitMs }: Part): Promise<void> {
  const { promise: limit, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`not within ${limitMs / 1000} s`)), limitMs)
  try {
    await Promise.race([stop(), limit])
  } finally {
    clearTimeout(timer)
  }
}

function listenForStops(log: Log, stop: () => Promise<boolean>): void {
  let askedAt: number | undefined
  const ask = (why: string, code: number) => {
    if (askedAt === undefined) {
      askedAt = performance.now()
      log.info(`Stopping (${why})`)
      void stop().then((isClean) => process.exit(isClean ? code : 1))
    } else if (performance.now() - askedAt > 1_000) {
      log.warn('Stopping at once')
      process.exit(1)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ask(signal, 0))
  process.on('disconnect', () => ask('the bootstrap is gone', 0))
  process.channel?.unref()
  // The terminal may be gone before we are.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const crash = (error: unknown) => {
    if (hasCode(error, 'EPIPE')) return
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
    ask('an unexpected error', 1)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}
