import '../messages/rooms/billing.ts'
import { t } from '../messages/translate.ts'
import { Sheet, SheetBody } from '../ui/sheet.tsx'
import { LiveOperation } from './operations/live-operation.tsx'
import { type BillingOverlay, useBillingOverlay } from './overlay.ts'
import type { ContactId, TicketId } from './queries.ts'
import { RefundForm } from './refund/refund-form.tsx'

type Props = {
  overlay: Exclude<BillingOverlay, { kind: 'explain' }>
  opened: boolean
  contactId: ContactId
  ticketId?: TicketId | undefined
  onClose: () => void
  onInsert?: ((text: string) => void) | undefined
}

/** The refund from asking to Stripe's confirmation in one layer: the form, then what became of it. */
export function MoneySheet({ overlay, opened, contactId, ticketId, onClose, onInsert }: Props) {
  const { open } = useBillingOverlay()
  return (
    <Sheet opened={opened} onClose={onClose} title={t('refund.title')}>
      {overlay.kind === 'refund' ? (
        <RefundForm
          key={overlay.charge}
          charge={overlay.charge}
          contactId={contactId}
          ticketId={ticketId}
          onOrdered={(operation) => open({ kind: 'operation', operation })}
          onInsert={onInsert}
        />
      ) : (
        <SheetBody>
          <LiveOperation key={overlay.operation} id={overlay.operation} onInsert={onInsert} />
        </SheetBody>
      )}
    </Sheet>
  )
}
