import type { NewEvent } from '#platform/ledger/append.ts'
import type { StoredOperation } from './store/operations.ts'

/** A line of the ledger about an operation. */
export function operationEvent(
  operation: Pick<StoredOperation, 'id' | 'ticketId' | 'contactId'>,
  type: string,
  data: Record<string, string | number | boolean | null | readonly string[]> = {},
): NewEvent {
  return {
    type,
    operationId: operation.id,
    ticketId: operation.ticketId,
    contactId: operation.contactId,
    data: { operationId: operation.id, ...data },
  }
}
