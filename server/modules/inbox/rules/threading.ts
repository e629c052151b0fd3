import type { TicketStatus } from '#contract/inbox.ts'
import { domainOf, normaliseAddress } from './address.ts'
import type { AutoMail } from './auto-mail.ts'
import { opensTopic } from './changed-subject.ts'

export type ThreadTicket = {
  ticketId: string
  number: number
  mailboxId: string | null
  status: TicketStatus
  solvedAt?: Temporal.Instant | null
  subject: string
  /** Addresses of everyone who wrote, was written to or was invited. */
  participants: readonly string[]
  /** Confirmed domains of the ticket's account; never a public mail domain. */
  accountDomains: readonly string[]
  requester?: string
  /** One recipient's answer to a mail that went to many: colleagues do not join by their domain. */
  answersBroadcast?: boolean
  deleted?: boolean
}

/**
 * A key of the mail that led to a ticket. `reported`, `bounce_address` and `guessed` come out of a bounce: they name the mail
 * that failed, by its Message-ID, by our envelope sender, or because one mail alone fits.
 * `answered_by`: a message of the ticket answers this mail, which comes late. `own_broadcast`: the ticket in which this
 * sender answered the same broadcast before.
 */
export type ThreadMatch = {
  via:
    | 'own_message_id'
    | 'reply_address'
    | 'in_reply_to'
    | 'references'
    | 'reported'
    | 'bounce_address'
    | 'guessed'
    | 'answered_by'
    | 'own_broadcast'
  key: string
  ticket: ThreadTicket
  /** The matched message went to many: `ours` to recipients who do not belong together, `list` by a list or in bulk. */
  broadcast?: 'ours' | 'list'
}

export type ThreadAction = 'append' | 'reopen' | 'new' | 'follow_up' | 'new_linked' | 'note' | 'suppress'

export type ThreadDecision = {
  action: ThreadAction
  disposition: 'ticketed' | 'appended' | 'noted' | 'suppressed'
  /** The number of the matching policy's rule that decided. */
  rule: 1 | 2 | 3 | 4 | 6
  code: string
  reason: string
  ticketId?: string
  linkedTicketId?: string
  /** Kind of link to `linkedTicketId`. */
  link?: 'follow_up' | 'possible_reply' | 'broadcast'
  matchedKey?: string
  alternatives: { via: ThreadMatch['via']; key: string; ticketId: string; why: string }[]
  /** It joins a ticket with another subject and a topic of its own (rule 5): propose a split. */
  subjectChanged: boolean
  /** The subject of the ticket it joins. */
  ticketSubject?: string
  /** Rule 6: nobody but its sender comes into the ticket by it. */
  senderOnly: boolean
  /** It comes after a message that answers it, and stands before that in the conversation. */
  late: boolean
  /** Whether a machine may answer it. */
  mayAnswer: boolean
}

export type ThreadInput = {
  mail: {
    from: string
    subject: string
    /** What is new in it, without quote and signature. */
    newText?: string
    /** It uses an address of ours or of an agent and proves nothing: whoever wrote it belongs to no ticket. */
    spoofed?: boolean
  }
  classification: AutoMail
  mailboxId: string
  /** In any order; sorted here by the strength of what matched, References as given (newest first). */
  matches: readonly ThreadMatch[]
  settings: { closedAfterDays: number }
  now: Temporal.Instant
}

const strength: Record<ThreadMatch['via'], number> = {
  reported: 0,
  own_message_id: 1,
  reply_address: 2,
  in_reply_to: 3,
  references: 4,
  answered_by: 5,
  own_broadcast: 6,
  bounce_address: 0,
  guessed: 5,
}
const words: Record<ThreadMatch['via'], string> = {
  reported: 'it reports on a mail of this ticket',
  own_message_id: 'it answers a Message-ID that we signed for this ticket',
  reply_address: 'it was sent to the signed reply address of this ticket',
  in_reply_to: 'it answers a message of this ticket (In-Reply-To)',
  references: 'it refers to a message of this ticket (References)',
  answered_by: 'a message of this ticket answers it and came first',
  own_broadcast: 'its sender answered the same broadcast in this ticket before',
  bounce_address: 'it came back to the bounce address of a mail of this ticket',
  guessed: 'only one mail of the last days went to the address it names',
}
const dispositions: Record<ThreadAction, ThreadDecision['disposition']> = {
  append: 'appended',
  reopen: 'appended',
  new: 'ticketed',
  follow_up: 'ticketed',
  new_linked: 'ticketed',
  note: 'noted',
  suppress: 'suppressed',
}

/** Where an inbound mail belongs: the matching policy of the desk, decided from facts alone. There is no match by subject. */
export function decideThread(input: ThreadInput): ThreadDecision {
  const sorted = [...input.matches].sort((a, b) => strength[a.via] - strength[b.via])
  const winner = sorted.find((match) => whyNot(match, input) === undefined && applies(match, input))
  const alternatives = sorted
    .filter((match) => match !== winner)
    .map((match) => ({
      via: match.via,
      key: match.key,
      ticketId: match.ticket.ticketId,
      why: whyNot(match, input) ?? 'A stronger key matched first.',
    }))
  const { mayAnswer } = input.classification
  const decided = winner ? withMatch(input, winner) : withoutMatch(input, sorted)
  const joins = decided.action === 'append' || decided.action === 'reopen'
  const subjectChanged =
    winner !== undefined &&
    joins &&
    winner.via !== 'answered_by' &&
    opensTopic({
      ticketSubject: winner.ticket.subject,
      mailSubject: input.mail.subject,
      newText: input.mail.newText ?? '',
    })
  return {
    ...decided,
    disposition: dispositions[decided.action],
    alternatives,
    subjectChanged,
    ...(subjectChanged ? { ticketSubject: winner.ticket.subject } : {}),
    senderOnly: decided.action === 'new_linked' || (joins && winner?.ticket.answersBroadcast === true),
    late: joins && winner?.via === 'answered_by',
    mayAnswer,
  }
}

/** Why a ticket that a key leads to cannot be joined by anybody's mail, or undefined. */
function whyNot(match: ThreadMatch, input: ThreadInput): string | undefined {
  if (match.ticket.mailboxId !== input.mailboxId) return 'Its ticket belongs to another mailbox.'
  if (match.ticket.deleted) return 'Its ticket was deleted.'
  return toMany(match, input) ? 'It went to many recipients; each of them gets a ticket of their own.' : undefined
}

/** Rule 6. What machines answer to a broadcast is noted where it left from; people never meet there. */
function toMany({ broadcast, ticket }: ThreadMatch, { classification, mail }: ThreadInput): boolean {
  if (!classification.mayOpen || broadcast === undefined) return false
  return broadcast === 'ours' || normaliseAddress(mail.from) !== normaliseAddress(ticket.requester ?? '')
}

type Partly = Omit<
  ThreadDecision,
  'disposition' | 'alternatives' | 'subjectChanged' | 'ticketSubject' | 'late' | 'senderOnly' | 'mayAnswer'
>

function withoutMatch(input: ThreadInput, matches: readonly ThreadMatch[]): Partly {
  const { classification, mailboxId } = input
  if (!classification.mayOpen) {
    return {
      action: 'suppress',
      rule: 1,
      code: `${classification.kind}_alone`,
      reason: `${classification.reason} It belongs to no ticket and opens none.`,
    }
  }
  const here = matches.filter((match) => match.ticket.mailboxId === mailboxId && applies(match, input))
  const broadcast = here.find((match) => !match.ticket.deleted && toMany(match, input))
  if (broadcast) {
    return {
      action: 'new_linked',
      rule: 6,
      code: 'broadcast',
      matchedKey: broadcast.key,
      linkedTicketId: broadcast.ticket.ticketId,
      link: 'broadcast',
      reason: `It answers a mail of #${broadcast.ticket.number} that went to many: a ticket of its own for this sender, linked.`,
    }
  }
  const deleted = here.find((match) => match.ticket.deleted)
  if (deleted) {
    return {
      action: 'new',
      rule: 1,
      code: 'deleted',
      matchedKey: deleted.key,
      reason: `It answers #${deleted.ticket.number}, which was deleted and stays so: a new ticket.`,
    }
  }
  if (matches.some((match) => match.ticket.mailboxId !== mailboxId)) {
    return {
      action: 'new',
      rule: 1,
      code: 'other_mailbox',
      reason: 'It answers a ticket of another mailbox; this mailbox gets a ticket of its own.',
    }
  }
  return { action: 'new', rule: 1, code: 'no_match', reason: 'It answers no message that this mailbox knows.' }
}

function withMatch(input: ThreadInput, match: ThreadMatch): Partly {
  const { classification, mail } = input
  const { ticket } = match
  const found = { rule: ruleOf(match), matchedKey: match.key }
  const name = `#${ticket.number}`
  const why = words[match.via]
  if (classification.kind === 'own') {
    return {
      action: 'suppress',
      ...found,
      code: 'own_mail',
      reason: `${classification.reason} It is in ${name} already.`,
    }
  }
  if (!classification.mayOpen) {
    return {
      action: 'note',
      ...found,
      code: `${classification.kind}_noted`,
      ticketId: ticket.ticketId,
      reason: `${classification.reason} Noted in ${name} because ${why}; nothing is reopened.`,
    }
  }
  if (mail.spoofed || !belongs(mail.from, ticket)) {
    const who = normaliseAddress(mail.from) || 'its sender'
    const but = mail.spoofed ? `nothing proves that ${who} wrote it` : `${who} is not part of ${name}`
    const reason = `${why[0]?.toUpperCase()}${why.slice(1)}, but ${but}: a new ticket, linked as a possible reply.`
    return {
      action: 'new_linked',
      rule: 4,
      matchedKey: match.key,
      code: 'stranger',
      linkedTicketId: ticket.ticketId,
      link: 'possible_reply',
      reason,
    }
  }
  if (isClosed(ticket, input)) {
    if (!classification.mayReopen) {
      return {
        action: 'note',
        ...found,
        code: `${classification.kind}_on_closed`,
        ticketId: ticket.ticketId,
        reason: `${classification.reason} ${name} is closed and stays so; ${why}.`,
      }
    }
    return {
      action: 'follow_up',
      ...found,
      code: 'closed',
      linkedTicketId: ticket.ticketId,
      link: 'follow_up',
      reason: `${name} is closed: a follow-up ticket, because ${why}.`,
    }
  }
  if (ticket.status === 'solved') {
    if (!classification.mayReopen) {
      return {
        action: 'note',
        ...found,
        code: `${classification.kind}_on_solved`,
        ticketId: ticket.ticketId,
        reason: `${classification.reason} ${name} stays solved; ${why}.`,
      }
    }
    return {
      action: 'reopen',
      ...found,
      code: 'solved',
      ticketId: ticket.ticketId,
      reason: `${name} was solved and is open again, because ${why}.`,
    }
  }
  return {
    action: 'append',
    ...found,
    code: match.via,
    ticketId: ticket.ticketId,
    reason: `Joined ${name} because ${why}.`,
  }
}

/** What a report names counts for reports only: a person who forwards a bounce is not that bounce. */
function applies(match: ThreadMatch, { classification }: ThreadInput): boolean {
  const fromReport = match.via === 'reported' || match.via === 'bounce_address' || match.via === 'guessed'
  return !fromReport || !classification.mayOpen
}

function ruleOf({ via }: ThreadMatch): 2 | 3 | 6 {
  if (via === 'own_broadcast') return 6
  return via === 'in_reply_to' || via === 'references' || via === 'answered_by' ? 3 : 2
}

function belongs(from: string, ticket: ThreadTicket): boolean {
  const address = normaliseAddress(from)
  if (!address.includes('@')) return false
  if (ticket.participants.some((participant) => normaliseAddress(participant) === address)) return true
  if (ticket.answersBroadcast) return false
  const domain = domainOf(address)
  return ticket.accountDomains.some((own) => own.toLowerCase() === domain)
}

/** Closed, or solved for so long that the next sweep will close it. */
function isClosed(ticket: ThreadTicket, { settings, now }: ThreadInput): boolean {
  if (ticket.status === 'closed') return true
  if (ticket.status !== 'solved' || !ticket.solvedAt) return false
  const closes = ticket.solvedAt.add({ hours: settings.closedAfterDays * 24 })
  return Temporal.Instant.compare(closes, now) <= 0
}
