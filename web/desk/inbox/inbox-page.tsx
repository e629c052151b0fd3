import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { type ViewId, viewIds } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { PageTitle } from '../frame/page-title.tsx'
import { t } from '../messages/translate.ts'
import { useGo, usePageParams } from '../page-params.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import type { LoaderInput } from '../routes.tsx'
import { useMay } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import { Panes } from '../ui/panes.tsx'
import { ConversationPane } from './conversation/conversation-pane.tsx'
import { fetchComposer } from './composer/composer-dock.tsx'
import { FactsPane } from './facts/facts-pane.tsx'
import { openNewTicket, useNewTicket } from './new-ticket/new-ticket-store.ts'
import { prefetchTicket, queueQuery, ticketQuery, viewsQuery } from './queries.ts'
import { QueuePane } from './queue/queue-pane.tsx'
import { useViewKeys } from './queue/use-view-keys.ts'
import { ViewsPane } from './queue/views-pane.tsx'

const NewTicketDialog = lazy(() =>
  import('./new-ticket/new-ticket-dialog.tsx').then(({ NewTicketDialog }) => ({ default: NewTicketDialog })),
)

const viewOf = (view: string | undefined): ViewId => viewIds.find((id) => id === view) ?? 'next'

/** Everything is asked for at once and nothing is waited for: each pane shows what it has. */
export function loader({ params: { view, ticketId } }: LoaderInput) {
  void queryClient.prefetchQuery(viewsQuery)
  void queryClient.prefetchInfiniteQuery(queueQuery(viewOf(view)))
  if (ticketId) prefetchTicket(ticketId as Id<'tkt'>)
  setTimeout(fetchComposer, ticketId ? 0 : 800)
}

/** Views, queue, conversation and facts. */
export function Page() {
  const params = usePageParams()
  const view = viewOf(params.view)
  const { ticketId } = params
  const go = useGo()
  const newTicket = useNewTicket()
  const mayWrite = useMay('tickets.write')
  const back = paths.view(view)
  const ticket = useQuery({ ...ticketQuery((ticketId ?? '') as Id<'tkt'>), enabled: ticketId !== undefined })
  // The conversation says why; there are no facts about a ticket that is not there.
  const cannotShow = ticket.isError && !ticket.data
  const facts = ticket.data ? <FactsPane key={ticket.data.requester.id} ticket={ticket.data} /> : null
  useViewKeys()
  useShortcut(mayWrite && { keys: 'c', label: t('newTicket.open'), run: () => openNewTicket() })
  useShortcut(
    ticketId !== undefined && { keys: 'Escape', label: t('keys.backToList'), run: () => go(back), hidden: true },
  )
  return (
    <>
      {!ticketId && <PageTitle of={t(`view.${view}`)} />}
      <Panes
        name="inbox"
        showing={ticketId ? 'main' : 'list'}
        views={<ViewsPane current={view} />}
        list={<QueuePane view={view} ticketId={ticketId} />}
        main={<ConversationPane ticketId={ticketId} back={back} />}
        facts={ticketId && !cannotShow ? facts : undefined}
      />
      <Suspense>{newTicket && <NewTicketDialog start={newTicket} />}</Suspense>
    </>
  )
}
