import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { hasRole } from '#modules/team/index.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { operationEvent } from '../operation-event.ts'
import { whoIsBehind } from '../operation-order.ts'
import { maySeeTicket } from '../operation-visibility.ts'
import { lockOpenApproval, setApproval } from '../store/approvals.ts'
import { lockOperation, setOperation } from '../store/operations.ts'

/** Takes back what has not started. Whoever asked for it may, and leads, finance and admins. */
export async function cancelOperation(desk: Desk, id: Id<'op'>): Promise<void> {
  await desk.transaction(async (tx) => {
    // Approvals are locked before their operation everywhere.
    const approval = await lockOpenApproval(tx, id)
    const operation = await lockOperation(tx, id)
    if (!operation || !(await maySeeTicket(tx, operation.ticketId))) throw notFound('operation')
    if (operation.requestedBy !== whoIsBehind(tx) && !hasRole(tx.actor, 'lead', 'finance', 'admin'))
      throw new DeskError('forbidden', 'Only who asked for it, a lead, finance or an admin may take this back.')
    if (operation.state === 'cancelled') return
    if (operation.state !== 'awaiting_approval' && operation.state !== 'queued')
      throw new DeskError('conflict', `This operation is ${operation.state}; it can no longer be taken back.`)
    if (approval) await setApproval(tx, approval.id, 'rejected', null)
    await setOperation(tx, id, { state: 'cancelled', endedAt: tx.now() })
    await tx.emit(operationEvent(operation, 'operation.cancelled', { approvalId: approval?.id ?? null }))
  })
}
