import type { Calendar } from '#contract/calendar.ts'
import type { SlaEventData, SlaPolicy, SlaTerms } from '#contract/sla.ts'
import type { SlaEventType } from '#contract/ticket-events.ts'
import type { SlaClock } from './sla-clock.ts'

/** An SLA event to append. `occurredAt` is when it happened, whenever it is noticed. */
export type SlaEventDraft = {
  type: SlaEventType
  occurredAt: Temporal.Instant
  causeId: string | null
  data: SlaEventData
}

/** A change to a clock that exists, on the terms it has. `clock` must have been folded at `at`. */
export function change(
  type: SlaEventType,
  clock: SlaClock,
  at: Temporal.Instant,
  causeId: string | null,
  reason: string,
): SlaEventDraft {
  const { target, cycle, policyId, policyVersion, seconds, calendarId, calendarVersion, remainingMs } = clock
  const terms = { policyId, policyVersion, clock: clock.clock, seconds, calendarId, calendarVersion }
  return { type, occurredAt: at, causeId, data: { target, cycle, ...terms, remainingMs, reason } }
}

export type Start = {
  policy: SlaPolicy
  terms: SlaTerms
  calendar: Calendar
  cycle: number
  at: Temporal.Instant
  /** When counting starts, if before `at`. */
  startedAt?: Temporal.Instant
  causeId: string | null
  reason: string
}

/** Applies a target and starts its clock. */
export function start({ policy, terms, calendar, cycle, at, startedAt, causeId, reason }: Start): SlaEventDraft[] {
  const data: SlaEventData = {
    target: terms.target,
    cycle,
    policyId: policy.id,
    policyVersion: policy.version,
    clock: terms.clock,
    seconds: terms.seconds,
    calendarId: calendar.id,
    calendarVersion: calendar.version,
    remainingMs: terms.seconds * 1000,
    reason,
  }
  const counted = startedAt ? { ...data, startedAt: startedAt.toString() } : data
  return [
    { type: 'sla.applied', occurredAt: at, causeId, data },
    { type: 'sla.activated', occurredAt: at, causeId, data: counted },
  ]
}
