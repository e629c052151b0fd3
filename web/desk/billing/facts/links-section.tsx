import type { BillingLink, ContactBilling } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { confirm } from '../../ui/confirm.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { Section } from '../../ui/section.tsx'
import type { ContactId } from '../queries.ts'
import { FindCustomer } from './find-customer.tsx'
import css from './link-card.module.css'
import { LinkIdentity } from './link-identity.tsx'
import { RowAction } from './row-action.tsx'
import { useLinkDecision } from './use-link-decision.ts'

type Props = { contactId: ContactId; customers: ContactBilling['customers'] }

/** Which Stripe customers this contact is, each with why; more can be found, a wrong one taken away. */
export function LinksSection({ contactId, customers }: Props) {
  if (customers.length === 0) return null
  return (
    <Section name="billing.links" title={t('link.title')} count={customers.length} open={false}>
      {customers.map(({ link }) => (
        <LinkCard key={link.id} link={link} />
      ))}
      <div className={css.tools}>
        <FindCustomer contactId={contactId}>{t('link.another')}</FindCustomer>
      </div>
    </Section>
  )
}

function LinkCard({ link }: { link: BillingLink }) {
  const { mutate } = useLinkDecision(link)
  const reason = useMay('billing.propose') ? null : t('billing.mayNotPropose')
  const name = link.customerName ?? link.customerEmail ?? link.customer
  const takeAway = async (): Promise<void> => {
    const yes = await confirm({
      title: t('link.remove.title', { name }),
      body: t('link.remove.body'),
      action: t('link.remove'),
      danger: true,
    })
    if (yes) mutate('reject')
  }
  return (
    <div className={css.card}>
      <LinkIdentity link={link} />
      <div className={css.tools}>
        <DisabledReason reason={reason}>
          <RowAction label={t('link.removeOf', { name })} onClick={() => void takeAway()}>
            {t('link.remove')}
          </RowAction>
        </DisabledReason>
      </div>
    </div>
  )
}
