import { Tooltip } from '@mantine/core'
import { memo } from 'react'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { TicketRow, ViewId } from '#contract/inbox.ts'
import { deskNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { Link } from '../../ui/link.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { relativeTime } from '../../ui/time-words.ts'
import { prefetchTicket } from '../queries.ts'
import { PriorityMark } from '../ticket/priority-mark.tsx'
import { StatusMark } from '../ticket/status-mark.tsx'
import { ClockMark } from './clock-mark.tsx'
import css from './queue-row.module.css'
import { leadingClock, standing } from './standing.ts'

type Props = { ticket: TicketRow; view: ViewId; active: boolean }

/**
 * Requester, channel and clock; subject; one line of the last message; tags. Bold when the customer spoke last.
 * Only the rows that change are drawn again: moving through the list must not wait for thirty others.
 */
export const QueueRow = memo(function QueueRow({ ticket, view, active }: Props) {
  const { requester, lastAuthor, attention, tags } = ticket
  const theirTurn = lastAuthor === 'contact' && ticket.status !== 'solved' && ticket.status !== 'closed'
  const mixed = view === 'all' || view === 'mine' || view === 'attention'
  return (
    <Tooltip
      label={standing(ticket, deskNow())}
      position="right"
      openDelay={600}
      disabled={active}
      withinPortal
      events={hoverOnly}
    >
      <Link
        href={paths.ticketIn(view, ticket.id)}
        className={css.row}
        aria-current={active ? 'true' : undefined}
        data-theirs={theirTurn || undefined}
        onMouseEnter={() => prefetchTicket(ticket.id)}
      >
        <span className={css.first}>
          <span className={css.name}>{requester.name}</span>
          <span className={css.aside}>
            <PriorityMark priority={ticket.priority} />
            <ChannelIcon channel={ticket.channel} />
            {leadingClock(ticket) ? (
              <ClockMark ticket={ticket} />
            ) : (
              <time dateTime={ticket.updatedAt}>{relativeTime(Date.parse(ticket.updatedAt), deskNow())}</time>
            )}
          </span>
        </span>
        <span className={css.second}>
          <span className={css.subject}>{ticket.subject}</span>
          {mixed && <StatusMark status={ticket.status} quiet />}
        </span>
        <span className={css.preview}>
          {ticket.preview && lastAuthor === 'agent' && <span className={css.who}>{t('queue.we')}</span>}
          {ticket.preview || t('queue.noText')}
        </span>
        {(attention || tags.length > 0) && (
          <span className={css.tags}>
            {attention && (
              <StatusBadge tone="danger" icon={IconAlertTriangle}>
                {t(`attention.short.${attention}`)}
              </StatusBadge>
            )}
            {tags.map((tag) => (
              <span key={tag} className={css.tag}>
                {tag}
              </span>
            ))}
          </span>
        )}
      </Link>
    </Tooltip>
  )
})

const hoverOnly = { hover: true, focus: false, touch: false }
