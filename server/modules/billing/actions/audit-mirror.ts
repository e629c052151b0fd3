import type { Desk } from '#server/desk.ts'
import { UpstreamError } from '#platform/errors.ts'
import { driftOf } from '../rules/mirror-drift.ts'
import { insertAudit, insertDrifts, sampleSettled, stillAsSampled, type Sampled } from '../store/audits.ts'
import { readConnection } from '../store/connection.ts'
import { keepRead, lockMirror, nextMark, type ReadObject } from '../store/mirror.ts'
import { compareEvents } from './compare-events.ts'
import { followUp } from './follow-up.ts'
import { processWebhooks } from './process-webhooks.ts'

/** At 80 reads a second a few seconds; over a month a good part of what changes at all. */
const sampleSize = 300
const atOnce = 24

type Differing = { sampled: Sampled; read: ReadObject; fields: string[] }

/**
 * Reads a random sample of the mirror from Stripe again. What differs although no event said so, not even Stripe's own list
 * of events, has drifted: it is put right, written down and told of. Skipped until everything was copied once.
 */
export async function auditMirror(desk: Desk, size: number = sampleSize): Promise<{ drifted: number } | undefined> {
  const { account } = desk.ports.payments
  if (!(await readConnection(desk, account)).backfill?.done) return undefined
  const startedAt = desk.now()
  const sample = await sampleSettled(desk, account, size)
  const differing: Differing[] = []
  let unread = 0
  for (let at = 0; at < sample.length; at += atOnce)
    for (const compared of await Promise.all(sample.slice(at, at + atOnce).map((one) => compare(desk, one)))) {
      if (compared === 'unread') unread++
      else if (compared) differing.push(compared)
    }
  // A change whose event is on its way is no drift: whatever Stripe lists is taken in first.
  if (differing.length > 0) {
    await compareEvents(desk)
    await processWebhooks(desk)
  }
  return desk.transaction(async (tx) => {
    await lockMirror(tx, account)
    const untold = await stillAsSampled(
      tx,
      account,
      differing.map(({ sampled }) => sampled),
    )
    const drifted = differing.filter(({ sampled: { kind, id } }) => untold.has(`${kind} ${id}`))
    const repairs = drifted.map(({ read }) => read)
    await followUp(tx, await keepRead(tx, account, repairs), { lists: false })
    await insertDrifts(
      tx,
      account,
      drifted.map(({ sampled: { kind, id }, fields }) => ({ kind, id, fields })),
    )
    await insertAudit(tx, account, { startedAt, sampled: sample.length, unread, drifted: drifted.length })
    const counts = { sampled: sample.length, unread, drifted: drifted.length, account }
    await tx.emit({ type: drifted.length > 0 ? 'mirror.drift_found' : 'mirror.audited', data: counts })
    return { drifted: drifted.length }
  })
}

async function compare(desk: Desk, sampled: Sampled): Promise<Differing | 'unread' | undefined> {
  const { kind, id, data } = sampled
  const mark = await nextMark(desk)
  try {
    const object = await desk.ports.payments.retrieve(kind, id)
    const fields = driftOf(data, object)
    return fields.length > 0 ? { sampled, fields, read: { kind, id, mark, object } } : undefined
  } catch (error) {
    if (error instanceof UpstreamError) return 'unread'
    throw error
  }
}
