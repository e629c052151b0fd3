import type { Desk } from '#server/desk.ts'
import { UpstreamError } from '#platform/errors.ts'
import { operationEvent } from '../operation-event.ts'
import { operationKinds } from '../operation-kinds/kinds.ts'
import type { Verdict } from '../operation-kinds/operation-kind.ts'
import { lockOperation, setOperation, type StoredOperation } from '../store/operations.ts'

/** Reads back what the call did. Returns when to look again while nobody answers. */
export async function verifyOperation(desk: Desk, operation: StoredOperation): Promise<Temporal.Instant | undefined> {
  const again = desk.now().add({ seconds: 5 })
  let verdict: Verdict | undefined
  try {
    verdict = await operationKinds[operation.kind].verify(desk, operation)
  } catch (error) {
    if (error instanceof UpstreamError) return again
    throw error
  }
  if (!verdict) return again
  const { events = [], ...change } = verdict
  await desk.transaction(async (tx) => {
    const current = await lockOperation(tx, operation.id)
    if (current?.state !== 'verifying') return
    await setOperation(tx, operation.id, { ...change, nextAt: null, endedAt: tx.now() })
    await tx.emit(...events, operationEvent(operation, `operation.${change.state}`))
  })
  return undefined
}
