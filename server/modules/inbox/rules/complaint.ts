import { addressedIn } from './bounce.ts'
import { addressIn } from './bounce-dsn.ts'
import type { MailFailure } from './bounce-facts.ts'
import type { MailFacts } from './mail-facts.ts'

/** Who complained, by a feedback report (RFC 5965) or a provider's notification; often hidden, then nobody is named. */
export function readComplaints(mail: MailFacts): MailFailure[] {
  const fields = mail.reportParts?.fields ?? ''
  const type = /^feedback-type:[ \t]*([\w-]+)/im.exec(fields)?.[1]?.toLowerCase()
  // A report of a failed signature, or that a mail is no spam, complains of nothing.
  if (type === 'auth-failure' || type === 'not-spam') return []
  const told = [...fields.matchAll(/^(?:original-rcpt-to|removal-recipient):[ \t]*(.+)$/gim)].map(
    (line) => line[1] ?? '',
  )
  const listed = [...mail.text.slice(0, 20_000).matchAll(/"emailAddress"\s*:\s*"([^"]+)"/g)].map((one) => one[1] ?? '')
  const named = [...told, ...listed].map(addressIn).filter(Boolean)
  const addresses = named.length > 0 ? named : addressedIn(mail.reportParts?.returned ?? '')
  return [...new Set(addresses)].slice(0, 20).map((address) => ({
    address,
    kind: 'complaint',
    reason: 'complaint',
    status: null,
    diagnostic: type ? `Feedback-Type: ${type}` : 'A mail provider reports a complaint.',
    remote: null,
    delayed: false,
  }))
}
