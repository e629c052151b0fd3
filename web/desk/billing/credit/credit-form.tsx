import { Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BodyOf } from '#contract/endpoint.ts'
import { formatMoney } from '#contract/money-text.ts'
import { createBalanceCredit, previewBalanceCredit } from '#contract/operations.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { FormError } from '../../ui/form-error.tsx'
import { SheetBody, SheetPart } from '../../ui/sheet.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { useBillingOverlay } from '../overlay.ts'
import { type ContactId, contactBillingQuery, type OperationId, refundPolicyQuery, type TicketId } from '../queries.ts'
import amountCss from '../refund/amount-part.module.css'
import { OrderButton } from '../refund/order-button.tsx'
import { type Asking, useOrderPreview } from '../refund/order-preview.ts'
import { PolicyAnswer } from '../refund/policy-answer.tsx'
import { billedCurrencies } from './billed-currencies.ts'
import { readCredit } from './read-credit.ts'

type Props = {
  customer: string
  contactId: ContactId
  ticketId?: TicketId | undefined
  onOrdered: (operation: OperationId) => void
}

const asking: Asking<BodyOf<typeof previewBalanceCredit>> = {
  endpoint: previewBalanceCredit,
  ask: (body, options) => call(previewBalanceCredit, { body }, options),
}

/** From the amount and its reason to the button that carries it; between them stands what would happen and who must agree. */
export function CreditForm({ customer, contactId, ticketId, onOrdered }: Props) {
  const billing = useQuery(contactBillingQuery(contactId))
  const policy = useQuery(refundPolicyQuery)
  const { open } = useBillingOverlay()
  const [chosen, setChosen] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const customers = billing.data?.customers ?? []
  const billed = billedCurrencies(customers.find(({ link }) => link.customer === customer))
  const currencies = billed.length > 0 ? billed : Object.keys(policy.data?.limits.autoLimit ?? {})
  const currency = chosen ?? currencies[0]
  const read = typed.trim() && currency ? readCredit(typed, currency) : null
  const found = useOrderPreview(
    asking,
    read?.money ? { customer, money: read.money, ...(ticketId ? { ticketId } : {}) } : null,
  )
  const { preview, pending } = found
  const missing = !read
    ? t('credit.start')
    : (read.error ?? (!reason.trim() ? t('credit.reason.missing') : pending ? t('refund.checking') : null))
  const money = preview?.outcome === 'proceed' ? preview.proposed : null
  const asks = (preview?.approvals.length ?? 0) > 0
  return (
    <>
      <SheetBody>
        <SheetPart title={t('credit.customer')}>
          {customers.length > 1 ? (
            <Select
              aria-label={t('credit.customer')}
              value={customer}
              data={customers.map(({ link }) => ({ value: link.customer, label: nameOf(link) }))}
              allowDeselect={false}
              onChange={(id) => id && open({ kind: 'credit', customer: id })}
            />
          ) : (
            <p style={{ margin: 0 }}>{customers[0] ? nameOf(customers[0].link) : customer}</p>
          )}
        </SheetPart>
        <SheetPart title={t('credit.amount')}>
          <div className={amountCss.line}>
            <TextInput
              className={amountCss.field}
              aria-label={t('credit.amount')}
              inputMode="decimal"
              autoComplete="off"
              maxLength={30}
              value={typed}
              error={read?.error}
              rightSection={<span className={amountCss.currency}>{currency}</span>}
              rightSectionWidth={48}
              onChange={(event) => setTyped(event.currentTarget.value)}
              data-autofocus
            />
            {currencies.length > 1 && (
              <Select
                aria-label={t('credit.currency')}
                w={96}
                value={currency ?? null}
                data={currencies}
                allowDeselect={false}
                onChange={setChosen}
              />
            )}
          </div>
        </SheetPart>
        <SheetPart title={t('credit.reason')}>
          <Textarea
            aria-label={t('credit.reason')}
            placeholder={t('credit.reason.hint')}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </SheetPart>
        {found.error ? (
          <FormError error={found.error} />
        ) : !read?.money ? (
          <p className="muted">{t('credit.start')}</p>
        ) : !preview ? (
          <SkeletonRows rows={3} lines={2} height={64} />
        ) : (
          <PolicyAnswer
            preview={preview}
            outdated={pending}
            ticketId={ticketId}
            customer={customer}
            words={{ refused: t('credit.refused'), nobody: t('credit.nobody') }}
          />
        )}
      </SheetBody>
      <OrderButton
        preview={read?.money ? preview : undefined}
        expired={found.expired}
        problem={missing}
        label={
          money
            ? t(asks ? 'refund.button.ask' : 'credit.button.give', { amount: formatMoney(money) })
            : t('credit.button')
        }
        refused={t('credit.refused')}
        order={({ previewId }) => call(createBalanceCredit, { body: { previewId, reason: reason.trim() } })}
        onOrdered={onOrdered}
      />
    </>
  )
}

function nameOf(link: { customer: string; customerName: string | null; customerEmail: string | null }): string {
  return [link.customerName ?? link.customerEmail, link.customer].filter(Boolean).join(' · ')
}
