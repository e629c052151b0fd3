import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { runOperationJob } from '../job-names.ts'
import { operationEvent } from '../operation-event.ts'
import { maySeeTicket } from '../operation-visibility.ts'
import { lockOperation, setOperation } from '../store/operations.ts'

/** Looks an operation that nobody can know about up at Stripe once more, in a job. */
export async function recheckOperation(desk: Desk, id: Id<'op'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const operation = await lockOperation(tx, id)
    if (!operation || !(await maySeeTicket(tx, operation.ticketId))) throw notFound('operation')
    if (operation.state !== 'unknown')
      throw new DeskError(
        'conflict',
        `This operation is ${operation.state}; only an unknown one can be looked up again.`,
      )
    const isMade = [operation.refundId, operation.creditNoteId, operation.effectId].some((id) => id !== null)
    await setOperation(tx, id, { state: isMade ? 'verifying' : 'running', nextAt: null })
    await tx.emit(operationEvent(operation, 'operation.rechecked'))
    await tx.enqueue(runOperationJob(id, undefined, !isMade))
  })
}
