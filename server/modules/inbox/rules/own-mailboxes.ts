import { domainOf, normaliseAddress, withoutPlus } from './address.ts'

export type Reachable = { address: string; aliases: readonly string[]; enabled: boolean }

/**
 * The mailboxes behind some recipients. An address by name, a mailbox's own or an alias, counts before a catch-all; a plus
 * part is ours to read and changes nothing. A mailbox that is switched off takes nothing, nor does a catch-all in its place.
 */
export function mailboxesBehind<T extends Reachable>(own: readonly T[], recipients: readonly string[]): T[] {
  const found = new Set<T>()
  for (const recipient of recipients) {
    const plain = withoutPlus(recipient)
    const named = own.find((mailbox) => isNamed(mailbox, plain))
    const mailbox = named ?? own.find(({ enabled, aliases }) => enabled && aliases.includes(`@${domainOf(plain)}`))
    if (mailbox?.enabled) found.add(mailbox)
  }
  return own.filter((mailbox) => found.has(mailbox))
}

/**
 * The address by which a mail came to a mailbox, when that is not the mailbox's own: from the envelope, or, where only the
 * mailbox is known, from the people it was written to.
 */
export function deliveredTo(
  mailbox: Reachable,
  mail: { envelope: readonly string[]; written: readonly string[] },
): string | undefined {
  const own = normaliseAddress(mailbox.address)
  const reached = mail.envelope
    .map(normaliseAddress)
    .filter((address) => mailboxesBehind([mailbox], [address]).length > 0)
  const other = reached.find((address) => address !== own)
  if (other) return other
  const written = mail.written.map(normaliseAddress)
  return written.includes(own)
    ? undefined
    : written.find(
        (address) => mailbox.aliases.includes(withoutPlus(address)) || withoutPlus(address) === withoutPlus(own),
      )
}

/** The alias among the addresses that a mail was written to, from which an answer may leave. */
export function aliasAmong(mailbox: Reachable, delivered: string | undefined): string | undefined {
  return delivered === undefined ? undefined : mailbox.aliases.find((alias) => alias === withoutPlus(delivered))
}

function isNamed(mailbox: Reachable, plain: string): boolean {
  return withoutPlus(mailbox.address) === plain || mailbox.aliases.some((alias) => alias === plain)
}
