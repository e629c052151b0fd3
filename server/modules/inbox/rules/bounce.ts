import { normaliseAddress } from './address.ts'
import { addressIn, readStatusGroups } from './bounce-dsn.ts'
import type { FailureReason, MailFailure } from './bounce-facts.ts'
import { partNotice, recipientsIn, wordsAbout } from './bounce-prose.ts'
import { judge, kindOf } from './bounce-reason.ts'
import type { MailFacts } from './mail-facts.ts'

const LOOKED_AT = 20_000

/**
 * Whom a bounce is about and why, from its delivery report (RFC 3464) where it has one, else from its words. Only for a
 * mail that was classified as a bounce: it takes no view on whether it is one.
 */
export function readFailures(mail: MailFacts): MailFailure[] {
  const { notice, returned } = partNotice(mail.text.slice(0, LOOKED_AT))
  const parts = mail.reportParts
  const groups = readStatusGroups(parts?.fields || (/^Final-Recipient:/im.test(mail.text) ? mail.text : ''))
  if (groups.length > 0) {
    const all = groups.map(({ address }) => address)
    return unique(
      groups
        .filter(({ action }) => action !== 'delivered' && action !== 'relayed' && action !== 'expanded')
        .map((group) => {
          const about = tidy(wordsAbout(notice, group.address, all))
          const said = group.diagnostic || about
          return failure(mail.subject, group.address, {
            diagnostic: said.replace(/^5\.1\.0 - unknown address error\s*/i, ''),
            more: about,
            status: group.status,
            remote: group.remote,
            delayed: group.action === 'delayed',
          })
        }),
    )
  }
  const copy = parts?.returned || returned
  const not = new Set([normaliseAddress(mail.from.address), ...mail.to.map(({ address }) => normaliseAddress(address))])
  const named = (parts?.failedRecipients ?? '').split(',').map(addressIn).filter(Boolean)
  let found = named
  if (found.length === 0) found = recipientsIn(notice, not)
  if (found.length === 0)
    found = addressedIn(copy)
      .filter((one) => !not.has(one))
      .slice(0, 1)
  const delayed = looksDelayed(mail.subject, notice)
  return unique(
    found.map((address) => {
      const about = tidy(wordsAbout(notice, address, found))
      return failure(mail.subject, address, {
        diagnostic: about,
        more: tidy(notice),
        status: statusIn(about),
        remote: null,
        delayed,
      })
    }),
  )
}

/** What the refusal of one recipient, said before the mail was taken, is as a failure. */
export function refusalOf(address: string, answer: string): MailFailure {
  const said = { diagnostic: answer, more: '', status: statusIn(answer), remote: null, delayed: false }
  return failure('', normaliseAddress(address), said)
}

function failure(
  subject: string,
  address: string,
  said: { diagnostic: string; more: string; status: string | null; remote: string | null; delayed: boolean },
): MailFailure {
  const status = better(statusIn(said.diagnostic), said.status)
  let reason: FailureReason = 'undefined'
  for (const words of [said.diagnostic, said.more, subject]) {
    reason = judge({ status, diagnostic: words.replaceAll(address, ' '), notice: `${said.diagnostic} ${said.more}` })
    if (reason !== 'undefined') break
  }
  const kind = said.delayed ? 'soft' : kindOf(reason)
  return {
    address,
    kind,
    reason,
    status,
    diagnostic: said.diagnostic.slice(0, 500),
    remote: said.remote?.slice(0, 255) ?? null,
    delayed: said.delayed,
  }
}

/** A code that says more than "something failed". */
function better(one: string | null, other: string | null): string | null {
  const vague = (code: string | null) => code === null || code.endsWith('.0.0')
  return vague(other) ? (one ?? other) : other
}

function statusIn(text: string): string | null {
  return /(?<![\d.])[45]\.\d{1,2}\.\d{1,3}(?![\d.]\d)/.exec(text)?.[0] ?? null
}

function looksDelayed(subject: string, notice: string): boolean {
  return (
    /\b(?:delay(?:ed)?|warning: could not send|still being retried)\b/i.test(subject) ||
    /(?:will|we'll) (?:keep trying|be retried|continue to try|retry)|warning message only|you do not need to resend/i.test(
      notice,
    )
  )
}

/** Who a returned mail was for, by its envelope where that is told, else by its headers. */
export function addressedIn(returned: string): string[] {
  const head = (returned.split(/\r?\n\r?\n/)[0] ?? '').replaceAll(/\r?\n[ \t]+/g, ' ')
  for (const name of ['x-envelope-to', 'envelope-to', 'x-rcpt-to', 'delivered-to', 'to', 'cc']) {
    const line = new RegExp(String.raw`^${name}:\s*(.+)$`, 'im').exec(head)?.[1]
    const found = (line ?? '').split(',').map(addressIn).filter(Boolean)
    if (found.length > 0) return found
  }
  const received = /^received:.*\bfor <?([^\s<>;]+@[^\s<>;]+)>?/im.exec(head)?.[1]
  return received ? [received.toLowerCase()] : []
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function unique(failures: MailFailure[]): MailFailure[] {
  const seen = new Map<string, MailFailure>()
  for (const one of failures) if (!seen.has(one.address)) seen.set(one.address, one)
  return [...seen.values()]
}
