import { domainOf, normaliseAddress } from './address.ts'

/**
 * Whether a mail of ours is one whose recipients must not meet in its answers: marked so by its author, or the first of a
 * ticket that nobody has answered yet, to people who share no domain of their own.
 */
export function isBroadcast(mail: {
  marked: boolean
  /** Somebody outside has written in the ticket. */
  answered: boolean
  recipients: readonly string[]
  isPublicDomain: (domain: string) => boolean
}): boolean {
  const recipients = new Set(mail.recipients.map(normaliseAddress))
  if (recipients.size < 2) return false
  if (mail.marked) return true
  if (mail.answered) return false
  const domains = new Set([...recipients].map(domainOf))
  return domains.size > 1 || [...domains].some(mail.isPublicDomain)
}
