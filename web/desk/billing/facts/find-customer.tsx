import { lazy, type ReactNode, Suspense, useState } from 'react'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import type { ContactId } from '../queries.ts'
import { RowAction } from './row-action.tsx'

const Dialog = lazy(() => import('./find-customer-dialog.tsx').then((file) => ({ default: file.FindCustomerDialog })))

/** A word that opens the search for a Stripe customer to link by hand. */
export function FindCustomer({ contactId, children }: { contactId: ContactId; children: ReactNode }) {
  const [opened, setOpened] = useState(false)
  const [wanted, setWanted] = useState(false)
  const reason = useMay('billing.propose') ? null : t('billing.mayNotPropose')
  const show = (): void => {
    setWanted(true)
    setOpened(true)
  }
  return (
    <>
      <DisabledReason reason={reason}>
        <RowAction label={t('billing.findLabel')} onClick={show}>
          {children}
        </RowAction>
      </DisabledReason>
      {wanted && (
        <Suspense>
          <Dialog contactId={contactId} opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}
