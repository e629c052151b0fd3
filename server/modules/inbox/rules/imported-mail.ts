import { isOurs } from './address.ts'
import type { MailAddress, MailFacts } from './mail-facts.ts'

/** What an archived mail is: somebody's word to us, or our answer to them; and who the other side is. */
export type ImportedMail = { direction: 'inbound' | 'outbound'; requester: MailAddress }

/** `agents`: addresses of people who answer for this desk, in lower case. */
export function sideOf(
  mail: Pick<MailFacts, 'from' | 'to' | 'cc'>,
  own: readonly string[],
  agents: ReadonlySet<string>,
): ImportedMail {
  const ours = ({ address }: MailAddress) => isOurs(address, own) || agents.has(address.trim().toLowerCase())
  if (!ours(mail.from)) return { direction: 'inbound', requester: mail.from }
  const other = [...mail.to, ...mail.cc].find((one) => one.address.includes('@') && !ours(one))
  return { direction: 'outbound', requester: other ?? mail.from }
}

/**
 * When an archived mail was written: what it says, else what the archive says, else `now`. Nothing is dated in the future
 * or before there was mail.
 */
export function dateOf(
  sentAt: string | undefined,
  archived: Temporal.Instant | null,
  now: Temporal.Instant,
): Temporal.Instant {
  for (const at of [instantOf(sentAt), archived])
    if (at && at.epochMilliseconds > 0 && Temporal.Instant.compare(at, now) <= 0) return at
  return now
}

function instantOf(text: string | undefined): Temporal.Instant | null {
  try {
    return text ? Temporal.Instant.from(text) : null
  } catch {
    return null
  }
}

/** The Message-IDs by which mails of one conversation find each other: what it answers first, then its own. */
export function threadKeys(mail: Pick<MailFacts, 'providerId' | 'inReplyTo' | 'references'>): string[] {
  const keys = [mail.inReplyTo, ...mail.references.toReversed().slice(0, 50), mail.providerId]
  return [...new Set(keys.filter((key): key is string => Boolean(key) && (key ?? '').length <= 900))]
}
