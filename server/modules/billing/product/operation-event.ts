import type { NewEvent } from '#platform/ledger/append.ts'
import type { StoredProductOperation } from './operation-store.ts'

/** A line of the ledger about an operation at the product; ids, enums and numbers only. */
export function productEvent(
  operation: Pick<StoredProductOperation, 'id' | 'actionId' | 'contactId' | 'ticketId'>,
  verb: string,
  data: Record<string, string | number | null> = {},
): NewEvent {
  return {
    type: `product_operation.${verb}`,
    ticketId: operation.ticketId,
    contactId: operation.contactId,
    data: { productOperationId: operation.id, actionId: operation.actionId, ...data },
  }
}
