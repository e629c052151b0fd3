import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { hasRole } from '#modules/team/index.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { whoIsBehind } from '../operation-order.ts'
import { runProductJob } from '../job-names.ts'
import { maySeeTicket } from '../operation-visibility.ts'
import { lockProductOperation, setProductOperation, type StoredProductOperation } from './operation-store.ts'
import { productEvent } from './operation-event.ts'

/** Why this actor may not approve it, in words; null when they may. Nobody approves what they asked for, also not by a key. */
export function whyNotApprove(desk: Desk, operation: StoredProductOperation): string | null {
  if (operation.state !== 'awaiting_approval') return `This is ${operation.state.replaceAll('_', ' ')} already.`
  if (!desk.actor.agentId) return 'It is not known who decides, so four eyes cannot be shown. Approve as a person.'
  if (operation.requestedBy === whoIsBehind(desk)) return 'You asked for this yourself; someone else must approve it.'
  const mayDecide =
    operation.approval === 'finance' ? hasRole(desk.actor, 'finance') : hasRole(desk.actor, 'lead', 'finance')
  return mayDecide
    ? null
    : `Only ${operation.approval === 'finance' ? 'finance' : 'a lead or finance'} may decide this.`
}

export async function decideProduct(
  desk: Desk,
  id: Id<'pop'>,
  { decision, reason }: { decision: 'approve' | 'reject'; reason?: string | undefined },
): Promise<void> {
  await desk.transaction(async (tx) => {
    const operation = await seenOperation(tx, id)
    if (operation.state !== 'awaiting_approval') throw new DeskError('conflict', whyNotApprove(tx, operation) ?? '')
    const refusal = whyNotApprove(tx, operation)
    if (refusal) throw new DeskError('forbidden', refusal)
    const isApproved = decision === 'approve'
    await setProductOperation(tx, id, {
      state: isApproved ? 'queued' : 'rejected',
      decidedByName: tx.actor.name,
      reason: reason?.trim() || null,
      ...(isApproved ? {} : { endedAt: tx.now() }),
    })
    await tx.emit(productEvent(operation, isApproved ? 'approved' : 'rejected'))
    if (isApproved) await tx.enqueue(runProductJob(id))
  })
}

/** Takes back what has not started. Whoever asked for it may, and leads, finance and admins. */
export async function cancelProduct(desk: Desk, id: Id<'pop'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const operation = await seenOperation(tx, id)
    if (operation.requestedBy !== whoIsBehind(tx) && !hasRole(tx.actor, 'lead', 'finance', 'admin'))
      throw new DeskError('forbidden', 'Only who asked for it, a lead, finance or an admin may take this back.')
    if (operation.state === 'cancelled') return
    if (operation.state !== 'awaiting_approval' && operation.state !== 'queued')
      throw new DeskError('conflict', `This is ${operation.state}; it can no longer be taken back.`)
    await setProductOperation(tx, id, { state: 'cancelled', endedAt: tx.now() })
    await tx.emit(productEvent(operation, 'cancelled'))
  })
}

/** Asks about an unknown operation once more, in a job. */
export async function recheckProduct(desk: Desk, id: Id<'pop'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const operation = await seenOperation(tx, id)
    if (operation.state !== 'unknown')
      throw new DeskError(
        'conflict',
        `This is ${operation.state.replaceAll('_', ' ')}; only what is unknown can be asked for again.`,
      )
    await setProductOperation(tx, id, { state: 'verifying', problem: null, nextAt: null, endedAt: null })
    await tx.emit(productEvent(operation, 'rechecked'))
    await tx.enqueue(runProductJob(id))
  })
}

async function seenOperation(desk: Desk, id: Id<'pop'>): Promise<StoredProductOperation> {
  const operation = await lockProductOperation(desk, id)
  if (!operation || !(await maySeeTicket(desk, operation.ticketId))) throw notFound('product operation')
  return operation
}
