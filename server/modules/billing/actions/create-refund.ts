import type { createRefund as endpoint, RefundCause } from '#contract/billing.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import { money } from '#contract/money.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { readChargeFile } from '../charge-file.ts'
import { placeOrder } from '../operation-order.ts'
import { takePreview } from '../operation-preview.ts'
import { gatherRequest } from '../refund-request.ts'
import { planRefund } from '../rules/refund-plan.ts'
import { decideRefund } from '../rules/refund-policy.ts'
import { lockOperation, lockSubject } from '../store/operations.ts'
import type { StoredPreview } from '../store/previews.ts'

/**
 * Orders the refund a preview allowed. Decided again on the facts of this moment, one charge at a time; a preview gives one
 * operation, however often it is submitted.
 */
export async function createRefund(desk: Desk, body: BodyOf<typeof endpoint>): Promise<Id<'op'>> {
  return desk.transaction(async (tx) => {
    const { preview, used } = await takePreview(tx, body.previewId, 'refund')
    if (used) return sameAgain(tx, used, body.amount)
    const { charge, cause } = preview
    if (charge === null || cause === null) throw notFound('preview')
    await lockSubject(tx, charge)
    // The limits count what all of a customer's charges and their balance were given.
    if (preview.customerId) await lockSubject(tx, preview.customerId)
    return order(tx, { ...preview, charge, cause }, body)
  })
}

async function sameAgain(desk: Desk, operationId: Id<'op'>, amount: number): Promise<Id<'op'>> {
  const operation = await lockOperation(desk, operationId)
  if (operation?.money?.amount === amount) return operationId
  throw new DeskError('conflict', 'This preview was already used for another amount.')
}

type RefundShown = StoredPreview & { charge: string; cause: RefundCause }

async function order(desk: Desk, preview: RefundShown, body: BodyOf<typeof endpoint>): Promise<Id<'op'>> {
  const { charge, cause } = preview
  const file = await readChargeFile(desk, charge)
  if (!file) throw notFound('charge')
  const amount = money(body.amount, file.charge.currency)
  const { request } = await gatherRequest(desk, file, { cause, amount, ticketId: preview.ticketId })
  const decision = decideRefund(request)
  if (decision.outcome === 'refuse')
    throw new DeskError('policy_refused', decision.reasons[0]?.sentence ?? 'The policy refuses this refund.', {
      reasons: decision.reasons,
      allowed: decision.allowed,
    })
  const id = newId('op', desk.now())
  const plan = planRefund({
    operationId: id,
    money: amount,
    cause,
    charge: file.charge,
    ...invoiceOf(file),
  })
  if (!plan.ok) throw new DeskError('policy_refused', plan.reason.sentence)
  return placeOrder(
    desk,
    {
      id,
      kind: 'refund',
      subject: charge,
      money: amount,
      charge,
      invoice: file.invoice?.id ?? null,
      subscription: preview.subscription,
      customerId: preview.customerId,
      contactId: preview.contactId,
      contactName: preview.contactName,
      ticketId: preview.ticketId,
      cause,
      plan: plan.call,
      previewId: preview.id,
      reason: body.reason?.trim() || null,
      decision: { request, decision },
    },
    decision,
    request.policy,
    { charge, amount: amount.amount, currency: amount.currency, cause, authority: request.requester.authority },
  )
}

function invoiceOf(file: { invoice?: Parameters<typeof planRefund>[0]['invoice'] }) {
  return file.invoice ? { invoice: file.invoice } : {}
}
