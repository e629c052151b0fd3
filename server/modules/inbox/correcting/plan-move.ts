import type { Id } from '#contract/ids.ts'
import { messagesOf, standing } from '#contract/ticket-history.ts'
import type { MovedMessage, Owing } from '#contract/ticket-events.ts'
import type { Desk } from '#server/desk.ts'
import { readSlaEvents } from '../record.ts'
import { debtsOf } from '../rules/correction-owing.ts'
import { foldClocks } from '../rules/sla.ts'
import { slaTerms } from '../sla-terms.ts'
import type { LockedTicket } from '../store/tickets.ts'
import { readHistory } from './ticket-history.ts'

export type PlannedMove = {
  /** What the ledger knows of the messages that move. */
  messages: MovedMessage[]
  /** What each ticket owes afterwards, beside what it owed before. */
  left: Owing['owing']
  got: Owing['owing']
}

/** Weighs a move of messages: what both tickets owe before and after. `to` is null for a ticket yet to be made. */
export async function planMove(
  desk: Desk,
  from: LockedTicket,
  to: LockedTicket | null,
  messageIds: readonly string[],
): Promise<PlannedMove> {
  const chosen = new Set(messageIds)
  const here = messagesOf(standing(await readHistory(desk, from.id)))
  const there = to ? messagesOf(standing(await readHistory(desk, to.id))) : []
  const messages = here.filter(({ id }) => chosen.has(id))
  const rest = here.filter(({ id }) => !chosen.has(id))
  const all = [...there, ...messages].sort((a, b) => Temporal.Instant.compare(a.at, b.at))
  const carries = debtsOf(messages).since ? await openReplyTarget(desk, from.id) : null
  return {
    messages,
    left: { ...debtsOf(rest), sinceBefore: debtsOf(here).since, status: from.status },
    got: { ...debtsOf(all), sinceBefore: debtsOf(there).since, status: to?.status ?? 'new', carries },
  }
}

async function openReplyTarget(desk: Desk, ticketId: Id<'tkt'>): Promise<'first_reply' | 'next_reply' | null> {
  const { calendars } = await slaTerms(desk)
  const clocks = foldClocks(await readSlaEvents(desk, ticketId), calendars, desk.now())
  const open = clocks.find((clock) => clock.open && clock.target !== 'resolution')
  return (open?.target as 'first_reply' | 'next_reply' | undefined) ?? null
}

/** The status a ticket takes when it is given messages: asked something it is open, answered by a person it is not new. */
export function statusAfterGiven(
  to: LockedTicket,
  { messages, got }: Pick<PlannedMove, 'messages' | 'got'>,
): 'open' | null {
  const asked = got.since !== null && got.since !== got.sinceBefore && to.status !== 'new'
  const answered = to.status === 'new' && messages.some(({ kind }) => kind === 'reply')
  return (asked && to.status !== 'open') || answered ? 'open' : null
}
