import { Drawer } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { LedgerEvent } from '#contract/events.ts'
import type { Ticket } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { exactTime } from '../../ui/time-words.ts'
import { correctionTypes } from '../correct/correcting.ts'
import { CorrectionLine } from '../correct/correction-line.tsx'
import { eventsQuery } from '../queries.ts'
import { eventSentence } from './event-words.ts'
import css from './history-drawer.module.css'
import { useNames } from './use-names.ts'

type Props = { ticket: Ticket; onClose: () => void }

/** The ledger of a ticket, every line: what happened, its name, who did it and when. */
export function HistoryDrawer({ ticket, onClose }: Props) {
  const events = useInfiniteQuery(eventsQuery(ticket.id))
  const names = useNames()
  const columns: Column<LedgerEvent>[] = [
    {
      key: 'what',
      header: t('history.what'),
      cell: (event) => (
        <>
          <div>
            {correctionTypes.has(event.type) ? (
              <CorrectionLine event={event} words={eventSentence(event, names)} />
            ) : (
              eventSentence(event, names)
            )}
          </div>
          <code className={css.type}>{event.type}</code>
        </>
      ),
    },
    {
      key: 'who',
      header: t('history.who'),
      width: '120px',
      wide: true,
      cell: ({ actor }) => actor.name ?? t(`history.actor.${actor.kind}`),
    },
    {
      key: 'when',
      header: t('history.when'),
      width: '184px',
      align: 'right',
      cell: ({ occurredAt }) => <time className={css.when}>{exactTime(Date.parse(occurredAt))}</time>,
    },
  ]
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={600}
      padding={0}
      title={t('history.title', { number: String(ticket.number) })}
    >
      {events.error ? (
        <ErrorState error={events.error} onRetry={() => void events.refetch()} />
      ) : (
        <DataTable
          label={t('history.title', { number: String(ticket.number) })}
          columns={columns}
          rows={events.data}
          keyOf={({ id }) => id}
          empty={<EmptyState icon={IconHistory} title={t('history.empty')} />}
          paging={events}
        />
      )}
    </Drawer>
  )
}
