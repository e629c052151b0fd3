import type { Desk } from '#server/desk.ts'
import { operationEvent } from '../operation-event.ts'
import { lockApproval, overdueApprovals, setApproval } from '../store/approvals.ts'
import { lockOperation, setOperation } from '../store/operations.ts'

/** What nobody decided in time is off; it can be asked for again on fresh facts. */
export async function expireApprovals(desk: Desk): Promise<void> {
  for (const { id, operationId } of await overdueApprovals(desk)) {
    await desk.transaction(async (tx) => {
      const approval = await lockApproval(tx, id)
      const operation = await lockOperation(tx, operationId)
      if (approval?.state !== 'open' || operation?.state !== 'awaiting_approval') return
      await setApproval(tx, id, 'expired', null)
      await setOperation(tx, operationId, { state: 'expired', endedAt: tx.now() })
      await tx.emit(
        operationEvent(operation, 'approval.expired', { approvalId: id }),
        operationEvent(operation, 'operation.expired'),
      )
    })
  }
}
