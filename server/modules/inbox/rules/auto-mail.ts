import {
  isMailSystem,
  looksLikeAutoReply,
  looksLikeBounce,
  looksLikeComplaint,
  readsLikeBounce,
  readsLikeListServer,
  readsLikeNotification,
  soundsLikeMachine,
} from './auto-mail-patterns.ts'
import { isOurs, isUnattended, normaliseAddress } from './address.ts'
import type { MailFacts } from './mail-facts.ts'

export type AutoMailKind = 'human' | 'auto_reply' | 'bounce' | 'list' | 'feedback_report' | 'own' | 'calendar'

export type AutoMail = {
  kind: AutoMailKind
  code: string
  reason: string
  /** May it open a ticket when it belongs to none? */
  mayOpen: boolean
  /** May it reopen a solved ticket? */
  mayReopen: boolean
  /** May a machine answer it? */
  mayAnswer: boolean
}

type Rights = Pick<AutoMail, 'mayOpen' | 'mayReopen' | 'mayAnswer'>
const nothing: Rights = { mayOpen: false, mayReopen: false, mayAnswer: false }
const rights: Record<AutoMailKind, Rights> = {
  human: { mayOpen: true, mayReopen: true, mayAnswer: true },
  list: { mayOpen: true, mayReopen: false, mayAnswer: false },
  calendar: nothing,
  auto_reply: nothing,
  bounce: nothing,
  feedback_report: nothing,
  own: nothing,
}

function say(kind: AutoMailKind, code: string, reason: string, other: Partial<Rights> = {}): AutoMail {
  return { kind, code, reason, ...rights[kind], ...other }
}

export type AutoMailContext = {
  /** Every address we send from. */
  ownAddresses: readonly string[]
  /** Its Message-ID carries our signature. */
  ownMessageId: boolean
}

/**
 * Who or what wrote a mail, from its headers (RFC 3834, RFC 3464, RFC 5965, RFC 2919, RFC 5546) and, where
 * those are silent, from the sender and the words that mail systems use. A person in doubt counts as a person.
 */
export function classifyMail(mail: MailFacts, context: AutoMailContext): AutoMail {
  return (
    report(mail) ??
    own(mail, context) ??
    bounce(mail) ??
    autoReply(mail) ??
    calendar(mail) ??
    list(mail, context) ??
    human(mail)
  )
}

function report({ headers, report, subject, text }: MailFacts): AutoMail | null {
  const types = new Set(headers.partTypes)
  const formal = headers.contentType === 'multipart/report' ? headers.reportType : undefined
  const notified = readsLikeNotification(text)
  const complaint = looksLikeComplaint(subject) && types.has('message/rfc822')
  if (formal === 'feedback-report' || types.has('message/feedback-report') || notified === 'complaint' || complaint) {
    return say('feedback_report', 'feedback_report', 'A mail provider reports a complaint about one of our mails.')
  }
  if (formal === 'disposition-notification' || types.has('message/disposition-notification')) {
    return say('auto_reply', 'read_receipt', 'It is a read receipt.')
  }
  if (
    formal === 'delivery-status' ||
    types.has('message/delivery-status') ||
    types.has('message/global-delivery-status')
  ) {
    const about = report?.recipient ? ` about ${report.recipient}` : ''
    return say(
      'bounce',
      'delivery_report',
      `It is a delivery report${about}${report?.status ? ` (${report.status})` : ''}.`,
    )
  }
  if (notified === 'bounce')
    return say('bounce', 'notification', 'A mail provider tells what became of one of our mails.')
  if (headers.bounceMarks.length > 0) {
    return say('bounce', 'bounce_header', `It carries ${headers.bounceMarks[0]}, which only mail systems write.`)
  }
  return formal && readsLikeBounce(text) ? say('bounce', 'report', 'It is a report of a mail system.') : null
}

function own({ from, headers }: MailFacts, context: AutoMailContext): AutoMail | null {
  if (context.ownMessageId)
    return say('own', 'own_message_id', 'It carries a Message-ID that we signed: it is our own mail come back.')
  if (headers.returnPath !== '' && isOurs(from.address, context.ownAddresses)) {
    return say('own', 'own_address', 'It comes from one of our own addresses.')
  }
  return null
}

function bounce({ from, subject, text, headers, report }: MailFacts): AutoMail | null {
  const system = isMailSystem(from.address) || /mail(er)?[- ]?(daemon|delivery (sub)?system)/i.test(from.name)
  const told = looksLikeBounce(subject)
  const nullSender = headers.returnPath === '' || isMailSystem(headers.returnPath ?? '')
  const replied = /^auto-(replied|notified)/i.test(headers.autoSubmitted ?? '') || looksLikeAutoReply(subject)
  if (nullSender && !replied && (system || told || report || readsLikeBounce(text))) {
    return say('bounce', 'null_sender', 'It came with a null return path and tells of a mail that was not delivered.')
  }
  if (system && !replied)
    return say('bounce', 'mail_system', `It was written by a mail system (${normaliseAddress(from.address)}).`)
  if (readsLikeListServer(from.address, text)) {
    return say('bounce', 'list_server', 'A list server sends one of our mails back.')
  }
  if (report?.kind === 'prose' && isUnattended(from.address) && readsLikeBounce(text)) {
    return say('bounce', 'bounce_prose', 'It returns one of our mails and tells why, from an address nobody reads.')
  }
  const machine = isUnattended(from.address) || soundsLikeMachine(from) || report?.kind === 'prose'
  if (told && readsLikeBounce(text) && machine) {
    return say('bounce', 'bounce_words', 'Its subject and text are those of a delivery failure.')
  }
  return null
}

function autoReply({ from, replyTo, subject, headers }: MailFacts): AutoMail | null {
  const submitted = headers.autoSubmitted?.toLowerCase().split(/[\s;]/)[0] ?? ''
  if (submitted !== '' && submitted !== 'no') {
    const answerTo = replyTo?.[0]
    const form =
      submitted === 'auto-generated' && answerTo && !sameAddress(answerTo, from) && !isUnattended(answerTo.address)
    if (form && headers.returnPath !== '' && !looksLikeAutoReply(subject)) {
      return say('human', 'form', 'A web form wrote it for a person who wants the answer (Reply-To).', {
        mayAnswer: false,
      })
    }
    return say('auto_reply', 'auto_submitted', `It says itself that a machine sent it (Auto-Submitted: ${submitted}).`)
  }
  if (headers.autoReplyMarks.length > 0) {
    return say(
      'auto_reply',
      'auto_reply_header',
      `It carries ${headers.autoReplyMarks[0]}, the mark of an automatic reply.`,
    )
  }
  const precedence = headers.precedence?.toLowerCase() ?? ''
  if (/^auto[-_ ]?reply/.test(precedence)) return say('auto_reply', 'precedence', 'It says Precedence: auto_reply.')
  if (looksLikeAutoReply(subject)) {
    return say('auto_reply', 'subject', 'Its subject is that of an automatic reply.')
  }
  if (headers.returnPath === '')
    return say('auto_reply', 'null_return_path', 'It came with a null return path: it wants no answer.')
  return null
}

function calendar({ headers, text }: MailFacts): AutoMail | null {
  if (headers.calendarMethod === undefined) return null
  if (headers.calendarMethod === 'REPLY' && saysNoMore(text)) {
    return say('calendar', 'calendar_reply', 'It only accepts or declines an invitation.')
  }
  return say('calendar', 'invitation', 'It is an invitation, or an answer to one that says more.', {
    mayOpen: true,
    mayReopen: true,
  })
}

/** What calendars write themselves into an answer; a person's own words make it more than that. */
const written =
  /^\s*$|\b(?:has|have) (?:accepted|declined|tentatively accepted|replied|answered)\b|invitation from google calendar|(?:hat|haben) (?:die|diese) .{0,40}(?:zugesagt|abgelehnt|angenommen)|a (?:accepté|refusé|décliné)|ha (?:aceptado|rechazado|accettato|rifiutato)/iu

function saysNoMore(text: string): boolean {
  const [first = ''] = text.trim().split(/\n\s*\n/)
  return first.length < 400 && written.test(first)
}

function list({ headers }: MailFacts, context: AutoMailContext): AutoMail | null {
  const id = /<([^>]*)>/.exec(headers.listId ?? '')?.[1] ?? headers.listId ?? ''
  const ourGroup = context.ownAddresses.some(
    (own) => normaliseAddress(own).replace('@', '.') === id.trim().toLowerCase(),
  )
  if (ourGroup) return null
  if (id !== '') return say('list', 'list_id', `It came through the mailing list ${id.trim()}.`)
  const precedence = headers.precedence?.toLowerCase().trim() ?? ''
  if (/^(bulk|list|junk)/.test(precedence))
    return say('list', 'precedence', `It was sent in bulk (Precedence: ${precedence}).`)
  if (headers.listUnsubscribe) return say('list', 'newsletter', 'It can be unsubscribed from: it went to many people.')
  return null
}

function human({ from, headers }: MailFacts): AutoMail {
  const suppress = headers.xAutoResponseSuppress?.toLowerCase() ?? ''
  if (suppress !== '' && suppress !== 'none') {
    return say('human', 'asks_for_silence', 'A person may have written it, but it asks for no automatic answers.', {
      mayAnswer: false,
    })
  }
  if (isUnattended(from.address)) {
    return say('human', 'unattended', 'It comes from an address that nobody reads.', { mayAnswer: false })
  }
  return say('human', 'human', 'Nothing says that a machine wrote it.')
}

function sameAddress(one: { address: string }, other: { address: string }): boolean {
  return normaliseAddress(one.address) === normaliseAddress(other.address)
}
