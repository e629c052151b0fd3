import type { TicketRow } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { duration } from '../../ui/time-words.ts'

type Clock = TicketRow['clocks'][number]

/** The clock a ticket stands in the queue by: the running one due first, else one that stands still. */
export function leadingClock({ clocks }: Pick<TicketRow, 'clocks'>): Clock | undefined {
  const live = clocks.filter(({ state }) => state === 'running' || state === 'breached' || state === 'paused')
  return live.toSorted((a, b) => rank(a) - rank(b))[0]
}

function rank({ state, dueAt }: Clock): number {
  return state === 'paused' || !dueAt ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt)
}

/** "First reply due in 22 min", "First reply 5 min late", "First reply clock stands still". */
export function clockSentence({ target, state, dueAt }: Clock, now: number): string {
  const what = t(`clock.target.${target}`)
  if (state === 'paused' || !dueAt) return t('clock.paused', { what })
  const left = Date.parse(dueAt) - now
  const time = duration(Math.abs(left))
  return left > 0 ? t('clock.dueIn', { what, time }) : t('clock.late', { what, time })
}

/** Why a ticket stands where it stands: "First reply due in 22 min · enterprise · Acme GmbH · urgent". */
export function standing(ticket: TicketRow, now: number): string {
  const clock = leadingClock(ticket)
  return [
    ticket.attention && t(`attention.${ticket.attention}`),
    clock ? clockSentence(clock, now) : t('clock.none'),
    ticket.priority !== 'normal' && t(`priority.long.${ticket.priority}`),
    ticket.segment === 'enterprise' && t('segment.enterprise'),
    ticket.accountName,
  ]
    .filter(Boolean)
    .join(' · ')
}
