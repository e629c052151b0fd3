import '../../messages/rooms/billing.ts'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { RowAction } from '../facts/row-action.tsx'
import { useBillingOverlay } from '../overlay.ts'
import { type ContactId, entitlementCheckQuery, entitlementsQuery } from '../queries.ts'
import { EntitlementFacts } from './entitlement-facts.tsx'
import css from './product-facts.module.css'
import { useActions } from './use-actions.ts'

/** What the product grants a contact and how old that is, where Stripe disagrees, and the way to act. Absent on a desk without a product. */
export function ProductFacts({ contactId }: { contactId: ContactId }) {
  const mayCompare = useMay('billing.read')
  const entitlements = useQuery(entitlementsQuery(contactId))
  const items = entitlements.data?.items ?? []
  const check = useQuery({ ...entitlementCheckQuery(contactId), enabled: mayCompare && items.length > 0 })
  const { open } = useBillingOverlay()
  const mayAct = (useActions().actions ?? []).length > 0 && mayCompare
  if (entitlements.data && items.length === 0 && !mayAct) return null
  return (
    <Section
      name="product"
      title={t('product.facts')}
      count={items.length}
      aside={
        mayAct &&
        items.length === 0 && (
          <RowAction label={t('product.act')} onClick={() => open({ kind: 'product', key: '' })}>
            {t('product.act')}
          </RowAction>
        )
      }
    >
      {entitlements.error ? (
        <ErrorState compact error={entitlements.error} onRetry={() => void entitlements.refetch()} />
      ) : !entitlements.data ? (
        <SkeletonRows rows={1} lines={2} height={48} />
      ) : items.length === 0 ? (
        <p className={css.none}>{t('product.facts.none')}</p>
      ) : (
        <>
          {check.data?.compared &&
            check.data.sentences.map((sentence) => (
              <div key={sentence} className={css.disagree}>
                <Notice kind="warn">{sentence}</Notice>
              </div>
            ))}
          <ul className={css.list}>
            {items.map(({ entitlement, why }) => (
              <EntitlementFacts
                key={entitlement.id}
                entitlement={entitlement}
                why={why}
                onAct={mayAct ? () => open({ kind: 'product', key: entitlement.key }) : undefined}
              />
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
