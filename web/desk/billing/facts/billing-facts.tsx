import '../../messages/rooms/billing.ts'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Section } from '../../ui/section.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { type ContactId, contactBillingQuery, type TicketId } from '../queries.ts'
import { billingFactsId } from './billing-facts-id.ts'
import css from './billing-facts.module.css'
import { InvoicesSection } from './invoices-section.tsx'
import { LinksSection } from './links-section.tsx'
import { MoneySection } from './money-section.tsx'
import { OperationsSection } from './operations-section.tsx'
import { ProposalsSection } from './proposals-section.tsx'
import { SubscriptionsSection } from './subscriptions-section.tsx'

type Props = { contactId: ContactId; ticketId: TicketId }

/** What is true about a contact's money, in the order in which it decides the answer. */
export function BillingFacts(props: Props) {
  const may = useMay('billing.read')
  return (
    <div id={billingFactsId} tabIndex={-1} role="group" aria-label={t('billing.facts')} className={css.facts}>
      {may ? (
        <Facts {...props} />
      ) : (
        <Section name="billing.none" title={t('billing.facts')}>
          <p className={css.note}>{t('billing.noPermission')}</p>
        </Section>
      )}
    </div>
  )
}

function Facts({ contactId, ticketId }: Props) {
  const billing = useQuery(contactBillingQuery(contactId))
  if (!billing.data)
    return (
      <Section name="billing.money" title={t('billing.money')}>
        {billing.error ? (
          <ErrorState compact error={billing.error} onRetry={() => void billing.refetch()} />
        ) : (
          <SkeletonRows rows={4} lines={2} height={48} />
        )}
      </Section>
    )
  const { customers, proposals } = billing.data
  return (
    <>
      <ProposalsSection proposals={proposals} />
      <SubscriptionsSection customers={customers} />
      <MoneySection contactId={contactId} customers={customers} hasProposals={proposals.length > 0} />
      <OperationsSection ticketId={ticketId} />
      <InvoicesSection customers={customers} />
      <LinksSection contactId={contactId} customers={customers} />
    </>
  )
}
