import { useQuery } from '@tanstack/react-query'
import { t } from '../../messages/translate.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { refundPolicyQuery } from '../queries.ts'
import { PolicyForm } from './policy-form.tsx'
import { PolicyVersions } from './policy-versions.tsx'

/** Who may refund how much, and for how long a customer may ask: the version in force, and the earlier ones. */
export function RefundPolicySettings() {
  const policy = useQuery(refundPolicyQuery)
  if (policy.error) return <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />
  if (!policy.data) return <SkeletonRows rows={8} />
  return (
    <>
      <Card title={t('policy.title', { version: String(policy.data.version) })}>
        <PolicyForm policy={policy.data} />
      </Card>
      <Card title={t('policy.versions')} flush>
        <PolicyVersions policy={policy.data} />
      </Card>
    </>
  )
}
