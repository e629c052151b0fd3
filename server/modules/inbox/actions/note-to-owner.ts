import type { Desk } from '#server/desk.ts'
import { record } from '../record.ts'
import { insertNote } from '../store/notes.ts'
import { touchTicket, type LockedTicket } from '../store/tickets.ts'

/** Leaves the desk's own words as an internal note in a ticket the caller has locked. */
export async function noteToOwner(desk: Desk, ticket: LockedTicket, text: string): Promise<void> {
  const author = { kind: 'system' as const, id: null, name: 'Mainstay' }
  const messageId = await insertNote(desk, { ticketId: ticket.id, author, text })
  await touchTicket(desk, ticket.id, null)
  await record(desk, ticket, [{ type: 'message.sent', data: { messageId, kind: 'note', authorId: null } }])
}
