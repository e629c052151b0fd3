import { useEffect, useRef, useSyncExternalStore } from 'react'
import * as z from 'zod'
import { openStream } from './live-stream.ts'
import { queryClient } from './query-client.ts'

export type LiveState = 'starting' | 'live' | 'reconnecting'

const Word = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('topics'), topics: z.array(z.string()) }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('state'), state: z.enum(['live', 'reconnecting']) }),
  z.object({ kind: z.literal('hello') }),
])
type Word = z.infer<typeof Word>

let state: LiveState = 'starting'
const listeners = new Set<() => void>()
const waiting = new Set<string>()
const topicListeners = new Set<(heard: ReadonlySet<string>) => void>()
let flushing: ReturnType<typeof setTimeout> | undefined

/**
 * Keeps queries fresh: one tab of the browser, elected by a Web Lock, holds the event stream and passes what it hears on to the
 * others by BroadcastChannel. A query names its topics in `meta.topics`; hearing one of them makes it refetch.
 * Returns how to stop.
 */
export function startLive(): () => void {
  const stopping = new AbortController()
  const channel = new BroadcastChannel('mainstay.live')
  let leading = false
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin and takes no target
  const tellTabs = (word: Word): void => channel.postMessage(word)
  const say = (word: Word): void => {
    tellTabs(word)
    hear(word)
  }
  channel.addEventListener('message', (event) => {
    const word = Word.safeParse(event.data)
    if (!word.success) return
    if (word.data.kind === 'hello') {
      if (leading && state !== 'starting') tellTabs({ kind: 'state', state })
      return
    }
    hear(word.data)
  })
  tellTabs({ kind: 'hello' })
  const lead = async (): Promise<void> => {
    leading = true
    await openStream({
      mayHaveMissed: () => state !== 'starting',
      signal: stopping.signal,
      onTopics: (topics) => say({ kind: 'topics', topics }),
      onReset: () => say({ kind: 'reset' }),
      onState: (next) => say({ kind: 'state', state: next }),
    })
  }
  // Web Locks exist on secure origins only; elsewhere every tab has a stream of its own.
  const { locks } = navigator as { locks?: LockManager }
  const led = locks ? locks.request('mainstay.live', { signal: stopping.signal }, lead) : lead()
  led.catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error
  })
  return () => {
    stopping.abort()
    channel.close()
  }
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

function hear(word: Word): void {
  if (word.kind === 'topics') {
    for (const topic of word.topics.flatMap(widen)) waiting.add(topic)
    // A burst of mail is one refetch per query, not one per message.
    flushing ??= setTimeout(flush, 150)
  }
  if (word.kind === 'reset') {
    void queryClient.invalidateQueries()
    for (const tell of topicListeners) tell(new Set(['reset']))
  }
  if (word.kind === 'state' && word.state !== state) {
    state = word.state
    for (const tell of listeners) tell()
  }
}

function flush(): void {
  flushing = undefined
  const heard = new Set(waiting)
  waiting.clear()
  void queryClient.invalidateQueries({
    predicate: ({ meta }) => meta?.topics?.some((topic) => heard.has(topic)) ?? false,
  })
  for (const tell of topicListeners) tell(heard)
}

/**
 * The stream names `ticket:tkt_…` and `type:settings.changed`; a query about all tickets or the whole of the settings names
 * `tickets` or `settings`.
 */
function widen(topic: string): string[] {
  if (topic.startsWith('ticket:')) return [topic, 'tickets']
  const noun = /^type:(\w+)\./.exec(topic)?.[1]
  return noun ? [topic, noun] : [topic]
}

/** Tells a component of each batch of topics, for what is more than a refetch; `reset` when anything may have been missed. */
export function useLiveTopics(listener: (heard: ReadonlySet<string>) => void): void {
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    const tell = (heard: ReadonlySet<string>): void => latest.current(heard)
    topicListeners.add(tell)
    return () => {
      topicListeners.delete(tell)
    }
  }, [])
}
