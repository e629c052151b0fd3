import type { Calendar } from '#contract/calendar.ts'
import type { Priority, TicketStatus } from '#contract/inbox.ts'
import type { SlaPolicy, SlaTarget } from '#contract/sla.ts'
import type { TicketEvent } from '#contract/ticket-events.ts'
import { breachesDue } from './sla-breach.ts'
import type { SlaClock } from './sla-clock.ts'
import { correctSla, settleSla } from './sla-correct.ts'
import { change, start, type SlaEventDraft } from './sla-draft.ts'
import { termsOf } from './sla-policy.ts'
import { reviseSla } from './sla-revise.ts'

export type SlaDecision = {
  /** What happened to the ticket. */
  event: TicketEvent
  /** The ticket's clocks, folded at the event's instant. */
  clocks: readonly SlaClock[]
  /** The policy in force for the ticket; null starts nothing and lets running clocks run out. */
  policy: SlaPolicy | null
  calendar: Calendar
  /** The ticket's priority after the event. */
  priority: Priority
}

/**
 * What an event does to a ticket's clocks, as events to append in order. Everything is stamped with the instant of its
 * cause, never of the decision, so deciding again from the ledger gives the same clocks. Drafts carry `causeId`.
 */
export function decideSla(input: SlaDecision): SlaEventDraft[] {
  const { event, clocks } = input
  return [...breachesDue(clocks, event.occurredAt, event.id), ...consequences(input)]
}

function consequences(input: SlaDecision): SlaEventDraft[] {
  const { event } = input
  switch (event.type) {
    case 'ticket.created': {
      if (event.data.split) return []
      const targets: SlaTarget[] = event.data.direction === 'inbound' ? ['first_reply', 'resolution'] : ['resolution']
      return targets.flatMap((target) => run(input, target, 'created'))
    }
    case 'message.received':
      return event.data.auto ? [] : customerWrote(input)
    case 'message.sent':
      return isHumanReply(event) ? answered(input) : []
    case 'ticket.status_changed':
      return statusChanged(input, event.data)
    case 'ticket.reopened':
      return reopened(input)
    case 'ticket.priority_changed':
      return priorityChanged(input)
    case 'ticket.merged':
      return end(input, 'merged')
    case 'ticket.split':
    case 'messages.moved':
      return correctSla({ ...input, event })
    case 'correction.undone':
      return settleSla({ ...input, event })
    default:
      return []
  }
}

/** Notes, automatic mail and what the desk itself sends are no answer. An API key answers for its owner. */
function isHumanReply(event: TicketEvent<'message.sent'>): boolean {
  return event.data.kind === 'reply' && (event.actorKind === 'agent' || event.actorKind === 'api')
}

/** On a ticket an agent opened the first reply is owed from the customer's first words; later ones await the next reply. */
function customerWrote(input: SlaDecision): SlaEventDraft[] {
  const first = input.clocks.find((clock) => clock.target === 'first_reply')
  if (!first) return run(input, 'first_reply', 'customer_wrote')
  return first.open ? [] : run(input, 'next_reply', 'customer_wrote')
}

function answered({ event, clocks }: SlaDecision): SlaEventDraft[] {
  return clocks
    .filter((clock) => clock.open && clock.target !== 'resolution')
    .map((clock) => change('sla.fulfilled', clock, event.occurredAt, event.id, 'replied'))
}

function statusChanged(
  input: SlaDecision,
  { from, to, reason }: { from: TicketStatus; to: TicketStatus; reason?: string | null },
): SlaEventDraft[] {
  if (isDone(to)) return isDone(from) ? [] : reason === 'spam' ? end(input, 'spam') : solved(input)
  if (isDone(from)) return reopened(input).flatMap((draft) => pausedAtOnce(input, draft, to))
  const { event, clocks } = input
  return clocks.flatMap((clock) => {
    if (!clock.open) return []
    const pause = pausesIn(input, clock.target, to)
    if (pause === clock.paused) return []
    if (!pause) return [change('sla.resumed', clock, event.occurredAt, event.id, `status_${to}`)]
    const unasked = clocks.some((other) => other.open && other.target !== 'resolution')
    const why = unasked ? `${to}_without_question` : `status_${to}`
    return [change('sla.paused', clock, event.occurredAt, event.id, why)]
  })
}

function pausesIn({ policy, priority }: SlaDecision, target: SlaTarget, status: TicketStatus): boolean {
  const pauses = policy ? (termsOf(policy, target, priority)?.pauseOn ?? []) : []
  return (status === 'pending' || status === 'on_hold') && pauses.includes(status)
}

/** A solved ticket put straight to pending starts clocks that stand still. */
function pausedAtOnce(input: SlaDecision, draft: SlaEventDraft, to: TicketStatus): SlaEventDraft[] {
  if (draft.type !== 'sla.activated' || !pausesIn(input, draft.data.target, to)) return [draft]
  return [draft, { ...draft, type: 'sla.paused', data: { ...draft.data, reason: `status_${to}` } }]
}

function priorityChanged({ event, clocks, policy, calendar, priority }: SlaDecision): SlaEventDraft[] {
  if (!policy) return []
  return reviseSla({ clocks, policy, calendar, priority, at: event.occurredAt, causeId: event.id, reason: 'priority' })
}

/** Solving without an answer ends the wait for one, but is no answer. */
function solved({ event, clocks }: SlaDecision): SlaEventDraft[] {
  return clocks
    .filter((clock) => clock.open)
    .map((clock) =>
      clock.target === 'resolution'
        ? change('sla.fulfilled', clock, event.occurredAt, event.id, 'solved')
        : change('sla.cancelled', clock, event.occurredAt, event.id, 'solved_without_reply'),
    )
}

/** Every open ticket has a clock: a reopened one waits again for a reply and for its resolution. */
function reopened(input: SlaDecision): SlaEventDraft[] {
  const replying = input.clocks.some((clock) => clock.open && clock.target === 'next_reply')
  const targets: SlaTarget[] = replying ? ['resolution'] : ['first_reply', 'resolution']
  return targets.flatMap((target) => run(input, target, 'reopened'))
}

function end({ event, clocks }: SlaDecision, reason: string): SlaEventDraft[] {
  return clocks
    .filter((clock) => clock.open)
    .map((clock) => change('sla.cancelled', clock, event.occurredAt, event.id, reason))
}

/** Starts a target's next run, unless one is open or the policy has no such target. */
function run(input: SlaDecision, target: SlaTarget, reason: string): SlaEventDraft[] {
  const { event, clocks, policy, calendar, priority } = input
  const terms = policy && termsOf(policy, target, priority)
  const last = clocks.findLast((clock) => clock.target === target)
  if (!policy || !terms || last?.open) return []
  const cycle = (last?.cycle ?? 0) + 1
  return start({ policy, terms, calendar, cycle, at: event.occurredAt, causeId: event.id, reason })
}

function isDone(status: TicketStatus): boolean {
  return status === 'solved' || status === 'closed'
}
