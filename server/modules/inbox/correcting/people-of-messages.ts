import type { Id } from '#contract/ids.ts'
import type { Participant } from '../store/tickets.ts'
import { isOurs } from '../rules/address.ts'
import type { ChosenMessage } from './chosen-messages.ts'

/** Everyone who wrote or was written to in some messages, our own addresses left out; the requester's is marked. */
export function peopleOfMessages(
  messages: readonly ChosenMessage[],
  ownAddresses: readonly string[],
  requesterId: Id<'con'> | null,
): Participant[] {
  const people = new Map<string, Participant>()
  const add = (email: string, contactId: Id<'con'> | null) => {
    const address = email.toLowerCase()
    if (!address.includes('@') || isOurs(address, [...ownAddresses]) || people.has(address)) return
    const kind = contactId !== null && contactId === requesterId ? 'requester' : 'cc'
    people.set(address, { email: address, contactId, kind })
  }
  for (const { kind, from, authorId } of messages)
    if (kind === 'inbound' && from) add(from.email, authorId?.startsWith('con_') ? (authorId as Id<'con'>) : null)
  for (const { kind, to, cc } of messages) if (kind !== 'note') for (const { email } of [...to, ...cc]) add(email, null)
  return [...people.values()]
}
