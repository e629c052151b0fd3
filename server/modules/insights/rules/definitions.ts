import type { Kpi, KpiId } from '#contract/kpi.ts'

const middle =
  'Median and P90 by linear interpolation between the closest ranks, in milliseconds; withheld below five tickets.'

/** The words and version of every figure. A change of meaning is a new version. */
const texts: Record<KpiId, string> = {
  first_reply_human: `From creation to the first public reply a person wrote. Automatic mail and notes do not count; tickets an agent opened are left out; tickets still waiting are shown as censored. ${middle}`,
  first_reply_any: `From creation to the first public message sent back, automatic or not. ${middle}`,
  first_reply_auto: `From creation to the first automatic message sent back. ${middle}`,
  resolution_first: `From creation to the first time the ticket was solved. Solves because the customer fell silent are left out. ${middle}`,
  resolution_last: `From creation to the last time the ticket was solved, where it has stayed solved. A reopening by mere thanks does not count. ${middle}`,
  backlog: `Tickets open at the instant: created, neither solved nor merged away. The age runs from creation. ${middle}`,
  solved: 'Tickets solved at least once in the span. Merged tickets, spam and customers who fell silent do not count.',
  reopened:
    'Of the tickets solved in the span, those the customer reopened within the days allowed. Thanks and reopenings by agents are listed and not counted. Median and P90 are of the time from solve to reopening.',
  one_touch: 'Of the tickets solved in the span, those with exactly one reply by a person and no counted reopening.',
  csat: 'Of the solves in the span that were rated, those rated 4 or 5. A rating belongs to whoever had the ticket then.',
}

export function definitionOf(id: KpiId): Kpi['definition'] {
  return { id, version: 1, text: texts[id] }
}
