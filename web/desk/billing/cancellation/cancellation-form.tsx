import { Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BodyOf } from '#contract/endpoint.ts'
import { createCancellation, previewCancellation } from '#contract/operations.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { FormError } from '../../ui/form-error.tsx'
import { SheetBody, SheetPart } from '../../ui/sheet.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { wordsOnly } from '../facts/words-only.ts'
import { type ContactId, contactBillingQuery, type OperationId, type TicketId } from '../queries.ts'
import { OrderButton } from '../refund/order-button.tsx'
import { type Asking, useOrderPreview } from '../refund/order-preview.ts'
import { PolicyAnswer } from '../refund/policy-answer.tsx'

type Props = {
  subscription: string
  contactId: ContactId
  ticketId?: TicketId | undefined
  onOrdered: (operation: OperationId) => void
}

type When = BodyOf<typeof previewCancellation>['when']

const asking: Asking<BodyOf<typeof previewCancellation>> = {
  endpoint: previewCancellation,
  ask: (body, options) => call(previewCancellation, { body }, options),
}

/** When the subscription ends and what that means, down to the button that ends it. */
export function CancellationForm({ subscription, contactId, ticketId, onOrdered }: Props) {
  const billing = useQuery(contactBillingQuery(contactId))
  const owner = billing.data?.customers.find(({ subscriptions }) => subscriptions.some(({ id }) => id === subscription))
  const shown = owner?.subscriptions.find(({ id }) => id === subscription)
  const [chosen, setChosen] = useState<When | null>(null)
  const [note, setNote] = useState('')
  // What ends by itself already can only be ended sooner.
  const ends = shown?.endsAt !== undefined && shown.endsAt !== null
  const when = chosen ?? (ends ? 'now' : 'period_end')
  const found = useOrderPreview(asking, billing.data ? { subscription, when, ...(ticketId ? { ticketId } : {}) } : null)
  const { preview, pending } = found
  const asks = (preview?.approvals.length ?? 0) > 0
  return (
    <>
      <SheetBody>
        <SheetPart title={t('operation.subscription')}>
          <p style={{ margin: 0, fontWeight: 500 }}>{shown?.plan ?? subscription}</p>
          {shown && (
            <p className="muted" style={{ margin: '4px 0 0' }}>
              {wordsOnly(shown.sentence, shown.plan)}
            </p>
          )}
        </SheetPart>
        <SheetPart title={t('cancellation.when')}>
          <Radio.Group aria-label={t('cancellation.when')} value={when} onChange={(value) => setChosen(value as When)}>
            <Stack gap={8}>
              {(['period_end', 'now'] as const).map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`cancellation.when.${value}`)}
                  description={t(`cancellation.when.${value}.hint`)}
                  data-autofocus={value === when || undefined}
                />
              ))}
            </Stack>
          </Radio.Group>
        </SheetPart>
        {found.error ? (
          <FormError error={found.error} />
        ) : !preview ? (
          <SkeletonRows rows={3} lines={2} height={64} />
        ) : (
          <PolicyAnswer
            preview={preview}
            outdated={pending}
            note={note}
            onNote={setNote}
            ticketId={ticketId}
            customer={owner?.link.customer ?? null}
            words={{ refused: t('cancellation.refused'), nobody: t('cancellation.nobody') }}
          />
        )}
      </SheetBody>
      <OrderButton
        preview={preview}
        expired={found.expired}
        problem={pending ? t('cancellation.checking') : null}
        label={t(asks ? 'cancellation.button.ask' : `cancellation.button.${when}`)}
        danger={when === 'now'}
        refused={t('cancellation.refused')}
        order={({ previewId }) =>
          call(createCancellation, { body: { previewId, ...(note.trim() ? { reason: note.trim() } : {}) } })
        }
        onOrdered={onOrdered}
      />
    </>
  )
}
