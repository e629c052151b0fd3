import type { Desk } from '#server/desk.ts'
import { UpstreamError } from '#platform/errors.ts'
import { wakeMirror } from '../job-names.ts'
import { claimStale, giveUpReading, keepRead, nextDue, type Reading, type ReadObject } from '../store/mirror.ts'
import { followUp } from './follow-up.ts'

const batch = 24
/** Longer than any read with its waiting. */
const leaseSeconds = 90
/** Then another run goes on, so that no job is endless. */
const most = 2000

/** Reads every object that was hinted at after it was last read, until none is left that may be read now. */
export async function fetchMirror(desk: Desk): Promise<number> {
  const { account } = desk.ports.payments
  let read = 0
  while (read < most) {
    const readings = await claimStale(desk, account, batch, leaseSeconds)
    if (readings.length === 0) break
    await readBatch(desk, readings).catch(async (error: unknown) => {
      // Nobody is to wait for the lease of a worker that lives.
      const failure = { sentence: String(error), retryAt: desk.now().add({ seconds: 1 }) }
      for (const reading of readings) await giveUpReading(desk, account, reading, failure)
      throw error
    })
    read += readings.length
  }
  const due = await nextDue(desk, account)
  if (due)
    await desk.enqueue(Temporal.Instant.compare(due, desk.now()) > 0 ? { ...wakeMirror, runAt: due } : wakeMirror)
  return read
}

async function readBatch(desk: Desk, readings: readonly Reading[]): Promise<void> {
  const results = await Promise.all(readings.map((reading) => readOne(desk, reading)))
  await desk.transaction(async (tx) => {
    const read = results.filter((result) => result !== undefined)
    await followUp(tx, await keepRead(tx, tx.ports.payments.account, read), { lists: true })
  })
}

async function readOne(desk: Desk, reading: Reading): Promise<ReadObject | undefined> {
  const { kind, id, mark } = reading
  try {
    return { kind, id, mark, object: await desk.ports.payments.retrieve(kind, id) }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    const waitSeconds = error.retryable ? Math.min(300, 2 ** Math.min(reading.attempts, 10)) : 3600
    const retryAt = desk.now().add({ seconds: waitSeconds })
    await giveUpReading(desk, desk.ports.payments.account, reading, { sentence: error.message, retryAt })
    return undefined
  }
}
