import type { Id } from '#contract/ids.ts'
import type { IntervalKind } from '#contract/insights.ts'
import type { Reply, TicketFacts } from './rules/facts.ts'

/** Facts as the table keeps them: instants in milliseconds, which is what every figure is reckoned in, and short names. */
export type StoredFacts = {
  at: number
  dir: TicketFacts['direction']
  ch: string
  seg: TicketFacts['segment']
  team: string
  merged: number | null
  spam: number | null
  human: StoredReply | null
  auto: StoredReply | null
  replies: number
  spans: [from: number, to: number | null, kind: IntervalKind, reason: string, withoutQuestion: 0 | 1][]
  cycles: [from: number, solved: number | null, reason: string | null, reopenedBy: string | null, thanks: 0 | 1][]
  ratings: [at: number, rating: number, cycle: number, agent: string | null][]
}

type StoredReply = [at: number, message: string, author: string | null]

const ms = (at: Temporal.Instant) => at.epochMilliseconds
const msOrNull = (at: Temporal.Instant | null) => at && ms(at)
const instant = (at: number) => Temporal.Instant.fromEpochMilliseconds(at)
const instantOrNull = (at: number | null) => (at === null ? null : instant(at))

export function packFacts(facts: TicketFacts): StoredFacts {
  return {
    at: ms(facts.createdAt),
    dir: facts.direction,
    ch: facts.channel,
    seg: facts.segment,
    team: facts.teamId,
    merged: msOrNull(facts.mergedAt),
    spam: msOrNull(facts.spamAt),
    human: packReply(facts.firstHuman),
    auto: packReply(facts.firstAuto),
    replies: facts.humanReplies,
    spans: facts.spans.map((span) => [
      ms(span.from),
      msOrNull(span.to),
      span.kind,
      span.reason,
      span.withoutQuestion ? 1 : 0,
    ]),
    cycles: facts.cycles.map((cycle) => [
      ms(cycle.from),
      msOrNull(cycle.solvedAt),
      cycle.reason,
      cycle.reopenedBy,
      cycle.thanks ? 1 : 0,
    ]),
    ratings: facts.ratings.map((rated) => [ms(rated.at), rated.rating, rated.cycle, rated.agentId]),
  }
}

export function unpackFacts(ticketId: Id<'tkt'>, stored: StoredFacts): TicketFacts {
  return {
    ticketId,
    createdAt: instant(stored.at),
    direction: stored.dir,
    channel: stored.ch,
    segment: stored.seg,
    teamId: stored.team,
    mergedAt: instantOrNull(stored.merged),
    spamAt: instantOrNull(stored.spam),
    firstHuman: unpackReply(stored.human),
    firstAuto: unpackReply(stored.auto),
    humanReplies: stored.replies,
    spans: stored.spans.map(([from, to, kind, reason, withoutQuestion]) => ({
      from: instant(from),
      to: instantOrNull(to),
      kind,
      reason,
      withoutQuestion: withoutQuestion === 1,
    })),
    cycles: stored.cycles.map(([from, solved, reason, reopenedBy, thanks], index) => ({
      cycle: index + 1,
      from: instant(from),
      solvedAt: instantOrNull(solved),
      reason,
      reopenedBy: reopenedBy as TicketFacts['cycles'][number]['reopenedBy'],
      thanks: thanks === 1,
    })),
    ratings: stored.ratings.map(([at, rating, cycle, agentId]) => ({ at: instant(at), rating, cycle, agentId })),
  }
}

/** When nothing about the ticket's figures can change any more unless it is opened again; null while it is open. */
export function endedAt(facts: TicketFacts): Temporal.Instant | null {
  const last = facts.spans.at(-1)
  if (!last || last.kind !== 'closed') return null
  const ends = [last.from, facts.mergedAt, facts.spamAt, ...facts.cycles.map((cycle) => cycle.solvedAt)]
  return (
    ends
      .filter((at) => at !== null)
      .sort(Temporal.Instant.compare)
      .at(-1) ?? null
  )
}

function packReply(reply: Reply | null): StoredReply | null {
  return reply && [ms(reply.at), reply.messageId, reply.authorId]
}

function unpackReply(stored: StoredReply | null): Reply | null {
  return stored && { at: instant(stored[0]), messageId: stored[1], authorId: stored[2] }
}
