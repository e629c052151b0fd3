import type { SlaTarget } from '#contract/sla.ts'
import type { SlaEvent, TicketEvent } from '#contract/ticket-events.ts'
import { breachesDue } from './sla-breach.ts'
import { foldClock } from './sla-clock.ts'
import type { SlaDecision } from './sla-decide.ts'
import { change, start, type SlaEventDraft } from './sla-draft.ts'
import { termsOf } from './sla-policy.ts'
import { reviseSla } from './sla-revise.ts'

type Corrected = Omit<SlaDecision, 'event'> & { event: TicketEvent<'ticket.split' | 'messages.moved'> }

/**
 * What a correction does to the clocks of a ticket whose messages it changed. Only what is owed now is put right: a wait
 * counts from when its customer wrote, a wait that went elsewhere ends without a verdict, and verdicts given stand, also
 * a breach that still waits. A ticket that never had a reply clock gets it with its first customer's words.
 */
export function correctSla(input: Corrected): SlaEventDraft[] {
  const { event, clocks } = input
  const { owing } = event.data
  if (owing.firstAt && !clocks.some(({ target }) => target === 'first_reply')) return begun(input, owing.firstAt)
  if (owing.since === owing.sinceBefore) return []
  const open = clocks.find((clock) => clock.open && clock.target !== 'resolution')
  if (open?.breachedAt && owing.since) return []
  const ended = open ? [change('sla.cancelled', open, event.occurredAt, event.id, 'corrected')] : []
  if (!owing.since) return ended
  const target =
    (open?.target as 'first_reply' | undefined) ??
    owing.carries ??
    (owing.firstReplyAt ? ('next_reply' as const) : ('first_reply' as const))
  return [...ended, ...startedAt(input, target, owing.since)]
}

/** The first reply as it was owed and given; the verdict carries the terms in force now. */
function begun(input: Corrected, firstAt: string): SlaEventDraft[] {
  const { event, clocks, calendar } = input
  const { owing } = event.data
  const first = startedAt(input, 'first_reply', firstAt)
  const resolution = clocks.some(({ target }) => target === 'resolution') ? [] : startedAt(input, 'resolution', firstAt)
  if (!owing.firstReplyAt) return [...first, ...resolution]
  const at = Temporal.Instant.from(owing.firstReplyAt)
  const clock = foldClock(first.map(asEvent), calendar, at)
  const answered = clock
    ? [...breachesDue([clock], at, event.id), change('sla.fulfilled', clock, at, event.id, 'replied')]
    : []
  const next = owing.since ? startedAt(input, 'next_reply', owing.since) : []
  return [...first, ...answered, ...resolution, ...next]
}

function startedAt(input: Corrected, target: SlaTarget, since: string): SlaEventDraft[] {
  const { event, clocks, policy, calendar, priority } = input
  const terms = policy && termsOf(policy, target, priority)
  if (!policy || !terms) return []
  const cycle = (clocks.findLast((clock) => clock.target === target)?.cycle ?? 0) + 1
  const startedAt = Temporal.Instant.from(since)
  const at = event.occurredAt
  const drafts = start({ policy, terms, calendar, cycle, at, startedAt, causeId: event.id, reason: 'corrected' })
  const { status } = event.data.owing
  const stands = (status === 'pending' || status === 'on_hold') && terms.pauseOn?.includes(status)
  const last = drafts.at(-1)
  if (!stands || !last) return drafts
  return [...drafts, { ...last, type: 'sla.paused', data: { ...last.data, reason: `status_${status}` } }]
}

function asEvent(draft: SlaEventDraft): SlaEvent {
  return { id: '', seq: 0, ticketId: 'tkt_', actorKind: 'system', ...draft } as SlaEvent
}

/**
 * Clocks after an undo, which brings back those of before: what happened to the ticket since then, status or terms,
 * applies to them as well.
 */
export function settleSla(
  input: Omit<SlaDecision, 'event'> & { event: TicketEvent<'correction.undone'> },
): SlaEventDraft[] {
  const { event, clocks, policy, calendar, priority } = input
  const { status } = event.data
  const at = event.occurredAt
  const open = clocks.filter((clock) => clock.open)
  if (status === 'solved' || status === 'closed')
    return open.map((clock) => change('sla.cancelled', clock, at, event.id, 'corrected'))
  const paused = open.flatMap((clock) => {
    const terms = policy && termsOf(policy, clock.target, priority)
    const pause = (status === 'pending' || status === 'on_hold') && (terms?.pauseOn?.includes(status) ?? false)
    return pause === clock.paused
      ? []
      : [change(pause ? 'sla.paused' : 'sla.resumed', clock, at, event.id, `status_${status}`)]
  })
  const untouched = open.filter((clock) => !paused.some(({ data }) => data.target === clock.target))
  const revised = policy
    ? reviseSla({ clocks: untouched, policy, calendar, priority, at, causeId: event.id, reason: 'policy' })
    : []
  return [...paused, ...revised]
}
