import type { Desk } from '#server/desk.ts'
import { DeskError, UpstreamError } from '#platform/errors.ts'
import { operationEvent } from '../operation-event.ts'
import { operationKinds } from '../operation-kinds/kinds.ts'
import { lockOperation, lockSubject, setOperation, type StoredOperation } from '../store/operations.ts'

/** Three days for an approval and three for whoever is asked to come back. */
const giveUpHours = 144

/**
 * Before the first call the facts are read once more: a dispute or another refund may have come since the order.
 * Then the operation runs, or fails having moved nothing. Returns when to try again where Stripe does not answer.
 */
export async function checkBeforeFirstCall(
  desk: Desk,
  operation: StoredOperation,
): Promise<Temporal.Instant | undefined> {
  const problem = await operationKinds[operation.kind].check(desk, operation).catch((error: unknown) => {
    if (error instanceof DeskError) return error.message
    if (error instanceof UpstreamError && !error.retryable) return error.message
    if (error instanceof UpstreamError) return null
    throw error
  })
  const isLate = Temporal.Instant.compare(desk.now(), operation.createdAt.add({ hours: giveUpHours })) > 0
  if (problem === null && !isLate) return desk.now().add({ seconds: 5 })
  await desk.transaction(async (tx) => {
    await lockSubject(tx, operation.subject)
    const current = await lockOperation(tx, operation.id)
    if (current?.state !== 'queued') return
    if (problem === undefined) {
      await setOperation(tx, operation.id, { state: 'running', startedAt: tx.now(), nextAt: null })
      await tx.emit(operationEvent(operation, 'operation.started'))
      return
    }
    const words = problem ?? operationKinds[operation.kind].words.neverTaken
    await setOperation(tx, operation.id, { state: 'failed', problem: words, endedAt: tx.now() })
    await tx.emit(operationEvent(operation, 'operation.failed', { code: 'changed_since' }))
  })
  return undefined
}
