import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Envelope, ParseOutcome } from '#modules/inbox/ports.ts'
import { unreadable } from './read-whole.ts'

export type ReadingLimits = {
  /** How long one mail may take, from the moment a thread begins with it. */
  timeoutMs: number
  /** How much memory one mail may take, beside the bytes of its attachments. */
  memoryMb: number
  /** How many mails are read at the same time. */
  threads: number
}

export const usualLimits: ReadingLimits = { timeoutMs: 20_000, memoryMb: 512, threads: 2 }

type Waiting = { raw: Uint8Array; envelope: Envelope; limits: ReadingLimits; done(outcome: ParseOutcome): void }
type Thread = { worker: Worker; memoryMb: number; idleSince?: NodeJS.Timeout; leave(): void }

const idleMs = 60_000
const waiting: Waiting[] = []
const idle: Thread[] = []
let busy = 0

/**
 * Reads a mail in a thread with limits of time and memory. A mail that breaks one is answered with the reason, and its thread
 * with another one. Threads are shared by the process, made when they are needed and ended when nothing needs them.
 */
export function readInThread(raw: Uint8Array, envelope: Envelope, limits: ReadingLimits): Promise<ParseOutcome> {
  return new Promise((done) => {
    waiting.push({ raw, envelope, limits, done })
    next()
  })
}

function next(): void {
  const mail = waiting[0]
  if (!mail || busy >= mail.limits.threads) return
  waiting.shift()
  busy++
  void work(mail).finally(() => {
    busy--
    next()
  })
}

async function work({ raw, envelope, limits, done }: Waiting): Promise<void> {
  const thread = take(limits.memoryMb)
  try {
    const outcome = await answerOf(thread.worker, { raw, envelope }, limits)
    rest(thread)
    done(outcome)
  } catch (error) {
    void thread.worker.terminate()
    done(unreadable(error))
  }
}

async function answerOf(worker: Worker, mail: object, limits: ReadingLimits): Promise<ParseOutcome> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), limits.timeoutMs)
  const stopped = once(worker, 'exit', { signal: over.signal }).then(() => {
    throw new Error('The reader stopped without an answer')
  })
  // The loser of a race is heard by nobody.
  stopped.catch(() => undefined)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  worker.postMessage(mail)
  try {
    const [outcome] = (await Promise.race([once(worker, 'message', { signal: over.signal }), stopped])) as [
      ParseOutcome,
    ]
    return outcome
  } catch (error) {
    throw over.signal.aborted ? new Error(`It took longer than ${limits.timeoutMs} ms`) : inWords(error, limits)
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

function inWords(error: unknown, { memoryMb }: ReadingLimits): unknown {
  const { code } = error as { code?: unknown }
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Error(`It took more than ${memoryMb} MB of memory`) : error
}

function take(memoryMb: number): Thread {
  const at = idle.findIndex((thread) => thread.memoryMb === memoryMb)
  const [rested] = at < 0 ? [] : idle.splice(at, 1)
  if (rested) {
    clearTimeout(rested.idleSince)
    rested.worker.off('error', rested.leave)
    rested.worker.ref()
    return rested
  }
  const worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
  })
  const thread: Thread = {
    worker,
    memoryMb,
    leave() {
      const at = idle.indexOf(thread)
      if (at >= 0) idle.splice(at, 1)
      void worker.terminate()
    },
  }
  return thread
}

/** Kept for the next mail for a while; it must not keep the process alive. */
function rest(thread: Thread): void {
  thread.worker.once('error', thread.leave)
  thread.worker.unref()
  thread.idleSince = setTimeout(thread.leave, idleMs).unref()
  idle.push(thread)
}
