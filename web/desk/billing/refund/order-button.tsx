import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import {
  getContactBilling,
  listApprovals,
  listOperations,
  type Operation,
  type RefundPreview,
} from '#contract/billing.ts'
import { keyOf } from '../../api.ts'
import { ApiError } from '../../api-error.ts'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SheetFooter } from '../../ui/sheet.tsx'
import { duration } from '../../ui/time-words.ts'
import { operationQuery, type OperationId } from '../queries.ts'
import css from './order-button.module.css'
import { renewPreviews } from './refund-preview.ts'

type Props = {
  preview: RefundPreview | undefined
  expired: boolean
  /** Why it cannot be pressed yet. */
  problem: string | null
  /** What the button says, and why a refusal keeps it from being pressed. */
  label: string
  refused: string
  /** It cannot be taken back once done. */
  danger?: boolean
  /** Orders what the preview showed: one preview becomes one operation, however often its button is pressed. */
  order: (preview: RefundPreview) => Promise<Operation>
  onOrdered: (operation: OperationId) => void
}

/** The one action of a form that orders an operation, and how long what stands above it holds. */
export function OrderButton({ preview, expired, problem, label, refused, danger, order, onOrdered }: Props) {
  const ordering = useMutation({
    mutationFn: order,
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
  const isRefused = preview?.outcome === 'refuse'
  return (
    <SheetFooter>
      <FormError error={ordering.error} />
      <div className={css.line}>
        {preview && !isRefused && <HoldsFor at={preview.expiresAt} expired={expired} />}
        {expired && !isRefused ? (
          <Button size="md" variant="default" onClick={() => void renewPreviews()}>
            {t('refund.checkAgain')}
          </Button>
        ) : (
          <DisabledReason reason={problem ?? (isRefused ? refused : null)}>
            <Button
              size="md"
              color={danger ? 'red' : undefined}
              loading={ordering.isPending}
              onClick={() => preview && ordering.mutate(preview)}
            >
              {label}
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
