import { Button } from '@mantine/core'
import { IconInbox, IconTicketOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Ticket } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { ApiError } from '../../api-error.ts'
import { BillingOverlays } from '../../billing/billing-overlays.tsx'
import { PageTitle } from '../../frame/page-title.tsx'
import { t } from '../../messages/translate.ts'
import { useGo } from '../../page-params.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Pane } from '../../ui/pane.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { ComposerDock } from '../composer/composer-dock.tsx'
import { CorrectionDesk } from '../correct/correction-desk.tsx'
import { ticketQuery } from '../queries.ts'
import { rowInLists } from '../queue/use-queue.ts'
import { TicketHeader } from '../ticket/ticket-header.tsx'
import { Thread } from './thread.tsx'

const HistoryDrawer = lazy(() =>
  import('./history-drawer.tsx').then(({ HistoryDrawer }) => ({ default: HistoryDrawer })),
)

const MergedBanner = lazy(() =>
  import('../correct/merged-banner.tsx').then(({ MergedBanner }) => ({ default: MergedBanner })),
)

type Props = { ticketId: string | undefined; back: string }

/** The ticket that is open: header, thread and composer. */
export function ConversationPane({ ticketId, back }: Props) {
  if (!ticketId)
    return (
      <Pane label={t('pane.main')} ground="canvas">
        <EmptyState icon={IconInbox} title={t('inbox.pick.title')} hint={t('inbox.pick.hint')} />
      </Pane>
    )
  return <OpenTicket key={ticketId} id={ticketId as Id<'tkt'>} back={back} />
}

function OpenTicket({ id, back }: { id: Id<'tkt'>; back: string }) {
  const ticket = useQuery({ ...ticketQuery(id), placeholderData: () => fromList(id) })
  const [history, setHistory] = useState(false)
  const go = useGo()
  if (ticket.error && !ticket.data) {
    const gone = ticket.error instanceof ApiError && ['not_found', 'invalid_request'].includes(ticket.error.code)
    return (
      <Pane label={t('pane.main')} ground="canvas">
        {gone ? (
          <EmptyState
            icon={IconTicketOff}
            title={t('ticket.gone.title')}
            hint={t('ticket.gone.hint')}
            action={
              <Button variant="default" onClick={() => go(back)}>
                {t('ticket.gone.back')}
              </Button>
            }
          />
        ) : (
          <ErrorState error={ticket.error} onRetry={() => void ticket.refetch()} />
        )}
      </Pane>
    )
  }
  if (!ticket.data)
    return (
      <Pane label={t('pane.main')} ground="canvas">
        <SkeletonRows rows={4} height={120} lines={3} />
      </Pane>
    )
  return (
    <Pane label={t('pane.main')} ground="canvas" scroll={false}>
      <PageTitle of={`#${ticket.data.number} ${ticket.data.subject}`} />
      <TicketHeader ticket={ticket.data} back={back} onHistory={() => setHistory(true)} />
      {ticket.data.mergedInto && (
        <Suspense>
          <MergedBanner into={ticket.data.mergedInto} />
        </Suspense>
      )}
      <Thread ticket={ticket.data} />
      <CorrectionDesk ticket={ticket.data} />
      {!ticket.data.mergedInto && <ComposerDock ticket={ticket.data} />}
      <BillingOverlays contactId={ticket.data.requester.id} ticketId={ticket.data.id} />
      <Suspense>{history && <HistoryDrawer ticket={ticket.data} onClose={() => setHistory(false)} />}</Suspense>
    </Pane>
  )
}

/** What the list knows shows at once; what only the ticket itself knows follows. */
function fromList(id: Id<'tkt'>): Ticket | undefined {
  const row = rowInLists(id)
  return (
    row && {
      ...row,
      links: [],
      mergedInto: null,
      mailboxId: null,
      closesAt: null,
      reopened: 0,
      rating: null,
      version: 0,
    }
  )
}
