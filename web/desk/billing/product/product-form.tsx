import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BodyOf } from '#contract/endpoint.ts'
import { EntitlementKey } from '#contract/entitlements.ts'
import { previewProductAction } from '#contract/product.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SheetBody, SheetPart } from '../../ui/sheet.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { type ContactId, contactBillingQuery, type OperationId, type TicketId } from '../queries.ts'
import { type Asking, useOrderPreview } from '../refund/order-preview.ts'
import { PolicyAnswer } from '../refund/policy-answer.tsx'
import { ParameterFields } from './parameter-fields.tsx'
import { ProductButton } from './product-button.tsx'
import { readParameters, type Typed } from './read-parameters.ts'
import { useActions } from './use-actions.ts'

type Props = {
  initialKey: string
  contactId: ContactId
  ticketId?: TicketId | undefined
  onOrdered: (operation: OperationId) => void
}

const asking: Asking<BodyOf<typeof previewProductAction>> = {
  endpoint: previewProductAction,
  ask: (body, options) => call(previewProductAction, { body }, options),
}

/** From the action and its parameters to the button; between them stands what would happen and who must agree. */
export function ProductForm({ initialKey, contactId, ticketId, onOrdered }: Props) {
  const { actions, error, retry } = useActions()
  const billing = useQuery(contactBillingQuery(contactId))
  const [actionId, setActionId] = useState<string | null>(null)
  const [key, setKey] = useState(initialKey)
  const [typed, setTyped] = useState<Typed>({})
  const [confirmed, setConfirmed] = useState('')
  const [note, setNote] = useState('')
  const action = actions?.find(({ id }) => id === actionId)
  const isKey = EntitlementKey.safeParse(key).success
  const { values, problems } = readParameters(action?.definition.parameters ?? [], typed)
  const [problem] = Object.values(problems)
  const asked =
    action && isKey && problem === undefined
      ? { actionId: action.id, key, parameters: values, contactId, ...(ticketId ? { ticketId } : {}) }
      : null
  const found = useOrderPreview(asking, asked)
  const { preview, pending } = found
  const choose = (id: string | null): void => {
    setActionId(id)
    setTyped({})
    setConfirmed('')
  }
  const isConfirmed = !action?.definition.destructive || confirmed === key
  const missing = !action
    ? t('product.start')
    : !isKey
      ? t('product.key.invalid')
      : (problem ?? (pending ? t('product.checking') : isConfirmed ? null : t('product.typed.why', { key })))
  return (
    <>
      <SheetBody>
        <SheetPart title={t('product.action')}>
          {error ? (
            <ErrorState compact error={error} onRetry={retry} />
          ) : (
            <Select
              aria-label={t('product.action')}
              placeholder={t('product.action.choose')}
              value={actionId}
              data={(actions ?? []).map(({ id, definition }) => ({ value: id, label: definition.title }))}
              allowDeselect={false}
              nothingFoundMessage={t('product.none')}
              onChange={choose}
              maxDropdownHeight={360}
              data-autofocus
            />
          )}
          <TextInput
            mt={8}
            label={t('product.key')}
            description={initialKey ? undefined : t('product.key.hint')}
            maxLength={120}
            autoComplete="off"
            spellCheck={false}
            readOnly={initialKey !== ''}
            error={key !== '' && !isKey ? t('product.key.invalid') : null}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value.trim())}
          />
        </SheetPart>
        {action && action.definition.parameters.length > 0 && (
          <SheetPart title={t('product.parameters')}>
            <ParameterFields
              parameters={action.definition.parameters}
              typed={typed}
              problems={problems}
              onType={(name, value) => setTyped((old) => ({ ...old, [name]: value }))}
            />
          </SheetPart>
        )}
        {found.error ? (
          <FormError error={found.error} />
        ) : !asked ? (
          <p className="muted">{action ? t('product.fill') : t('product.start')}</p>
        ) : !preview ? (
          <SkeletonRows rows={3} lines={2} height={64} />
        ) : (
          <PolicyAnswer
            preview={preview}
            outdated={pending}
            note={note}
            onNote={setNote}
            ticketId={ticketId}
            customer={billing.data?.customers[0]?.link.customer ?? null}
            words={{ refused: t('product.refused'), nobody: t('product.nobody') }}
          />
        )}
        {action?.definition.destructive && preview?.outcome === 'proceed' && (
          <SheetPart title={t('product.typed', { key })}>
            <TextInput
              aria-label={t('product.typed', { key })}
              autoComplete="off"
              spellCheck={false}
              value={confirmed}
              onChange={(event) => setConfirmed(event.currentTarget.value)}
            />
          </SheetPart>
        )}
      </SheetBody>
      <ProductButton
        preview={asked ? preview : undefined}
        title={action?.definition.title}
        note={note}
        confirmed={action?.definition.destructive ? confirmed : null}
        expired={found.expired}
        problem={missing}
        onOrdered={onOrdered}
      />
    </>
  )
}
