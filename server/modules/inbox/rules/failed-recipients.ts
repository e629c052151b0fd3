import type { MailFailure } from './bounce-facts.ts'

/**
 * Which recipients of a mail failed. A report may name the address that a recipient's mail is forwarded to, or none at all:
 * where the mail went to one address only it is that one. Addresses the mail never went to say nothing about anybody.
 */
export function failedRecipients(recipients: readonly string[], failures: readonly MailFailure[]): MailFailure[] {
  const own = failures.filter(({ address }) => recipients.includes(address))
  const [only, ...others] = recipients
  if (own.length > 0 || only === undefined || others.length > 0) return own
  const [first] = failures
  return first ? [{ ...first, address: only }] : []
}

/** What the delivery of a mail is after failures: `bounced` when nobody is left who may have it. */
export function afterFailures(
  recipients: readonly string[],
  refused: readonly string[],
  failed: readonly MailFailure[],
): { bounced: boolean; refused: string[] } {
  const gone = new Set([
    ...refused,
    ...failed.filter(({ delayed, kind }) => !delayed && kind !== 'complaint').map(({ address }) => address),
  ])
  return { bounced: recipients.length > 0 && recipients.every((one) => gone.has(one)), refused: [...gone] }
}
