import * as z from 'zod'

/** An invitation as the conversation shows it. */
export const CalendarCard = z.object({
  method: z.enum(['REQUEST', 'REPLY', 'CANCEL', 'PUBLISH', 'OTHER']),
  title: z.string(),
  /** RFC 3339 UTC, or a date when it lasts all day; null when it cannot be read. */
  start: z.string().nullable(),
  end: z.string().nullable(),
  allDay: z.boolean(),
  location: z.string().nullable(),
  organiser: z.object({ email: z.string(), name: z.string().nullable() }).nullable(),
  /** Of a REPLY: who answered, and how. */
  answer: z.object({ email: z.string(), status: z.enum(['accepted', 'declined', 'tentative', 'other']) }).nullable(),
})
export type CalendarCard = z.infer<typeof CalendarCard>
