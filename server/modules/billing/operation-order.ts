import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { newId } from '#platform/ids.ts'
import { runOperationJob } from './job-names.ts'
import { operationEvent } from './operation-event.ts'
import { approvalExpiry } from './rules/approval.ts'
import type { OperationDecision } from './rules/operation-decision.ts'
import type { RefundPolicy } from './rules/policy.ts'
import { strictestRole } from './rules/refund-approvals.ts'
import { insertApproval } from './store/approvals.ts'
import { insertOperation, type NewOperation } from './store/operations.ts'
import { usePreview } from './store/previews.ts'

type Order = Omit<NewOperation, 'state' | 'requestedBy' | 'requestedByName' | 'requestedByAgent'>

/**
 * Writes an operation down, of whatever kind, with the approval it needs or the job that carries it out. `facts` are what the
 * ledger keeps besides. Runs inside the caller's transaction, under the lock of the operation's subject.
 */
export async function placeOrder(
  desk: Desk,
  order: Order,
  decision: Pick<OperationDecision, 'approvals' | 'policyVersion'>,
  policy: RefundPolicy,
  facts: Record<string, string | number | null>,
): Promise<Id<'op'>> {
  const role = strictestRole(decision.approvals)
  const operation: NewOperation = {
    ...order,
    state: role ? 'awaiting_approval' : 'queued',
    requestedBy: whoIsBehind(desk),
    requestedByName: desk.actor.name,
    requestedByAgent: desk.actor.agentId,
  }
  await insertOperation(desk, operation)
  if (order.previewId) await usePreview(desk, order.previewId, order.id)
  const { kind, state } = operation
  await desk.emit(
    operationEvent(operation, 'operation.created', { kind, ...facts, policyVersion: decision.policyVersion, state }),
  )
  if (role) await askForApproval(desk, operation, decision, policy, role)
  else await desk.enqueue(runOperationJob(order.id))
  return order.id
}

async function askForApproval(
  desk: Desk,
  operation: NewOperation,
  decision: Pick<OperationDecision, 'approvals' | 'policyVersion'>,
  policy: RefundPolicy,
  requiredRole: 'lead' | 'finance',
): Promise<void> {
  const id = newId('apr', desk.now())
  const codes = decision.approvals.map(({ code }) => code)
  await insertApproval(desk, {
    id,
    operationId: operation.id,
    requiredRole,
    codes,
    because: decision.approvals.map(({ because }) => because).join(' '),
    policyVersion: decision.policyVersion,
    expiresAt: Temporal.Instant.fromEpochMilliseconds(approvalExpiry(policy, desk.now().epochMilliseconds)),
  })
  await desk.emit(
    operationEvent(operation, 'approval.requested', { approvalId: id, role: requiredRole, because: codes }),
  )
}

/** The person who acts, also through their key; else the key itself. */
export function whoIsBehind(desk: Desk): string {
  return desk.actor.agentId ?? desk.actor.id ?? desk.actor.kind
}
