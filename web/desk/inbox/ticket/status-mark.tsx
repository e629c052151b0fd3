import type { TicketStatus } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import type { Tone } from '../../tokens.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'

const tones: Record<TicketStatus, Tone> = {
  new: 'accent',
  open: 'neutral',
  pending: 'customer',
  on_hold: 'third',
  solved: 'done',
  closed: 'neutral',
}

/** The word for a status in the colour of whom it waits on. */
export function StatusMark({ status, quiet }: { status: TicketStatus; quiet?: boolean }) {
  return (
    <StatusBadge tone={tones[status]} quiet={quiet}>
      {t(`status.${status}`)}
    </StatusBadge>
  )
}
