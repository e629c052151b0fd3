import type { Calendar } from '#contract/calendar.ts'
import type { Priority } from '#contract/inbox.ts'
import type { SlaPolicy, SlaTarget } from '#contract/sla.ts'
import type { SlaClock } from './sla-clock.ts'
import { start, type SlaEventDraft } from './sla-draft.ts'
import { termsOf } from './sla-policy.ts'

export type LateApplication = {
  clocks: readonly SlaClock[]
  /** What the ticket still owes: `first_reply` only while nobody has answered, `resolution` only while unsolved. */
  owed: readonly SlaTarget[]
  policy: SlaPolicy
  calendar: Calendar
  priority: Priority
  createdAt: Temporal.Instant
  at: Temporal.Instant
  causeId: string | null
}

/** Applies a policy to a ticket that had none. Its clocks count from creation; the application is on record as `appliedAt`. */
export function applyLate({
  clocks,
  owed,
  policy,
  calendar,
  priority,
  createdAt,
  at,
  causeId,
}: LateApplication): SlaEventDraft[] {
  return owed.flatMap((target) => {
    const terms = termsOf(policy, target, priority)
    if (!terms || clocks.some((clock) => clock.target === target)) return []
    return start({ policy, terms, calendar, cycle: 1, at, startedAt: createdAt, causeId, reason: 'applied_late' })
  })
}
