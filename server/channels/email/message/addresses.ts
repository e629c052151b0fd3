import type { Address } from 'postal-mime'
import type { MailAddress } from '#modules/inbox/ports.ts'
import { mailLimits } from './limits.ts'
import { cleanLine } from './text.ts'

const invisible = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu

/** Mailboxes of a header, groups opened; entries without an address are left out. */
export function mailboxes(addresses: Address[] | undefined): MailAddress[] {
  return (addresses ?? [])
    .flatMap((entry) => entry.group ?? [entry])
    .filter((entry) => entry.address)
    .slice(0, mailLimits.maxAddresses)
    .map(mailbox)
}

export function mailbox(entry: { name?: string; address?: string } | undefined): MailAddress {
  return { address: cleanLine(entry?.address ?? '').slice(0, 320), name: honestName(entry?.name ?? '').slice(0, 200) }
}

/** A name without signs that turn the reading direction or cannot be seen: with them one name looks like another. */
function honestName(name: string): string {
  return cleanLine(
    name
      .replace(invisible, '')
      .normalize('NFC')
      .replace(/(\p{M}{3})\p{M}+/gu, '$1'),
  )
}

/** Message-IDs in a header value, without brackets; tolerates ids that were written without them. */
export function messageIdsIn(value: string | undefined): string[] {
  const text = cleanLine(value ?? '')
  const bracketed = [...text.matchAll(/<\s*([^<>]+?)\s*>/g)].map((match) => (match[1] ?? '').replace(/\s+/g, ''))
  const ids = bracketed.length > 0 ? bracketed : text.split(/[\s,]+/).filter((word) => word.includes('@'))
  return [...new Set(ids.filter((id) => id.length <= 998))]
}
