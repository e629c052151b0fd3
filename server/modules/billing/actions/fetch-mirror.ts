import { setTimeout as sleep } from 'node:timers/promises'
import type { Desk } from '#server/desk.ts'
import { UpstreamError } from '#platform/errors.ts'
import { wakeMirror } from '../job-names.ts'
import {
  claimStale,
  giveUpReading,
  keepRead,
  nextDue,
  putBack,
  type Reading,
  type ReadObject,
} from '../store/mirror.ts'
import { followUp } from './follow-up.ts'
import { readByPages } from './read-by-pages.ts'

/** Two pages of a list. */
const batch = 200
/** Of a batch, so many are read one by one before what was read is kept. */
const aloneAtOnce = 24
/** Longer than any read with its waiting. */
const leaseSeconds = 90
/** After this many at once, more is told every moment: hints of one object and one page then gather before the next round. */
const busyFrom = 24
const gatherMs = 250
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
    if (readings.length >= busyFrom && readings.length < batch) await sleep(gatherMs)
  }
  const due = await nextDue(desk, account)
  if (due)
    await desk.enqueue({
      ...wakeMirror(account),
      ...(Temporal.Instant.compare(due, desk.now()) > 0 ? { runAt: due } : {}),
    })
  return read
}

async function readBatch(desk: Desk, readings: readonly Reading[]): Promise<void> {
  const { account } = desk.ports.payments
  const kinds = [...Map.groupBy(readings, ({ kind }) => kind)]
  const byPages = await Promise.all(
    kinds.map(([kind, ofKind]) => orGiveUp(desk, ofKind, () => readByPages(desk, kind, ofKind))),
  )
  const alone = byPages.flatMap((pages) => pages?.alone ?? [])
  await putBack(desk, account, alone.slice(aloneAtOnce))
  const one = async (reading: Reading): Promise<ReadObject> => {
    const { kind, id, mark } = reading
    return { kind, id, mark, object: await desk.ports.payments.retrieve(kind, id) }
  }
  const singles = await Promise.all(
    alone.slice(0, aloneAtOnce).map((reading) => orGiveUp(desk, [reading], () => one(reading))),
  )
  const read = [...byPages.flatMap((pages) => pages?.read ?? []), ...singles.filter((single) => single !== undefined)]
  await desk.transaction(async (tx) => followUp(tx, await keepRead(tx, account, read), { lists: true }))
}

/** What the work brings; undefined when Stripe failed, and then these readings are made again later. */
async function orGiveUp<T>(desk: Desk, readings: readonly Reading[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    for (const reading of readings) {
      const waitSeconds = error.retryable ? Math.min(300, 2 ** Math.min(reading.attempts, 10)) : 3600
      const retryAt = desk.now().add({ seconds: waitSeconds })
      await giveUpReading(desk, desk.ports.payments.account, reading, { sentence: error.message, retryAt })
    }
    return undefined
  }
}
