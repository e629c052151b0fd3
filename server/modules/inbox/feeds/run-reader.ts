import { setTimeout as sleep } from 'node:timers/promises'
import type { Desk } from '#server/desk.ts'
import { UpstreamError } from '#platform/errors.ts'
import type { MailStoreSession } from '../ports.ts'
import { reconnectAfterMs } from '../rules/feed-pace.ts'
import type { Feed } from '../store/feeds.ts'
import { storedAccess } from './feed-secret.ts'
import { chooseFolders, noteFailing, readFeed } from './read-feed.ts'

export type ReaderOptions = {
  /** How often every folder is looked at, whatever the server tells by itself; milliseconds. */
  pollMs: number
  /** The least wait before a broken connection is made again. */
  reconnectMs?: number
}

/** Wakes a reader that waits. */
export type Bell = { ring(): void; next(): AbortSignal }

export function createBell(): Bell {
  let ringing = new AbortController()
  return {
    ring: () => ringing.abort(),
    next() {
      if (ringing.signal.aborted) ringing = new AbortController()
      return ringing.signal
    },
  }
}

/**
 * Reads one feed until `stopped`: connects, looks into every folder, waits for news or for the next look, and connects again
 * after every failure, at growing distances. Never throws.
 */
export async function runReader(
  desk: () => Desk,
  feed: Feed,
  stopped: AbortSignal,
  bell: Bell,
  options: ReaderOptions,
): Promise<void> {
  let failures = 0
  let known: Awaited<ReturnType<typeof storedAccess>> | undefined
  while (!stopped.aborted) {
    let session: MailStoreSession | undefined
    // Whatever is under way on the connection ends with it.
    const leave = () => void session?.close()
    try {
      if (!known || (known.until && Temporal.Instant.compare(known.until, desk().now()) < 0))
        known = await storedAccess(desk(), feed)
      session = await desk().ports.mailStore.connect(known.access)
      stopped.addEventListener('abort', leave, { once: true })
      const targets = await chooseFolders(session, feed)
      while (!stopped.aborted) {
        const wake = bell.next()
        const more = await readFeed(desk(), session, feed, targets)
        failures = 0
        if (!more && !stopped.aborted) await session.wait(options.pollMs, AbortSignal.any([stopped, wake]))
      }
    } catch (error) {
      if (stopped.aborted) return
      failures += 1
      const refused = error instanceof UpstreamError && !error.retryable
      if (refused) known = undefined
      await tell(desk(), feed, error, refused)
      const ms = Math.max(options.reconnectMs ?? 0, reconnectAfterMs(failures, refused))
      await sleep(ms, undefined, { signal: AbortSignal.any([stopped, bell.next()]) }).catch(() => {})
    } finally {
      stopped.removeEventListener('abort', leave)
      await session?.close().catch(() => {})
    }
  }
}

async function tell(desk: Desk, feed: Feed, error: unknown, refused: boolean): Promise<void> {
  const told = error instanceof UpstreamError
  if (!told) desk.log.error({ error, mailboxId: feed.sourceId }, 'a mailbox could not be read')
  const sentence = told ? error.message : 'The desk could not store what it read; it tries again.'
  // With the database away there is nobody to tell.
  await noteFailing(desk, feed, sentence, refused).catch(() => {})
}
