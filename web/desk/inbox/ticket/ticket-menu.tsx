import { Menu } from '@mantine/core'
import { IconDots, IconTrash } from '@tabler/icons-react'
import { deleteTicket, restoreTicket } from '#contract/deleted-tickets.ts'
import type { Ticket } from '#contract/inbox.ts'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { useGo } from '../../page-params.ts'
import { paths } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { errorToast, toast, undoToast } from '../../ui/toast.tsx'

const CorrectItems = lazy(() =>
  import('../correct/correct-items.tsx').then(({ CorrectItems }) => ({ default: CorrectItems })),
)

/** What can be done to a ticket as a whole. */
export function TicketMenu({ ticket, back }: { ticket: Ticket; back: string }) {
  const go = useGo()
  const input = { params: { id: ticket.id } }
  const number = String(ticket.number)
  const restore = useMutation({
    mutationFn: () => call(restoreTicket, input),
    onSuccess: () => {
      void queryClient.invalidateQueries()
      toast(t('ticket.restored', { number }))
      go(paths.ticket(ticket.id))
    },
    onError: errorToast,
  })
  const remove = useMutation({
    mutationFn: () => call(deleteTicket, input),
    onSuccess: () => {
      go(back)
      void queryClient.invalidateQueries()
      undoToast({ text: t('ticket.deleted', { number }), seconds: 20, onUndo: () => restore.mutate() })
    },
    onError: errorToast,
  })
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <IconButton icon={IconDots} label={t('ticket.more')} />
      </Menu.Target>
      <Menu.Dropdown>
        {!ticket.mergedInto && (
          <Suspense>
            <CorrectItems ticket={ticket} />
          </Suspense>
        )}
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} stroke={1.5} />}
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t('ticket.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
