import type { RefundPreview } from '#contract/billing.ts'
import { orderProductAction } from '#contract/product.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import type { OperationId } from '../queries.ts'
import { OrderButton } from '../refund/order-button.tsx'

type Props = {
  preview: RefundPreview | undefined
  /** Of the action, once one is chosen. */
  title: string | undefined
  note: string
  /** What was typed to confirm what cannot be undone; null where nothing need be. */
  confirmed: string | null
  expired: boolean
  problem: string | null
  onOrdered: (operation: OperationId) => void
}

/** The one action of the form, named after what the product will do. */
export function ProductButton({ preview, title, note, confirmed, ...rest }: Props) {
  const asks = (preview?.approvals.length ?? 0) > 0
  return (
    <OrderButton
      {...rest}
      preview={preview}
      label={
        title === undefined ? t('product.button') : t(asks ? 'product.button.ask' : 'product.button.do', { title })
      }
      refused={t('product.refused')}
      order={({ previewId }) =>
        call(orderProductAction, {
          body: {
            previewId,
            ...(note.trim() ? { reason: note.trim() } : {}),
            ...(confirmed === null ? {} : { typed: confirmed }),
          },
        })
      }
    />
  )
}
