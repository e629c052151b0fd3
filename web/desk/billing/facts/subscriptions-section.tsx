import type { ContactBilling } from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useBillingOverlay } from '../overlay.ts'
import { subscriptionLook } from './looks.ts'
import { RowAction } from './row-action.tsx'
import css from './subscriptions-section.module.css'
import { wordsOnly } from './words-only.ts'

/** Nothing is left to end. */
const over: ReadonlySet<string> = new Set(['canceled', 'incomplete_expired'])

type Customers = ContactBilling['customers']
type Subscription = Customers[number]['subscriptions'][number]

/** Plan, status, seats and what is charged next, one paragraph a subscription; absent while nothing is linked. */
export function SubscriptionsSection({ customers }: { customers: Customers }) {
  if (customers.length === 0) return null
  const subscriptions = customers.flatMap((customer) => customer.subscriptions)
  return (
    <Section name="billing.subscription" title={t('billing.subscriptions')} count={subscriptions.length}>
      {subscriptions.length === 0 ? (
        <p className={css.none}>{t('billing.subscriptions.none')}</p>
      ) : (
        subscriptions.map((subscription) => <SubscriptionFacts key={subscription.id} subscription={subscription} />)
      )}
    </Section>
  )
}

function SubscriptionFacts({ subscription }: { subscription: Subscription }) {
  const { id, plan, status, sentence, seats, unit, interval, source } = subscription
  const { open } = useBillingOverlay()
  const mayPropose = useMay('billing.propose')
  const { tone, label } = subscriptionLook(status)
  return (
    <div className={css.subscription}>
      <div className={css.head}>
        <span className={css.plan}>{plan}</span>
        <StatusBadge tone={tone}>{label}</StatusBadge>
      </div>
      <div className={css.line}>
        <p className={css.words}>{wordsOnly(sentence, plan)}</p>
        {!over.has(status) && (source === 'stripe' || source === 'invoice') && (
          <DisabledReason reason={mayPropose ? null : t('billing.mayNotPropose')}>
            <RowAction
              label={t('billing.cancelOf', { plan })}
              onClick={() => open({ kind: 'cancellation', subscription: id })}
            >
              {t('billing.cancel')}
            </RowAction>
          </DisabledReason>
        )}
      </div>
      {unit && seats !== null && seats > 1 && (
        <p className={css.unit}>
          {interval
            ? t('billing.seatsEach', { count: seats, price: formatMoney(unit), interval })
            : t('billing.seatsOnce', { count: seats, price: formatMoney(unit) })}
        </p>
      )}
    </div>
  )
}
