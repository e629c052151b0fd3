import '../messages/rooms/billing.ts'
import { useQuery } from '@tanstack/react-query'
import { t } from '../messages/translate.ts'
import { Sheet, SheetBody } from '../ui/sheet.tsx'
import { CancellationForm } from './cancellation/cancellation-form.tsx'
import { CreditForm } from './credit/credit-form.tsx'
import { LiveOperation } from './operations/live-operation.tsx'
import { type BillingOverlay, useBillingOverlay } from './overlay.ts'
import { ProductForm } from './product/product-form.tsx'
import { type ContactId, type OperationId, operationQuery, type TicketId } from './queries.ts'
import { RefundForm } from './refund/refund-form.tsx'

type Props = {
  overlay: Exclude<BillingOverlay, { kind: 'explain' }>
  opened: boolean
  contactId: ContactId
  ticketId?: TicketId | undefined
  onClose: () => void
  onInsert?: ((text: string) => void) | undefined
}

/** A refund, a credit, a cancellation or an action of the product from asking to its confirmation in one layer: the form, then what became of it. */
export function MoneySheet({ overlay, opened, contactId, ticketId, onClose, onInsert }: Props) {
  const { open } = useBillingOverlay()
  return (
    <Sheet opened={opened} onClose={onClose} title={useTitle(overlay)}>
      {overlay.kind === 'refund' ? (
        <RefundForm
          key={overlay.charge}
          charge={overlay.charge}
          contactId={contactId}
          ticketId={ticketId}
          onOrdered={(operation) => open({ kind: 'operation', operation })}
          onInsert={onInsert}
        />
      ) : overlay.kind === 'credit' ? (
        <CreditForm
          key={overlay.customer}
          customer={overlay.customer}
          contactId={contactId}
          ticketId={ticketId}
          onOrdered={(operation) => open({ kind: 'operation', operation })}
        />
      ) : overlay.kind === 'cancellation' ? (
        <CancellationForm
          key={overlay.subscription}
          subscription={overlay.subscription}
          contactId={contactId}
          ticketId={ticketId}
          onOrdered={(operation) => open({ kind: 'operation', operation })}
        />
      ) : overlay.kind === 'product' ? (
        <ProductForm
          key={overlay.key}
          initialKey={overlay.key}
          contactId={contactId}
          ticketId={ticketId}
          onOrdered={(operation) => open({ kind: 'operation', operation })}
        />
      ) : (
        <SheetBody>
          <LiveOperation key={overlay.operation} id={overlay.operation} onInsert={onInsert} />
        </SheetBody>
      )}
    </Sheet>
  )
}

const titles = {
  refund: 'refund.title',
  credit: 'credit.title',
  balance_credit: 'credit.title',
  cancellation: 'cancellation.title',
  subscription_cancellation: 'cancellation.title',
  product: 'product.title',
  product_action: 'product.title',
} as const

function useTitle(overlay: Props['overlay']): string {
  const operation = useQuery({
    ...operationQuery(overlay.kind === 'operation' ? overlay.operation : ('' as OperationId)),
    enabled: overlay.kind === 'operation',
  })
  return t(titles[overlay.kind === 'operation' ? (operation.data?.kind ?? 'refund') : overlay.kind])
}
