import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChargeView, RefundCause } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { FormError } from '../../ui/form-error.tsx'
import { SheetBody, SheetPart } from '../../ui/sheet.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { useBillingOverlay } from '../overlay.ts'
import { type ContactId, contactBillingQuery, type OperationId, type TicketId } from '../queries.ts'
import { AmountPart } from './amount-part.tsx'
import { readAmount } from './amount-problem.ts'
import { CausePart } from './cause-part.tsx'
import { ChargePart } from './charge-part.tsx'
import { PolicyAnswer } from './policy-answer.tsx'
import { RefundButton } from './refund-button.tsx'
import { useRefundPreview } from './refund-preview.ts'

type Props = {
  charge: string
  contactId: ContactId
  ticketId?: TicketId | undefined
  onOrdered: (operation: OperationId) => void
  onInsert?: ((text: string) => void) | undefined
}

/** From the charge to the button that carries the amount; everything between is the policy's answer to what stands above it. */
export function RefundForm({ charge, contactId, ticketId, onOrdered, onInsert }: Props) {
  const billing = useQuery(contactBillingQuery(contactId))
  const { open } = useBillingOverlay()
  const [cause, setCause] = useState<RefundCause | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [range, setRange] = useState<Parameters<typeof readAmount>[1] | null>(null)
  const read = typed !== null && range ? readAmount(typed, range) : null
  const found = useRefundPreview({ charge, cause, amount: read?.amount ?? null, ticketId })
  const { proposal, preview, pending } = found
  if (proposal?.allowed && proposal.allowed !== range) setRange(proposal.allowed)

  const owner = billing.data?.customers.find(({ charges }) => charges.some(({ id }) => id === charge))
  const charges: readonly ChargeView[] = owner?.charges ?? []
  const choose = (next: RefundCause): void => {
    setCause(next)
    setTyped(null)
  }
  return (
    <>
      <SheetBody>
        <SheetPart title={t('refund.charge')}>
          <ChargePart charges={charges} chargeId={charge} onChoose={(id) => open({ kind: 'refund', charge: id })} />
        </SheetPart>
        <SheetPart title={t('refund.cause')}>
          <CausePart cause={cause} onChoose={choose} />
        </SheetPart>
        {found.error ? (
          <FormError error={found.error} />
        ) : !cause ? (
          <p className="muted">{t('refund.start')}</p>
        ) : !preview ? (
          <SkeletonRows rows={4} lines={2} height={72} />
        ) : (
          <>
            {proposal && proposal.outcome === 'refund' && (
              <SheetPart title={t('refund.amount')}>
                <AmountPart proposal={proposal} typed={typed} error={read?.error ?? null} onType={setTyped} />
              </SheetPart>
            )}
            <PolicyAnswer
              preview={preview}
              outdated={pending || Boolean(read?.error)}
              note={note}
              onNote={setNote}
              ticketId={ticketId}
              customer={owner?.link.customer ?? null}
              onInsert={onInsert}
            />
          </>
        )}
      </SheetBody>
      <RefundButton
        preview={read?.error ? undefined : preview}
        note={note}
        expired={found.expired}
        problem={!cause ? t('refund.start') : (read?.error ?? (pending ? t('refund.checking') : null))}
        onOrdered={onOrdered}
      />
    </>
  )
}
