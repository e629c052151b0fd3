import type { Calendar } from '#contract/calendar.ts'
import type { SlaPolicy } from '#contract/sla.ts'
import type { Desk } from '#server/desk.ts'
import { calendarVersions, type CalendarVersion } from '#modules/team/index.ts'
import { defaultSlaPolicy, type Calendars } from './rules/sla.ts'

export type SlaTermsInForce = { calendar: Calendar; calendars: Calendars; policy: SlaPolicy }

/** The calendar and policy that a new clock starts under, and every calendar that older clocks may name. */
export async function slaTerms(desk: Desk): Promise<SlaTermsInForce> {
  const versions = await calendarVersions(desk)
  const [newest] = versions
  const calendars = versions.map((version) => version.calendar) as [Calendar, ...Calendar[]]
  return { calendar: newest.calendar, calendars, policy: policyOf(newest) }
}

/** One first-reply target for everybody; its seconds travel with the calendar's version. */
function policyOf(version: CalendarVersion): SlaPolicy {
  return {
    ...defaultSlaPolicy,
    version: version.version,
    targets: [{ target: 'first_reply', seconds: version.firstReplySeconds, clock: 'business' }],
  }
}
