import type { SlaClock } from './sla-clock.ts'
import { change, type SlaEventDraft } from './sla-draft.ts'

/**
 * The breaches that have happened by `at` and are not in the ledger yet, each at its deadline. A deadline is met by an
 * answer in its very millisecond, so a timer finds the breach from one millisecond after `dueAt` on.
 */
export function breachesDue(
  clocks: readonly SlaClock[],
  at: Temporal.Instant,
  causeId: string | null = null,
): SlaEventDraft[] {
  return clocks.flatMap((clock) => {
    const missed = clock.breachedAt ?? clock.dueAt
    if (!clock.open || clock.breachRecorded || !missed) return []
    if (Temporal.Instant.compare(missed, at) >= 0) return []
    const draft = change('sla.breached', clock, missed, causeId, 'deadline')
    return [{ ...draft, data: { ...draft.data, remainingMs: 0 } }]
  })
}
