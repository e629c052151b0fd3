import { lazy, Suspense } from 'react'
import type { Ticket } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { Pane } from '../../ui/pane.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { ContactSection } from './contact-section.tsx'
import { PastTicketsSection } from './past-tickets-section.tsx'

const BillingFacts = lazy(() =>
  import('../../billing/facts/billing-facts.tsx').then(({ BillingFacts }) => ({ default: BillingFacts })),
)

const ProductFacts = lazy(() =>
  import('../../billing/product/product-facts.tsx').then((file) => ({ default: file.ProductFacts })),
)

/** What is true about whoever asks, ordered by what decides the answer. Each section reads what it needs by itself. */
export function FactsPane({ ticket }: { ticket: Ticket }) {
  return (
    <Pane label={t('pane.facts')} ground="surface">
      <ContactSection ticket={ticket} />
      <Suspense fallback={<SkeletonRows rows={4} lines={2} height={48} />}>
        <BillingFacts contactId={ticket.requester.id} ticketId={ticket.id} />
        <ProductFacts contactId={ticket.requester.id} />
      </Suspense>
      <PastTicketsSection ticket={ticket} />
    </Pane>
  )
}
