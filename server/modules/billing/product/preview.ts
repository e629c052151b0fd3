import type { RefundPreview } from '#contract/billing.ts'
import type { Desk } from '#server/desk.ts'
import { savePreview } from '../operation-preview.ts'
import { judge, type Asked } from './judge.ts'

/** What an action would do, in words. Asks the product nothing. */
export async function previewProduct(desk: Desk, asked: Asked): Promise<RefundPreview> {
  const { action, decision, authority, contact } = await judge(desk, asked)
  return savePreview(
    desk,
    {
      kind: 'product_action',
      charge: null,
      invoice: null,
      subscription: null,
      customerId: null,
      contactId: contact?.id ?? null,
      contactName: contact?.name ?? null,
      ticketId: asked.ticketId ?? null,
      cause: null,
    },
    { decision, authority, input: { asked, version: action.version } },
    { actionId: action.id },
  )
}
