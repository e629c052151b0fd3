import type { KnownContact } from '#modules/customers/index.ts'
import type { InboundMessage } from '../ports.ts'
import { addressesOf } from '../own-addresses.ts'
import { mailboxesBehind } from '../rules/own-mailboxes.ts'
import { isOurs } from '../rules/address.ts'
import type { Participant } from '../store/tickets.ts'
import type { Filing } from './filing.ts'

/** Whoever stands in From. */
export function sender(message: InboundMessage): { email: string; name: string | null } {
  // A mail without a usable From still has somebody behind it; they get a contact that nobody can write to.
  const email = message.from.address.includes('@') ? message.from.address : 'unknown@invalid'
  return { email: email.slice(0, 254), name: message.from.name || null }
}

/** Everyone the mail brings into its ticket. */
export function peopleOf(
  { message, own, mailbox, decision }: Filing,
  contact: KnownContact,
  kind: 'requester' | 'cc',
): Participant[] {
  // What a catch-all took is ours this time.
  const ownAddresses = [
    ...addressesOf(own),
    ...message.envelope.to.filter((to) => mailboxesBehind([mailbox], [to]).length > 0),
  ]
  const others = decision.senderOnly ? [] : [...message.to, ...message.cc]
  const copied = others.filter(({ address }) => address.includes('@') && !isOurs(address, ownAddresses)).slice(0, 50)
  return [
    { email: sender(message).email, contactId: contact.id, kind },
    ...copied.map(({ address }) => ({ email: address, contactId: null, kind: 'cc' as const })),
  ]
}
