import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { createCancellation as endpoint } from '#contract/operations.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { readBasis } from '../operation-basis.ts'
import { placeOrder } from '../operation-order.ts'
import { takePreview } from '../operation-preview.ts'
import { overrideApproval } from '../rules/override-approval.ts'
import { planCancellation, type When } from '../rules/subscription-cancellation.ts'
import { isSubjectTaken, lockSubject } from '../store/operations.ts'
import { previewInput } from '../store/previews.ts'

/** Orders the end a preview showed; what Stripe says is checked again before the call. A preview gives one operation. */
export async function createCancellation(desk: Desk, body: BodyOf<typeof endpoint>): Promise<Id<'op'>> {
  return desk.transaction(async (tx) => {
    const { preview, used } = await takePreview(tx, body.previewId, 'subscription_cancellation')
    if (used) return used
    const { subscription, customerId, contactId, contactName, ticketId } = preview
    if (!subscription) throw notFound('preview')
    await lockSubject(tx, subscription)
    if (await isSubjectTaken(tx, subscription))
      throw new DeskError('conflict', 'The end of this subscription is ordered already.')
    const { when } = await previewInput<{ when: When }>(tx, preview.id)
    const basis = await readBasis(tx, customerId, ticketId)
    const decision = { approvals: overrideApproval(basis.level), policyVersion: basis.policy.version }
    const id = newId('op', tx.now())
    return placeOrder(
      tx,
      {
        id,
        kind: 'subscription_cancellation',
        subject: subscription,
        subscription,
        customerId,
        ticketId,
        money: null,
        charge: null,
        invoice: null,
        cause: null,
        contactId,
        contactName,
        plan: planCancellation(id, subscription, when),
        previewId: preview.id,
        reason: body.reason?.trim() || null,
        decision: { when, decision },
      },
      decision,
      basis.policy,
      { subscription, when, authority: basis.level },
    )
  })
}
