import type { TicketFacts } from './facts.ts'
import { excluded, isWithin, lasting, row, type KpiQuery, type KpiRow } from './figure.ts'
import { isImported } from './solves.ts'

/** Which reply ends the wait: a person's, an automatic one, or whichever came first. */
export type ReplyKind = 'human' | 'auto' | 'any'

/** The tickets behind a first-reply figure, by date of creation or of that reply. */
export function firstReplyRows(tickets: readonly TicketFacts[], query: KpiQuery, kind: ReplyKind): KpiRow[] {
  return tickets.flatMap((ticket) => {
    const reply = replyOf(ticket, kind)
    const dated = query.firstReplyBasis === 'replied' ? reply?.at : ticket.createdAt
    return dated && isWithin(dated, query) ? [line(ticket, query, kind)] : []
  })
}

function line(ticket: TicketFacts, query: KpiQuery, kind: ReplyKind): KpiRow {
  const { ticketId, createdAt } = ticket
  if (ticket.mergedAt) return excluded(ticketId, 'merged')
  if (ticket.spamAt) return excluded(ticketId, 'spam')
  if (isImported(ticket)) return excluded(ticketId, 'imported')
  if (ticket.direction === 'outbound') return excluded(ticketId, 'agent_opened')
  const reply = replyOf(ticket, kind)
  if (reply) {
    const times = lasting(query.calendar, createdAt, reply.at)
    return row(ticketId, { from: createdAt, to: reply.at, ...times, creditedTo: reply.authorId })
  }
  if (kind === 'auto') return excluded(ticketId, 'no_auto_reply')
  if (ticket.cycles.at(-1)?.solvedAt) {
    return excluded(ticketId, ticket.firstAuto ? 'auto_replied' : 'solved_without_reply')
  }
  return excluded(ticketId, 'waiting', { from: createdAt, ...lasting(query.calendar, createdAt, query.asOf) })
}

function replyOf({ firstHuman, firstAuto }: TicketFacts, kind: ReplyKind) {
  if (kind === 'human') return firstHuman
  if (kind === 'auto') return firstAuto
  if (!firstHuman || !firstAuto) return firstHuman ?? firstAuto
  return firstAuto.at.epochMilliseconds < firstHuman.at.epochMilliseconds ? firstAuto : firstHuman
}
