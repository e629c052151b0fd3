import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import type { Happening } from '../record.ts'
import { insertNote } from '../store/notes.ts'
import type { Filing } from './filing.ts'

/** What a colleague wrote above a mail they forwarded is a note of theirs; resolves to what the ledger says of it. */
export async function keepForwarder(desk: Desk, filing: Filing, ticketId: Id<'tkt'>): Promise<Happening[]> {
  const { forwardedBy } = filing.sender
  if (!forwardedBy || forwardedBy.words === '') return []
  const id = await insertNote(desk, {
    ticketId,
    author: { kind: 'agent', id: forwardedBy.agentId, name: forwardedBy.name },
    text: forwardedBy.words,
    at: (filing.arrivedAt ?? desk.now()).add({ milliseconds: 1 }),
  })
  await desk.enqueue({ name: 'inbox.index', payload: { messageId: id } })
  return [{ type: 'message.sent', data: { messageId: id, kind: 'note', authorId: forwardedBy.agentId } }]
}
