import { IconPencilPlus } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { TicketRow, ViewId } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { useGo } from '../../page-params.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../session.ts'
import { useShortcut } from '../../shortcuts.ts'
import { announce } from '../../ui/announce.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FoldedViews } from '../../ui/folded-panes.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { KeysetList } from '../../ui/keyset-list.tsx'
import { Pane } from '../../ui/pane.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { openNewTicket } from '../new-ticket/new-ticket-store.ts'
import { prefetchTicket } from '../queries.ts'
import { QueueRow } from './queue-row.tsx'
import { useQueue } from './use-queue.ts'
import { viewIcons } from './view-icons.ts'

type Props = { view: ViewId; ticketId: string | undefined }

/** The tickets of a view; j and k move through them. */
export function QueuePane({ view, ticketId }: Props) {
  const { queue, setPlace } = useQueue(view)
  const mayWrite = useMay('tickets.write')
  const rows = queue.data
  useMoves(view, rows ?? [], ticketId)
  useNews(view, rows)
  return (
    <Pane
      label={t('pane.list')}
      scroll={false}
      header={
        <>
          <span className="truncate" style={{ flex: 1 }}>
            <FoldedViews title={t(`view.${view}`)} />
          </span>
          {mayWrite && (
            <IconButton icon={IconPencilPlus} label={t('newTicket.open')} keys="c" onClick={() => openNewTicket()} />
          )}
        </>
      }
    >
      {rows && rows.length > 0 ? (
        <KeysetList
          key={view}
          remember={`queue.${view}`}
          label={t(`view.${view}`)}
          items={rows}
          keyOf={({ id }) => id}
          estimate={78}
          activeKey={ticketId ?? null}
          paging={queue}
          onPlace={setPlace}
          render={(ticket) => <QueueRow ticket={ticket} view={view} active={ticket.id === ticketId} />}
        />
      ) : queue.error ? (
        <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />
      ) : rows ? (
        <EmptyState icon={viewIcons[view]} title={t(`view.${view}.empty`)} hint={t(`view.${view}.emptyHint`)} />
      ) : (
        <SkeletonRows lines={3} height={78} />
      )}
    </Pane>
  )
}

/** j and k; from a ticket that has left the view they go on at the place it had. */
function useMoves(view: ViewId, rows: readonly TicketRow[], ticketId: string | undefined): void {
  const go = useGo()
  const place = useRef(-1)
  const found = rows.findIndex(({ id }) => id === ticketId)
  useEffect(() => {
    if (found < 0) return
    place.current = found
    const timer = setTimeout(() => {
      for (const step of [1, -1, 2]) {
        const neighbour = rows[found + step]
        if (neighbour) prefetchTicket(neighbour.id)
      }
    }, 60)
    return () => clearTimeout(timer)
  }, [found, rows])
  const move = (step: 1 | -1): void => {
    const gone = ticketId && found < 0
    const at = found >= 0 ? found + step : gone ? place.current + (step > 0 ? 0 : -1) : 0
    const next = rows[Math.min(rows.length - 1, Math.max(0, at))]
    // Moving on is not a page to go back to, one by one.
    if (next && next.id !== ticketId) go(paths.ticketIn(view, next.id), { replace: Boolean(ticketId) })
  }
  useShortcut({ keys: 'j', label: t('keys.next'), run: () => move(1), hidden: true })
  useShortcut({ keys: 'k', label: t('keys.previous'), run: () => move(-1), hidden: true })
}

/** Says how many tickets have come, to people who do not see the list change. */
function useNews(view: ViewId, rows: readonly TicketRow[] | undefined): void {
  const known = useRef<{ view: ViewId; newest: string } | null>(null)
  useEffect(() => {
    if (!rows) return
    const newest = rows.reduce((max, { createdAt }) => (createdAt > max ? createdAt : max), '')
    const before = known.current
    known.current = { view, newest }
    if (before?.view !== view || newest <= before.newest) return
    const count = rows.filter(
      ({ createdAt, lastAuthor }) => createdAt > before.newest && lastAuthor === 'contact',
    ).length
    if (count > 0) announce(t('queue.arrived', { count, view: t(`view.${view}`) }))
  }, [view, rows])
}
