import { useDebouncedValue } from '@mantine/hooks'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { previewRefund, type RefundCause, type RefundPreview } from '#contract/billing.ts'
import { previewBalanceCredit, previewCancellation } from '#contract/operations.ts'
import { previewProductAction } from '#contract/product.ts'
import { call, keyOf } from '../../api.ts'
import { useNow } from '../../clock.ts'
import { queryClient } from '../../query-client.ts'
import type { TicketId } from '../queries.ts'

type Asked = { charge: string; cause: RefundCause; amount?: number | undefined; ticketId?: TicketId | undefined }

/** A preview is a decision of one moment: it is never shown again once its form was closed. */
const previewQuery = (asked: Asked | null) =>
  queryOptions({
    queryKey: [...keyOf(previewRefund), asked],
    queryFn: ({ signal }) => {
      if (!asked) throw new TypeError('nothing was asked')
      return call(previewRefund, { body: asked }, { signal })
    },
    enabled: asked !== null,
    staleTime: Infinity,
    gcTime: 0,
  })

/** Decides everything on screen anew, as after the requester was verified or a preview has run out. */
export async function renewPreviews(): Promise<void> {
  await Promise.all(
    [previewRefund, previewBalanceCredit, previewCancellation, previewProductAction].map((endpoint) =>
      queryClient.invalidateQueries({ queryKey: keyOf(endpoint) }),
    ),
  )
}

/**
 * What the policy says of a charge, a cause and an amount in minor units. `proposal` is its answer with no amount asked for;
 * `preview` the answer to what is asked now, or the last one while that is on its way (`pending`).
 */
export function useRefundPreview(form: {
  charge: string
  cause: RefundCause | null
  amount: number | null
  ticketId?: TicketId | undefined
}) {
  const { charge, cause, ticketId } = form
  const [amount] = useDebouncedValue(form.amount, 350)
  const base = cause ? { charge, cause, ...(ticketId ? { ticketId } : {}) } : null
  const proposal = useQuery(previewQuery(base))
  const differs = amount !== null && proposal.data?.proposed != null && amount !== proposal.data.proposed.amount
  const asked = useQuery(previewQuery(base && differs ? { ...base, amount } : null))
  const last = differs ? asked : proposal
  const preview: RefundPreview | undefined = last.data ?? proposal.data
  const expired = useExpired(preview?.expiresAt)
  return {
    proposal: proposal.data,
    preview,
    error: last.error ?? proposal.error,
    pending: cause !== null && (last.isFetching || proposal.isFetching || form.amount !== amount || !last.data),
    expired,
  }
}

/** Whether what was shown has run out. */
export function useExpired(at: string | undefined): boolean {
  const now = useNow(1000)
  return at !== undefined && Date.parse(at) <= now
}
