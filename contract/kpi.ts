import * as z from 'zod'
import { id } from './ids.ts'
import { Time } from './list.ts'
import { ClockKind } from './sla.ts'

export const KpiId = z.enum([
  'first_reply_human',
  'first_reply_any',
  'first_reply_auto',
  'resolution_first',
  'resolution_last',
  'backlog',
  'solved',
  'reopened',
  'one_touch',
  'csat',
])
export type KpiId = z.infer<typeof KpiId>

/** The date by which a ticket is in a figure: when it was created, replied to or resolved, or the instant asked about. */
export const KpiBasis = z.enum(['created', 'replied', 'resolved', 'instant'])
export type KpiBasis = z.infer<typeof KpiBasis>

/** Why a ticket that belongs to the figure's dates is not in its numbers. `waiting` is censored: it may yet come. */
export const KpiExclusion = z.enum([
  'merged',
  'spam',
  'imported',
  'agent_opened',
  'auto_replied',
  'no_auto_reply',
  'solved_without_reply',
  'waiting',
  'customer_silent',
  'thanks',
  'reopened_by_agent',
  'reopened_too_late',
  'unrated',
])
export type KpiExclusion = z.infer<typeof KpiExclusion>

/** `part` of `of`, with the 95 % Wilson interval. The value and its bounds are null while `of` is below five. */
export const Share = z.object({
  part: z.number().int(),
  of: z.number().int(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Share = z.infer<typeof Share>

export const Kpi = z.object({
  definition: z.object({ id: KpiId, version: z.number().int(), text: z.string() }),
  basis: KpiBasis,
  clock: ClockKind,
  /** Tickets the figure rests on; for `csat`, solves. */
  n: z.number().int(),
  /** In `unit`; null when `n` is below five, or where the figure is a count or a share. */
  median: z.number().nullable(),
  p90: z.number().nullable(),
  unit: z.enum(['ms', 'tickets', 'share']),
  /** Why median, P90 and shares are withheld. */
  hidden: z.enum(['fewer_than_5']).nullable(),
  excluded: z.array(z.object({ reason: KpiExclusion, n: z.number().int() })),
  /** Met within the target, out of all whose verdict is known: open and late counts as missed. */
  withinTarget: z.object({ targetMs: z.number(), share: Share }).nullable(),
  /** Tickets still waiting, and the Kaplan–Meier median that takes their waiting into account. */
  censored: z.object({ n: z.number().int(), median: z.number().nullable() }).nullable(),
  share: Share.nullable(),
  /** Of the solves in the figure, how many were rated. */
  response: Share.nullable(),
  /** Happenings, where one ticket can have several: reopens. */
  count: z.number().int().nullable(),
  ages: z.array(z.object({ upToMs: z.number().nullable(), n: z.number().int() })).nullable(),
  oldest: z.object({ ticketId: id('tkt'), since: Time, ageMs: z.number() }).nullable(),
  /** Where the tickets behind the figure are listed. */
  tickets: z.string(),
})
export type Kpi = z.infer<typeof Kpi>
