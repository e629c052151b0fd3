import { useInfiniteQuery } from '@tanstack/react-query'
import { StatusMark } from '../inbox/ticket/status-mark.tsx'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListRow } from '../ui/list-row.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { type TicketsOf, ticketsQuery } from './queries.ts'
import { ShowMore } from './show-more.tsx'

/** What they asked so far. */
export function TicketsCard({ of }: { of: TicketsOf }) {
  const tickets = useInfiniteQuery(ticketsQuery(of))
  return (
    <Card flush title={t('customers.tickets')}>
      <Loaded query={tickets} skeleton={<SkeletonRows rows={3} lines={2} height={56} />}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState compact title={t('customers.tickets.none')} />
          ) : (
            <>
              {rows.map(({ id, number, subject, status, preview, updatedAt, requester }) => (
                <ListRow
                  key={id}
                  href={paths.ticket(id)}
                  title={
                    <>
                      <span className="muted num">#{number}</span> {subject}
                    </>
                  }
                  aside={
                    <>
                      <StatusMark quiet status={status} />
                      <RelativeTime at={updatedAt} />
                    </>
                  }
                  lines={['accountId' in of ? `${requester.name}: ${preview}` : preview]}
                />
              ))}
              <ShowMore paging={tickets} />
            </>
          )
        }
      </Loaded>
    </Card>
  )
}
