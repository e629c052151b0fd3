import { useMutation } from '@tanstack/react-query'
import type { BodyOf } from '#contract/endpoint.ts'
import { updateTicket, type Ticket } from '#contract/inbox.ts'
import { call } from '../../api.ts'
import { ApiError } from '../../api-error.ts'
import { queryClient } from '../../query-client.ts'
import { errorToast } from '../../ui/toast.tsx'
import { ticketQuery, viewsQuery } from '../queries.ts'
import { mendEverywhere } from '../queue/use-queue.ts'

export type TicketChange = BodyOf<typeof updateTicket>

/** Changes a ticket: shown at once in the header and in every list, taken back with a sentence when the server refuses. */
export function useTicketChange(ticket: Ticket, names: { assignee?: (id: string) => string | undefined } = {}) {
  const { queryKey } = ticketQuery(ticket.id)
  return useMutation({
    mutationFn: (body: TicketChange) => call(updateTicket, { params: { id: ticket.id }, body }),
    onMutate: async (change) => {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData<Ticket>(queryKey) ?? ticket
      const shown = { ...change, ...assignee(change, names) }
      queryClient.setQueryData<Ticket>(queryKey, { ...before, ...shown })
      mendEverywhere(ticket.id, shown)
      return { before }
    },
    onError: (error, _change, context) => {
      if (context) {
        queryClient.setQueryData(queryKey, context.before)
        mendEverywhere(ticket.id, context.before)
      }
      errorToast(error)
      if (error instanceof ApiError && (error.code === 'conflict' || error.code === 'stale'))
        void queryClient.invalidateQueries({ queryKey })
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(queryKey, saved)
      void queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey })
    },
  })
}

function assignee(
  { assigneeId }: TicketChange,
  names: { assignee?: (id: string) => string | undefined },
): { assigneeName?: string | null } {
  if (assigneeId === undefined) return {}
  return { assigneeName: assigneeId ? (names.assignee?.(assigneeId) ?? null) : null }
}
