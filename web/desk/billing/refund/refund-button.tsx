import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import {
  createRefund,
  getContactBilling,
  listApprovals,
  listOperations,
  type RefundPreview,
} from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'
import { call, keyOf } from '../../api.ts'
import { ApiError } from '../../api-error.ts'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SheetFooter } from '../../ui/sheet.tsx'
import { duration } from '../../ui/time-words.ts'
import { operationQuery, type OperationId } from '../queries.ts'
import css from './refund-button.module.css'
import { renewPreviews } from './refund-preview.ts'

type Props = {
  preview: RefundPreview | undefined
  note: string
  expired: boolean
  /** Why it cannot be pressed yet. */
  problem: string | null
  onOrdered: (operation: OperationId) => void
}

/** The one action of the form, with the amount on it, and how long the figures above it hold. */
export function RefundButton({ preview, note, expired, problem, onOrdered }: Props) {
  const order = useMutation({
    mutationFn: ({ previewId, amount }: { previewId: RefundPreview['previewId']; amount: number }) =>
      // One preview becomes one operation, however often its button is pressed.
      call(createRefund, { body: { previewId, amount, ...(note.trim() ? { reason: note.trim() } : {}) } }),
    onSuccess: (operation) => {
      queryClient.setQueryData(operationQuery(operation.id).queryKey, operation)
      for (const endpoint of [listOperations, listApprovals, getContactBilling])
        void queryClient.invalidateQueries({ queryKey: keyOf(endpoint) })
      onOrdered(operation.id)
    },
    onError: (error) => {
      // The facts have moved on since the preview: what is shown must be what is true now.
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) void renewPreviews()
    },
  })
  const money = preview?.outcome === 'refund' ? preview.proposed : null
  const refused = preview?.outcome === 'refuse' ? t('refund.refused') : null
  const asks = (preview?.approvals.length ?? 0) > 0
  return (
    <SheetFooter>
      <FormError error={order.error} />
      <div className={css.line}>
        {preview && !refused && <HoldsFor at={preview.expiresAt} expired={expired} />}
        {expired && !refused ? (
          <Button size="md" variant="default" onClick={() => void renewPreviews()}>
            {t('refund.checkAgain')}
          </Button>
        ) : (
          <DisabledReason reason={problem ?? refused}>
            <Button
              size="md"
              loading={order.isPending}
              onClick={() => preview && money && order.mutate({ previewId: preview.previewId, amount: money.amount })}
            >
              {!money
                ? t('refund.button')
                : asks
                  ? t('refund.button.ask', { amount: formatMoney(money) })
                  : t('refund.button.refund', { amount: formatMoney(money) })}
            </Button>
          </DisabledReason>
        )}
      </div>
    </SheetFooter>
  )
}

function HoldsFor({ at, expired }: { at: string; expired: boolean }) {
  const left = Date.parse(at) - useNow(1000)
  return (
    <span className={css.holds} data-expired={expired || undefined}>
      {expired ? t('refund.expired') : t('refund.holds', { duration: duration(left) })}
    </span>
  )
}
