import { useQuery } from '@tanstack/react-query'
import { formatMoney } from '#contract/money-text.ts'
import { t } from '../../messages/translate.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { refundLook } from '../facts/looks.ts'
import { type ContactId, contactBillingQuery } from '../queries.ts'
import css from './approval-detail.module.css'
import { type PastRefund, pastRefunds, refundedSums } from './past-refunds.ts'

type Props = { contactId: ContactId; charge: string | null }

/** Everything this customer was given back so far, of this charge and of others. */
export function RefundedBefore({ contactId, charge }: Props) {
  const billing = useQuery(contactBillingQuery(contactId))
  if (billing.error) return <ErrorState compact error={billing.error} onRetry={() => void billing.refetch()} />
  if (!billing.data) return <SkeletonRows rows={2} />
  const refunds = pastRefunds(billing.data)
  if (refunds.length === 0) return <p className={css.none}>{t('approvals.before.none')}</p>
  const columns: Column<PastRefund>[] = [
    {
      key: 'when',
      header: t('approvals.before.when'),
      cell: (row) => <RelativeTime at={row.createdAt} />,
      width: '88px',
    },
    {
      key: 'of',
      header: t('approvals.before.of'),
      cell: (row) =>
        row.charge.id === charge ? t('approvals.before.this') : (row.charge.description ?? row.charge.id),
    },
    {
      key: 'status',
      header: t('approvals.before.status'),
      wide: true,
      width: '120px',
      cell: (row) => {
        const { tone, label } = refundLook(row.status)
        return (
          <StatusBadge tone={tone} quiet>
            {label}
          </StatusBadge>
        )
      },
    },
    { key: 'money', header: t('approvals.amount'), align: 'right', cell: (row) => <MoneyText money={row.money} /> },
  ]
  return (
    <>
      <p className={css.because}>
        {t('approvals.before.sum', {
          count: refunds.length,
          sums: refundedSums(refunds)
            .map((sum) => formatMoney(sum))
            .join(', '),
        })}
      </p>
      <DataTable label={t('approvals.before')} columns={columns} rows={refunds} keyOf={({ id }) => id} empty={null} />
    </>
  )
}
