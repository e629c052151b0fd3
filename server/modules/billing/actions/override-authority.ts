import type { Authority } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { presentAuthority, readAuthority } from '../requester-authority.ts'
import { insertGrant } from '../store/authority.ts'

/** A lead vouches for whoever wrote this ticket; the words stay here, the ledger says that it happened. */
export async function overrideAuthority(desk: Desk, ticketId: Id<'tkt'>, reason: string): Promise<Authority> {
  return desk.transaction(async (tx) => {
    const { contact } = await readAuthority(tx, ticketId, null)
    await insertGrant(tx, ticketId, { kind: 'override', customerId: null, sentTo: null, reason })
    await tx.emit({ type: 'authority.overridden', ticketId, contactId: contact.id, data: {} })
    return presentAuthority(await readAuthority(tx, ticketId, null))
  })
}
