import type { Id } from '#contract/ids.ts'
import type { IntervalKind } from '#contract/insights.ts'
import type { TicketStatus } from '#contract/inbox.ts'
import type { TicketEvent } from '#contract/ticket-events.ts'
import { restated } from '#contract/ticket-history.ts'

/** A time during which a ticket's status stayed; `to` is null for the last. */
export type Span = {
  from: Temporal.Instant
  to: Temporal.Instant | null
  kind: IntervalKind
  reason: string
  withoutQuestion: boolean
}

export type Reply = { at: Temporal.Instant; messageId: string; authorId: string | null }

/** From creation or a reopening to the solve that ended it. */
export type Cycle = {
  cycle: number
  from: Temporal.Instant
  solvedAt: Temporal.Instant | null
  /** The reason given with the solve, such as `customer_silent`; `spam` is no solve. */
  reason: string | null
  /** How it began: null for the first. */
  reopenedBy: TicketEvent['actorKind'] | null
  thanks: boolean
}

export type Rated = { at: Temporal.Instant; rating: number; cycle: number; agentId: string | null }

/** What a ticket's ledger says, reduced to what figures are made of. Holds instants only, so it fits any calendar. */
export type TicketFacts = {
  ticketId: Id<'tkt'>
  createdAt: Temporal.Instant
  direction: 'inbound' | 'outbound'
  channel: string
  segment: 'consumer' | 'enterprise'
  teamId: string
  mergedAt: Temporal.Instant | null
  /** Since when it is closed as spam. */
  spamAt: Temporal.Instant | null
  firstHuman: Reply | null
  firstAuto: Reply | null
  humanReplies: number
  spans: Span[]
  cycles: Cycle[]
  ratings: Rated[]
}

/**
 * Folds one ticket's events, in ledger order, up to and including `asOf`. Null when the ticket did not exist by then. What a
 * correction moved by then counts where it is, at its own time: a matter begins with its customer's first words.
 * Events of the same instant in the other order (a reply and the status set with it) give the same facts.
 */
export function ticketFacts(events: readonly TicketEvent[], asOf?: Temporal.Instant): TicketFacts | null {
  let fold: Fold | null = null
  const known = asOf ? events.filter((event) => Temporal.Instant.compare(event.occurredAt, asOf) <= 0) : events
  for (const event of restated(known)) {
    if (event.type === 'ticket.created') fold ??= begin(event)
    else if (fold) step(fold, event)
  }
  return fold?.facts ?? null
}

type Fold = { facts: TicketFacts; owesAnswer: boolean }

function begin({ ticketId, occurredAt, data }: TicketEvent<'ticket.created'>): Fold {
  const { direction, channel, segment, teamId } = data
  const facts: TicketFacts = {
    ticketId,
    createdAt: occurredAt,
    direction,
    channel,
    segment,
    teamId,
    mergedAt: null,
    spamAt: null,
    firstHuman: null,
    firstAuto: null,
    humanReplies: 0,
    spans: [{ from: occurredAt, to: null, kind: 'waiting_on_us', reason: 'created', withoutQuestion: false }],
    cycles: [{ cycle: 1, from: occurredAt, solvedAt: null, reason: null, reopenedBy: null, thanks: false }],
    ratings: [],
  }
  return { facts, owesAnswer: direction === 'inbound' }
}

function step(fold: Fold, event: TicketEvent): void {
  const { facts } = fold
  const at = event.occurredAt
  if (facts.mergedAt) return
  switch (event.type) {
    case 'message.received':
      if (!event.data.auto) fold.owesAnswer = true
      return
    case 'message.sent':
      replied(fold, event)
      return
    case 'ticket.status_changed':
      statusChanged(fold, event)
      return
    case 'ticket.reopened':
      reopened(fold, event, event.data.thanks ?? false)
      return
    case 'ticket.merged':
      facts.mergedAt = at
      enter(fold, at, 'closed', 'merged')
      return
    case 'csat.rated':
      facts.ratings.push({
        at,
        rating: event.data.rating,
        cycle: event.data.cycle,
        agentId: event.data.agentId ?? null,
      })
      return
    default:
  }
}

function replied(fold: Fold, { occurredAt: at, actorKind, actorId, data }: TicketEvent<'message.sent'>): void {
  const { facts } = fold
  if (data.kind === 'note') return
  const reply = { at, messageId: data.messageId, authorId: data.authorId ?? null }
  if (data.kind === 'auto' || (actorKind !== 'agent' && actorKind !== 'api')) {
    facts.firstAuto ??= reply
    return
  }
  facts.firstHuman ??= { ...reply, authorId: reply.authorId ?? actorId ?? null }
  facts.humanReplies++
  fold.owesAnswer = false
  const last = facts.spans.at(-1)
  if (last?.from.equals(at)) last.withoutQuestion = false
}

function statusChanged(fold: Fold, event: TicketEvent<'ticket.status_changed'>): void {
  const { facts } = fold
  const { to, reason } = event.data
  const at = event.occurredAt
  if (kinds[to] !== 'closed') {
    reopened(fold, event, false)
    enter(fold, at, kinds[to], reason ?? `status_${to}`)
    return
  }
  const cycle = facts.cycles.at(-1)
  if (reason === 'spam') facts.spamAt = at
  if (cycle && !cycle.solvedAt) Object.assign(cycle, { solvedAt: at, reason: reason ?? null })
  enter(fold, at, 'closed', reason ?? `status_${to}`)
}

/** A new cycle, unless the ticket is open: the reopening and the change of status may both be in the ledger. */
function reopened(fold: Fold, { occurredAt: at, actorKind }: TicketEvent, thanks: boolean): void {
  const { facts } = fold
  const cycle = facts.cycles.at(-1)
  if (!cycle) return
  if (!cycle.solvedAt) {
    if (cycle.reopenedBy && cycle.from.equals(at)) cycle.thanks ||= thanks
    return
  }
  facts.spamAt = null
  const next = { cycle: cycle.cycle + 1, from: at, solvedAt: null, reason: null, reopenedBy: actorKind, thanks }
  facts.cycles.push(next)
  enter(fold, at, 'waiting_on_us', 'reopened')
}

function enter({ facts, owesAnswer }: Fold, at: Temporal.Instant, kind: IntervalKind, reason: string): void {
  const last = facts.spans.at(-1)
  if (!last || last.kind === kind) return
  const withoutQuestion = kind === 'waiting_on_customer' && owesAnswer
  if (last.from.equals(at)) {
    Object.assign(last, { kind, reason, withoutQuestion })
    return
  }
  last.to = at
  facts.spans.push({ from: at, to: null, kind, reason, withoutQuestion })
}

/** Traps of other desks come from states known by name; here each has a kind, and figures know kinds only. */
const kinds: Record<TicketStatus, IntervalKind> = {
  new: 'waiting_on_us',
  open: 'waiting_on_us',
  pending: 'waiting_on_customer',
  on_hold: 'waiting_on_third_party',
  solved: 'closed',
  closed: 'closed',
}
