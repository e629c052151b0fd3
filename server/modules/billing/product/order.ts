import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { orderProductAction } from '#contract/product.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { placeOrder } from '../operation-order.ts'
import { takePreview } from '../operation-preview.ts'
import { lockSubject } from '../store/operations.ts'
import { previewInput } from '../store/previews.ts'
import type { ProductPlan } from './call.ts'
import { judge, type Asked } from './judge.ts'

/** Orders what a preview showed, if all of it is still so. One preview is one operation, however often it is submitted. */
export async function orderProduct(desk: Desk, body: BodyOf<typeof orderProductAction>): Promise<Id<'op'>> {
  return desk.transaction(async (tx) => {
    const { preview, used } = await takePreview(tx, body.previewId, 'product_action')
    if (used) return used
    const { asked, version } = await previewInput<{ asked: Asked; version: number }>(tx, preview.id)
    const { key, parameters } = asked
    const subject = `product ${key}`
    await lockSubject(tx, subject)
    const { action, decision, policy, contact } = await judge(tx, asked)
    if (action.version !== version)
      throw new DeskError('stale', `${action.definition.title} was changed meanwhile. Look at it again.`)
    if (decision.outcome === 'refuse')
      throw new DeskError('policy_refused', decision.reasons[0]?.sentence ?? 'This cannot be done.')
    if (action.definition.destructive && body.typed !== key)
      throw new DeskError('invalid_request', `body.typed: type ${key} to confirm.`)
    const plan: ProductPlan = { actionId: action.id, definition: action.definition, key, parameters }
    return placeOrder(
      tx,
      {
        id: newId('op', tx.now()),
        kind: 'product_action',
        subject,
        money: null,
        charge: null,
        invoice: null,
        subscription: null,
        customerId: null,
        cause: null,
        ticketId: preview.ticketId,
        contactId: contact?.id ?? null,
        contactName: contact?.name ?? null,
        plan,
        previewId: preview.id,
        reason: body.reason?.trim() || null,
        decision,
      },
      decision,
      policy,
      { actionId: action.id, version },
    )
  })
}
