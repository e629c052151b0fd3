import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { ContactBilling } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { Section } from '../../ui/section.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { useBillingOverlay } from '../overlay.ts'
import type { ContactId } from '../queries.ts'
import { AsOf } from './as-of.tsx'
import { ChargeRow } from './charge-row.tsx'
import { FindCustomer } from './find-customer.tsx'
import css from './money-section.module.css'
import { RowAction } from './row-action.tsx'

type Customers = ContactBilling['customers']
type Props = { contactId: ContactId; customers: Customers; hasProposals: boolean }

const shownFirst = 6

/** Every charge of every linked customer, newest first, with what came back of it and what went wrong. */
export function MoneySection({ contactId, customers, hasProposals }: Props) {
  const [all, setAll] = useState(false)
  const { open } = useBillingOverlay()
  const mayPropose = useMay('billing.propose')
  if (customers.length === 0)
    return (
      <Section name="billing.money" title={t('billing.money')}>
        <p className={css.none}>
          {hasProposals ? t('billing.notLinked.proposed') : t('billing.notLinked')}
          {' · '}
          <FindCustomer contactId={contactId}>{t('billing.find')}</FindCustomer>
        </p>
      </Section>
    )
  const charges = customers
    .flatMap(({ charges, link }) => charges.map((charge) => ({ charge, link })))
    .sort((a, b) => b.charge.createdAt.localeCompare(a.charge.createdAt) || b.charge.id.localeCompare(a.charge.id))
  const shown = all ? charges : charges.slice(0, shownFirst)
  const firstFetch = customers.some(({ asOf }) => asOf === null)
  return (
    <Section
      name="billing.money"
      title={t('billing.money')}
      count={charges.length}
      aside={<AsOf customers={customers} />}
    >
      {shown.length > 0 && (
        <ul className={css.list}>
          {shown.map(({ charge, link }) => (
            <ChargeRow key={charge.id} charge={charge} owner={customers.length > 1 ? nameOf(link) : null} />
          ))}
        </ul>
      )}
      {charges.length === 0 &&
        (firstFetch ? (
          <SkeletonRows rows={2} lines={2} height={48} />
        ) : (
          <p className={css.none}>{t('billing.money.none')}</p>
        ))}
      <div className={css.tools}>
        {charges.length > shownFirst && (
          <UnstyledButton className={css.more} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('billing.money.fewer') : t('billing.money.all', { count: charges.length })}
          </UnstyledButton>
        )}
        <DisabledReason reason={mayPropose ? null : t('billing.mayNotPropose')}>
          <RowAction
            label={t('billing.giveCredit')}
            onClick={() => open({ kind: 'credit', customer: customers[0]?.link.customer ?? '' })}
          >
            {t('billing.giveCredit')}
          </RowAction>
        </DisabledReason>
      </div>
    </Section>
  )
}

function nameOf(link: Customers[number]['link']): string {
  return link.customerName ?? link.customerEmail ?? link.customer
}
