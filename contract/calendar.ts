import * as z from 'zod'
import { CalendarHours } from './team.ts'

/**
 * One version of a team's opening hours. Hours are wall-clock times of `timeZone` (IANA); several windows a day are
 * allowed and `24:00` ends a day. A holiday closes its whole local day. `alwaysOpen` overrides hours and holidays.
 */
export const Calendar = CalendarHours.extend({
  id: z.string(),
  version: z.number().int(),
  alwaysOpen: z.boolean().optional(),
})
export type Calendar = z.infer<typeof Calendar>
