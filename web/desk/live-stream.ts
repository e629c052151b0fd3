import * as z from 'zod'

const Data = z.object({ topics: z.array(z.string()) })

type Options = {
  /** Whether this browser has been told of changes before, by whichever tab. */
  mayHaveMissed: () => boolean
  signal: AbortSignal
  onTopics: (topics: string[]) => void
  /** The server cannot say what was missed: everything may be stale. */
  onReset: () => void
  onState: (state: 'live' | 'reconnecting') => void
}

/**
 * Holds the server's event stream open until `signal` aborts. The browser reconnects by itself and resumes with Last-Event-ID.
 * When it gives up (a refused answer), or another tab takes the stream over, a new EventSource is opened, which cannot send that
 * header: what came before may have been missed, so everything counts as stale.
 */
export async function openStream(options: Options): Promise<void> {
  let pause = 1000
  while (!options.signal.aborted) {
    const wasOpen = await listen(options)
    if (options.signal.aborted) return
    pause = wasOpen ? 1000 : Math.min(pause * 2, 30_000)
    await rest(pause, options.signal)
  }
}

/** Resolves with whether it was ever open, once the browser has given up on this stream. */
function listen({ mayHaveMissed, signal, onTopics, onReset, onState }: Options): Promise<boolean> {
  return new Promise((resolve) => {
    let wasOpen = false
    let isLate = mayHaveMissed()
    const source = new EventSource('/api/v1/stream')
    const hear = (event: MessageEvent<string>): void => {
      const data = Data.safeParse(parseJson(event.data))
      if (data.success) onTopics(data.data.topics)
    }
    const end = (): void => {
      source.close()
      resolve(wasOpen)
    }
    source.addEventListener('open', () => {
      wasOpen = true
      onState('live')
      if (isLate) onReset()
      isLate = false
    })
    source.addEventListener('message', hear)
    source.addEventListener('topics', hear)
    source.addEventListener('reset', onReset)
    source.addEventListener('error', () => {
      onState('reconnecting')
      if (source.readyState === EventSource.CLOSED) end()
    })
    signal.addEventListener('abort', end, { once: true })
  })
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const hurry = (): void => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', hurry, { once: true })
    addEventListener('online', hurry, { once: true })
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
