export type FeedFacts = {
  paused: boolean
  lastSuccessAt: Temporal.Instant | null
  failingSince: Temporal.Instant | null
  error: string | null
  /** Listed by the server and not read yet. */
  waiting: number
  /** Of the past that was asked for. */
  olderLeft: number | null
  missing: number
  unlisted: number
}

export type MailboxHealth = {
  state: 'ok' | 'catching_up' | 'starting' | 'late' | 'failing' | 'drift' | 'paused' | 'off' | 'smtp'
  /** How it stands, and what to do about it; null when nothing is to be done. */
  sentence: string
  advice: string | null
}

/** A reader looks at least every minute; after this long without one, something is wrong with the reader itself. */
const lateAfterMs = 5 * 60_000

/** How a mailbox stands, in plain words. `feed` is null for one that mail only reaches by SMTP. */
export function mailboxHealth(
  mailbox: { enabled: boolean; lastReceivedAt: Temporal.Instant | null },
  feed: FeedFacts | null,
  now: Temporal.Instant,
): MailboxHealth {
  if (!mailbox.enabled) return { state: 'off', sentence: 'Switched off: mail to it is refused.', advice: null }
  if (!feed) {
    const sentence = mailbox.lastReceivedAt
      ? 'Mail is handed to this desk by SMTP.'
      : 'Nothing has arrived yet. Mail is handed to this desk by SMTP.'
    const advice = mailbox.lastReceivedAt
      ? null
      : 'Point the domain’s MX record or a forward at this desk, or connect the mailbox by IMAP.'
    return { state: 'smtp', sentence, advice }
  }
  if (feed.paused)
    return {
      state: 'paused',
      sentence: 'Reading is paused.',
      advice: 'Resume it: mail waits on its server until then.',
    }
  if (feed.failingSince)
    return {
      state: 'failing',
      sentence: feed.error ?? 'It cannot be read.',
      advice: 'It is tried again by itself. Mail waits on its server; nothing is lost.',
    }
  if (!feed.lastSuccessAt) return { state: 'starting', sentence: 'Connecting for the first time.', advice: null }
  if (now.since(feed.lastSuccessAt).total('milliseconds') > lateAfterMs)
    return {
      state: 'late',
      sentence: 'It has not been looked at for more than five minutes.',
      advice: 'See whether a process with the worker role is running.',
    }
  if (feed.missing > 0 || feed.unlisted > 0) return drifted(feed)
  if (feed.waiting > 0 || feed.olderLeft !== null)
    return {
      state: 'catching_up',
      sentence:
        feed.olderLeft === null
          ? `${mails(feed.waiting)} to be read.`
          : `${mails(feed.olderLeft)} of the past left to read.`,
      advice: null,
    }
  return { state: 'ok', sentence: 'Every mail on the server is recorded here.', advice: null }
}

function drifted({ missing, unlisted }: FeedFacts): MailboxHealth {
  const parts = [
    ...(missing > 0 ? [`${mails(missing)} on the server could not be read`] : []),
    ...(unlisted > 0 ? [`the server announced ${mails(unlisted)} more than it listed`] : []),
  ]
  return {
    state: 'drift',
    sentence: `${upper(parts.join(', and '))}.`,
    advice: 'They are asked for again every hour. If it stays, look at the mails named below on the server.',
  }
}

function mails(n: number): string {
  return n === 1 ? '1 mail' : `${n} mails`
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
