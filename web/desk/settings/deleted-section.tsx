import '../messages/rooms/settings.ts'
import { Button } from '@mantine/core'
import { IconTrashOff } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { type DeletedTicket, listDeletedTickets, restoreTicket } from '#contract/deleted-tickets.ts'
import { useRefusal } from '../access.ts'
import { call, readPages } from '../api.ts'
import { t } from '../messages/translate.ts'
import { queryClient } from '../query-client.ts'
import { Card } from '../ui/card.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { errorToast, toast } from '../ui/toast.tsx'
import css from './settings-form.module.css'

const deletedQuery = readPages(listDeletedTickets, { query: { limit: 50 } }, [
  'type:ticket.deleted',
  'type:ticket.restored',
])

/** Tickets that were deleted and can still be brought back. */
export function DeletedSection() {
  const refusal = useRefusal('custody.rerun')
  return refusal ? <Notice kind="locked">{refusal}</Notice> : <DeletedTickets />
}

function DeletedTickets() {
  const deleted = useInfiniteQuery(deletedQuery)
  const restore = useMutation({
    mutationFn: ({ id }: DeletedTicket) => call(restoreTicket, { params: { id } }),
    onSuccess: (_, { number }) => {
      void queryClient.invalidateQueries()
      toast(t('deleted.restored', { number: String(number) }))
    },
    onError: errorToast,
  })
  const columns: Column<DeletedTicket>[] = [
    {
      key: 'ticket',
      header: t('deleted.ticket'),
      cell: ({ number, subject, requester }) => (
        <>
          <div className={css.name}>
            #{number} {subject}
          </div>
          <div className={css.sub}>{requester}</div>
        </>
      ),
    },
    {
      key: 'when',
      header: t('deleted.when'),
      wide: true,
      width: '140px',
      cell: ({ deletedAt }) => <RelativeTime at={deletedAt} />,
    },
    {
      key: 'purge',
      header: t('deleted.purge'),
      wide: true,
      width: '140px',
      cell: ({ purgedAt }) => <RelativeTime at={purgedAt} />,
    },
    {
      key: 'restore',
      header: <span className="sr-only">{t('deleted.restore')}</span>,
      align: 'right',
      width: '120px',
      cell: (ticket) => (
        <Button
          variant="default"
          size="xs"
          loading={restore.isPending && restore.variables.id === ticket.id}
          onClick={() => restore.mutate(ticket)}
        >
          {t('deleted.restore')}
        </Button>
      ),
    },
  ]
  return (
    <Card flush title={t('settings.section.deleted')}>
      <Loaded query={deleted}>
        {(rows) => (
          <DataTable
            label={t('settings.section.deleted')}
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            paging={deleted}
            empty={<EmptyState icon={IconTrashOff} title={t('deleted.none.title')} hint={t('deleted.none.hint')} />}
          />
        )}
      </Loaded>
    </Card>
  )
}
