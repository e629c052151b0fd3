import { createRefund, type RefundPreview } from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import type { OperationId } from '../queries.ts'
import { OrderButton } from './order-button.tsx'

type Props = {
  preview: RefundPreview | undefined
  note: string
  expired: boolean
  /** Why it cannot be pressed yet. */
  problem: string | null
  onOrdered: (operation: OperationId) => void
}

/** The one action of the refund form, with the amount on it. */
export function RefundButton({ preview, note, ...rest }: Props) {
  const money = preview?.outcome === 'refund' ? preview.proposed : null
  const asks = (preview?.approvals.length ?? 0) > 0
  const label = !money
    ? t('refund.button')
    : t(asks ? 'refund.button.ask' : 'refund.button.refund', { amount: formatMoney(money) })
  return (
    <OrderButton
      {...rest}
      preview={preview}
      label={label}
      refused={t('refund.refused')}
      order={({ previewId, proposed }) => {
        if (!proposed) throw new TypeError('a preview without an amount cannot be ordered')
        return call(createRefund, {
          body: { previewId, amount: proposed.amount, ...(note.trim() ? { reason: note.trim() } : {}) },
        })
      }}
    />
  )
}
