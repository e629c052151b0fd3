import { type getRefundPolicy, type PolicyLimits } from '#contract/billing.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import { formatMoney } from '#contract/money-text.ts'
import { money } from '#contract/money.ts'
import { t } from '../../messages/translate.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

type Version = { version: number; limits: PolicyLimits; effectiveFrom: string; by: string | null; current: boolean }

/** Every version, newest first. Refunds already decided keep the one they were decided under. */
export function PolicyVersions({ policy }: { policy: ResultOf<typeof getRefundPolicy> }) {
  const rows: Version[] = [
    { version: policy.version, limits: policy.limits, effectiveFrom: policy.effectiveFrom, by: null, current: true },
    ...policy.earlier
      .map((version) => ({ ...version, current: false }))
      .filter(({ version }) => version !== policy.version)
      .sort((a, b) => b.version - a.version),
  ]
  return (
    <DataTable
      label={t('policy.versions')}
      columns={columns}
      rows={rows}
      keyOf={({ version }) => String(version)}
      empty={null}
    />
  )
}

const columns: Column<Version>[] = [
  {
    key: 'version',
    header: t('policy.version'),
    width: '150px',
    cell: ({ version, current }) => (
      <>
        <span className="num">{version}</span> {current && <StatusBadge tone="done">{t('policy.inForce')}</StatusBadge>}
      </>
    ),
  },
  { key: 'auto', header: t('policy.auto'), cell: ({ limits }) => amounts(limits.autoLimit) },
  { key: 'lead', header: t('policy.lead'), wide: true, cell: ({ limits }) => amounts(limits.leadLimit) },
  {
    key: 'days',
    header: t('policy.days'),
    wide: true,
    width: '130px',
    cell: ({ limits }) =>
      t('policy.daysOf', {
        month: limits.monthlyWindowDays,
        year: limits.yearlyWindowDays,
        repeat: limits.repeatPerYear,
      }),
  },
  { key: 'by', header: t('policy.by'), wide: true, width: '120px', cell: ({ by }) => by ?? '' },
  {
    key: 'from',
    header: t('policy.from'),
    align: 'right',
    width: '96px',
    cell: ({ effectiveFrom }) => <RelativeTime at={effectiveFrom} />,
  },
]

function amounts(limits: Record<string, number>): string {
  return Object.entries(limits)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([currency, amount]) => formatMoney(money(amount, currency)))
    .join(', ')
}
