import { useQuery } from '@tanstack/react-query'
import type { Ticket } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Link } from '../../ui/link.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Section } from '../../ui/section.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { pastTicketsQuery } from '../queries.ts'
import { StatusMark } from '../ticket/status-mark.tsx'
import css from './past-tickets-section.module.css'

/** What the same person asked before, the latest first. */
export function PastTicketsSection({ ticket }: { ticket: Ticket }) {
  const tickets = useQuery(pastTicketsQuery(ticket.requester.id))
  const others = tickets.data?.items.filter(({ id }) => id !== ticket.id)
  const count = others && !tickets.data?.nextCursor ? others.length : undefined
  return (
    <Section name="past-tickets" title={t('past.title')} {...(count === undefined ? {} : { count })}>
      {tickets.error ? (
        <ErrorState compact error={tickets.error} onRetry={() => void tickets.refetch()} />
      ) : !others ? (
        <SkeletonRows rows={3} />
      ) : others.length === 0 ? (
        <p className={css.none}>{t('past.none')}</p>
      ) : (
        <ul className={css.list}>
          {others.map(({ id, number, subject, status, updatedAt }) => (
            <li key={id}>
              <Link className={css.ticket} href={paths.ticket(id)}>
                <span className={css.subject} title={subject}>
                  {subject}
                </span>
                <span className={css.detail}>
                  #{number} <StatusMark status={status} quiet /> <RelativeTime at={updatedAt} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
