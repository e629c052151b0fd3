import { IconClock } from '@tabler/icons-react'
import type { TicketRow } from '#contract/inbox.ts'
import { useNow } from '../../clock.ts'
import { clockLook } from '../../ui/clock-state.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { clockSentence, leadingClock } from './standing.ts'

type Props = { ticket: Pick<TicketRow, 'clocks' | 'createdAt'>; quiet?: boolean }

/** The chip of the clock a ticket stands by. A first reply's colour goes by the share of its time that is left. */
export function ClockMark({ ticket, quiet }: Props) {
  const now = useNow()
  const clock = leadingClock(ticket)
  if (!clock) return null
  const whole =
    clock.target === 'first_reply' && clock.dueAt ? Date.parse(clock.dueAt) - Date.parse(ticket.createdAt) : undefined
  const { tone, text } = clockLook(clock.state, clock.dueAt, now, whole)
  return (
    <StatusBadge tone={tone} quiet={quiet ?? (tone === 'neutral' || tone === 'customer')} icon={IconClock}>
      <span aria-hidden>{text}</span>
      <span className="sr-only">{clockSentence(clock, now)}</span>
    </StatusBadge>
  )
}
