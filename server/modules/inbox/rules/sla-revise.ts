import type { Calendar } from '#contract/calendar.ts'
import type { Priority } from '#contract/inbox.ts'
import type { SlaPolicy } from '#contract/sla.ts'
import type { SlaClock } from './sla-clock.ts'
import { change, type SlaEventDraft } from './sla-draft.ts'
import { termsOf } from './sla-policy.ts'

export type SlaRevision = {
  /** Folded at `at`. */
  clocks: readonly SlaClock[]
  policy: SlaPolicy
  calendar: Calendar
  priority: Priority
  at: Temporal.Instant
  causeId: string | null
  reason: 'priority' | 'policy' | 'calendar'
}

/** Puts open clocks on new terms from `at` on. What has counted stays counted; a breach stays a breach. */
export function reviseSla({ clocks, policy, calendar, priority, at, causeId, reason }: SlaRevision): SlaEventDraft[] {
  return clocks.flatMap((clock) => {
    const overdue = clock.breachedAt ?? (clock.dueAt && Temporal.Instant.compare(clock.dueAt, at) < 0)
    if (!clock.open || overdue) return []
    const terms = termsOf(policy, clock.target, priority)
    if (!terms) return [change('sla.cancelled', clock, at, causeId, 'no_target')]
    const revised: SlaClock = {
      ...clock,
      policyId: policy.id,
      policyVersion: policy.version,
      clock: terms.clock,
      seconds: terms.seconds,
      calendarId: calendar.id,
      calendarVersion: calendar.version,
      remainingMs: terms.seconds * 1000 - clock.elapsedMs[terms.clock],
    }
    return sameTerms(clock, revised) ? [] : [change('sla.updated', revised, at, causeId, reason)]
  })
}

function sameTerms(a: SlaClock, b: SlaClock): boolean {
  return (
    a.policyId === b.policyId &&
    a.policyVersion === b.policyVersion &&
    a.clock === b.clock &&
    a.seconds === b.seconds &&
    a.calendarId === b.calendarId &&
    a.calendarVersion === b.calendarVersion
  )
}
