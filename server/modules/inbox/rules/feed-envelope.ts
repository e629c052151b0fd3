import { readHeader } from './header-fields.ts'
import { mailboxesBehind, type Reachable } from './own-mailboxes.ts'

/** Where servers write down whom they delivered to, the surest first. */
const delivered = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to', 'cc']

/**
 * The envelope of a mail that was read out of a mailbox, from what its header kept of it. The mailbox is known by where the
 * mail lay; of its recipients only those that are this mailbox count, by its address, an alias or a catch-all, with the plus
 * part that may name a ticket. `own` are all mailboxes: what is another one's by name falls into no catch-all.
 */
export function feedEnvelope(
  raw: Uint8Array,
  mailbox: Reachable,
  own: readonly Reachable[],
): { from: string; to: string[]; ip: null; helo: null } {
  const { fields } = readHeader(raw)
  const of = (name: string) => fields.filter((field) => field.name === name).map(({ value }) => value)
  const isHere = (address: string) => mailboxesBehind(own, [address]).some((one) => one.address === mailbox.address)
  const to = new Set<string>()
  for (const value of delivered.flatMap(of))
    for (const [address] of value.matchAll(/[^\s<>,;:"'()[\]]+@[^\s<>,;:"'()[\]]+/g))
      if (isHere(address)) to.add(address.toLowerCase())
  return {
    from: senderOf(of),
    to: to.size > 0 ? [...to].slice(0, 20) : [mailbox.address],
    ip: null,
    helo: null,
  }
}

/** Only a return path that is written and empty says that nobody may answer; where none is kept, the mail's own sender is meant. */
function senderOf(of: (name: string) => string[]): string {
  const returnPath = of('return-path')[0]
  if (returnPath !== undefined) return /<([^<>\s]*)>/.exec(returnPath)?.[1]?.slice(0, 254) ?? ''
  const [sender] = [...of('sender'), ...of('from')]
  return /[^\s<>,;:"'()[\]]+@[^\s<>,;:"'()[\]]+/.exec(sender ?? '')?.[0]?.slice(0, 254) ?? ''
}
