import * as z from 'zod'
import { Priority, TicketStatus } from './inbox.ts'

export const SlaTarget = z.enum(['first_reply', 'next_reply', 'resolution'])
export type SlaTarget = z.infer<typeof SlaTarget>

/** Which hours a target counts: those of a calendar, or every hour. */
export const ClockKind = z.enum(['business', 'calendar'])
export type ClockKind = z.infer<typeof ClockKind>

/** A ticket takes the first policy that matches it; matching none is a legal outcome and means no clock. */
export const SlaPolicy = z.strictObject({
  id: z.string(),
  version: z.number().int(),
  /** What a ticket must have; a field left out matches everything. */
  match: z
    .strictObject({
      segments: z.array(z.enum(['consumer', 'enterprise'])).optional(),
      channels: z.array(z.string()).optional(),
      teamIds: z.array(z.string()).optional(),
    })
    .optional(),
  /** Per target the first row that takes the ticket's priority. */
  targets: z.array(
    z.strictObject({
      target: SlaTarget,
      seconds: z.number().int().min(15).max(31_536_000),
      clock: ClockKind,
      priorities: z.array(Priority).optional(),
      /** Statuses in which this target's clock stands still; none unless said. */
      pauseOn: z.array(TicketStatus.extract(['pending', 'on_hold'])).optional(),
    }),
  ),
})
export type SlaPolicy = z.infer<typeof SlaPolicy>
export type SlaTerms = SlaPolicy['targets'][number]

/** What an SLA event carries in the ledger. `remainingMs` is on the target's own clock and negative once overdue. */
export const SlaEventData = z.object({
  target: SlaTarget,
  /** 1 for the first run of this target on the ticket, one more for each later run. */
  cycle: z.number().int(),
  policyId: z.string(),
  policyVersion: z.number().int(),
  clock: ClockKind,
  seconds: z.number(),
  calendarId: z.string(),
  calendarVersion: z.number().int(),
  remainingMs: z.number(),
  /** When counting starts, where that is earlier than the event: a policy applied late counts from creation. */
  startedAt: z.string().optional(),
  reason: z.string(),
})
export type SlaEventData = z.infer<typeof SlaEventData>
