import type { Id } from '#contract/ids.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { approvalTerms, judged } from '../approval-terms.ts'
import { runOperationJob } from '../job-names.ts'
import { operationEvent } from '../operation-event.ts'
import { maySeeTicket } from '../operation-visibility.ts'
import { decideApproval, type ApprovalDecision } from '../rules/approval.ts'
import { lockApproval, setApproval } from '../store/approvals.ts'
import { lockOperation, setOperation } from '../store/operations.ts'

type Refused = Extract<ApprovalDecision, { allowed: false }>

const errorOf: Record<Refused['code'], ErrorCode> = {
  decided: 'conflict',
  expired: 'conflict',
  role: 'forbidden',
  limit: 'forbidden',
  self: 'forbidden',
  too_early: 'forbidden',
  reason_missing: 'invalid_request',
}

/** Approves or rejects, within the decider's limit and never their own request; an approved operation starts at once. */
export async function decideOnApproval(
  desk: Desk,
  id: Id<'apr'>,
  decision: 'approve' | 'reject',
  reason: string | undefined,
): Promise<void> {
  await desk.transaction(async (tx) => {
    const approval = await lockApproval(tx, id)
    const operation = approval && (await lockOperation(tx, approval.operationId))
    if (!approval || !operation || !(await maySeeTicket(tx, operation.ticketId))) throw notFound('approval')
    const terms = await approvalTerms(tx)
    const decided = decideApproval({
      ...judged(approval, operation, terms(approval)),
      decision,
      ...(reason ? { reason } : {}),
      decider: tx.actor,
    })
    if (!decided.allowed) throw new DeskError(errorOf[decided.code], decided.sentence)
    const isApproved = decision === 'approve'
    await setApproval(tx, id, isApproved ? 'approved' : 'rejected', reason?.trim() || null)
    await setOperation(tx, operation.id, isApproved ? { state: 'queued' } : { state: 'rejected', endedAt: tx.now() })
    await tx.emit(
      operationEvent(operation, isApproved ? 'approval.approved' : 'approval.rejected', {
        approvalId: id,
        mark: decided.mark,
        role: approval.requiredRole,
      }),
      operationEvent(operation, isApproved ? 'operation.queued' : 'operation.rejected'),
    )
    if (isApproved) await tx.enqueue(runOperationJob(operation.id))
  })
}
