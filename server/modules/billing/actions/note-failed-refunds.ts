import type { Desk } from '#server/desk.ts'
import { operationEvent } from '../operation-event.ts'
import type { StripeObject } from '../ports.ts'
import { lockOperation, operationsOfRefunds, setOperation } from '../store/operations.ts'

/** A bank may send a refund back days after it was made: the operation then did not do what it was for. */
export async function noteFailedRefunds(desk: Desk, refunds: readonly StripeObject[]): Promise<void> {
  const failed = refunds.filter(({ status }) => status === 'failed' || status === 'canceled')
  const made = await operationsOfRefunds(
    desk,
    failed.map(({ id }) => id),
  )
  for (const refund of failed) {
    const id = made.get(refund.id)
    const operation = id && (await lockOperation(desk, id))
    if (!operation || operation.state !== 'done') continue
    const why = typeof refund.failure_reason === 'string' ? refund.failure_reason : String(refund.status)
    await setOperation(desk, operation.id, {
      state: 'failed',
      problem: `The bank sent the refund back (${why.replaceAll('_', ' ')}). Find another way to pay the customer.`,
      replyDraft: null,
      endedAt: desk.now(),
    })
    await desk.emit(
      operationEvent(operation, 'refund.failed', { refundId: refund.id, why }),
      operationEvent(operation, 'operation.failed', { code: 'refund_failed' }),
    )
  }
}
