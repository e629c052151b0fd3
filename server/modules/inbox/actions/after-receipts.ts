import type { Desk } from '#server/desk.ts'
import { authenticateReceived } from './authenticate-received.ts'
import { indexReceived } from './index-received.ts'

/**
 * What mails get after they are committed: found by search, acknowledged, authenticated. Goes on until none waits. Each step
 * is done once per mail however often this runs, and slow DNS delays only what depends on it.
 */
export async function afterReceipts(desk: Desk): Promise<void> {
  let done: number
  do {
    done = await indexReceived(desk)
    done += await authenticateReceived(desk)
  } while (done > 0)
}

/** Adds a job that does the work after receipt; one runs at a time, and one that finds nothing left costs little. */
export async function wakeAfterReceipts(desk: Desk): Promise<void> {
  await desk.enqueue({ name: 'inbox.after_receipts', queue: 'inbox.after_receipts' })
}
