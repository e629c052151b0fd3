import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Kpi, KpiExclusion, KpiId } from './kpi.ts'
import { page, paging, prose, Time } from './list.ts'

/** An instant, or a date meaning its first instant in the calendar's zone. */
const When = z.union([Time, z.iso.date()])

/** Tickets from `from` on and before `to`. Without them, the thirty days up to now. */
const reportWindow = { from: When.optional(), to: When.optional() }

export const KpiReport = z.object({
  from: Time,
  to: Time,
  /** Until when the ledger was read. */
  asOf: Time,
  calendar: z.object({ id: z.string(), version: z.number().int(), timeZone: z.string() }),
  kpis: z.array(Kpi),
})
export type KpiReport = z.infer<typeof KpiReport>

export const getKpis = endpoint({
  method: 'GET',
  path: '/reports/kpis',
  permission: 'reports.read',
  summary: 'First reply, resolution, backlog, solved, reopened and satisfaction over a span of time.',
  query: z.strictObject({ ...reportWindow, teamId: id('tea').optional() }),
  result: KpiReport,
})

/** One ticket behind a figure, with what it adds to it, or why it adds nothing. */
export const KpiTicket = z.object({
  ticketId: id('tkt'),
  number: z.number().int(),
  subject: z.string(),
  counted: z.boolean(),
  reason: KpiExclusion.nullable(),
  from: Time.nullable(),
  to: Time.nullable(),
  calendarMs: z.number().nullable(),
  businessMs: z.number().nullable(),
  /** Who wrote the reply, or had the ticket when it was rated. */
  creditedTo: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The solve a line is about, where a ticket can have several. */
  cycle: z.number().int().nullable(),
  rating: z.number().int().nullable(),
})
export type KpiTicket = z.infer<typeof KpiTicket>

export const listKpiTickets = endpoint({
  method: 'GET',
  path: '/reports/kpis/{kpi}/tickets',
  permission: 'reports.read',
  summary: 'The tickets behind a figure, the excluded ones with their reason.',
  params: z.strictObject({ kpi: KpiId }),
  query: z.strictObject({ ...paging, ...reportWindow, teamId: id('tea').optional() }),
  result: page(KpiTicket),
})

export const IntervalKind = z.enum(['waiting_on_us', 'waiting_on_customer', 'waiting_on_third_party', 'closed'])
export type IntervalKind = z.infer<typeof IntervalKind>

const Sum = { calendarMs: z.number(), businessMs: z.number() }

export const ArithmeticInterval = z.object({
  from: Time,
  to: Time,
  kind: IntervalKind,
  /** What began it: an event, or the reason given with it. */
  reason: z.string(),
  /** Put to pending although the customer had not been answered. */
  withoutQuestion: z.boolean(),
  /** Still growing when it was read. */
  open: z.boolean(),
  ...Sum,
})

/** How a ticket's figures come about: its intervals, and each measure as the intervals that add up to it. */
export const TicketArithmetic = z.object({
  ticketId: id('tkt'),
  asOf: Time,
  intervals: z.array(ArithmeticInterval),
  totals: z.array(z.object({ kind: IntervalKind, ...Sum })),
  measures: z.array(
    z.object({
      measure: z.enum(['first_reply_human', 'resolution_first', 'resolution_last', 'cycle', 'all_cycles']),
      cycle: z.number().int().nullable(),
      from: Time,
      to: Time,
      parts: z.array(ArithmeticInterval),
      ...Sum,
    }),
  ),
})
export type TicketArithmetic = z.infer<typeof TicketArithmetic>

export const getTicketArithmetic = endpoint({
  method: 'GET',
  path: '/tickets/{id}/arithmetic',
  permission: 'reports.read',
  summary: 'The intervals of a ticket on both clocks, and how its figures add up from them.',
  params: z.strictObject({ id: id('tkt') }),
  result: TicketArithmetic,
})

/** From 1, bad, to 5, good; 4 and 5 count as satisfied. */
export const Rating = z.number().int().min(1).max(5)

/** What the rating page posts, as a form or as JSON. */
export const CsatAnswer = z.strictObject({
  rating: z.union([
    Rating,
    z
      .string()
      .regex(/^[1-5]$/)
      .transform(Number),
  ]),
  comment: prose(2000).optional(),
})
export type CsatAnswer = z.infer<typeof CsatAnswer>
