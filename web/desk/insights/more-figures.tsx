import type { KpiReport } from '#contract/insights.ts'
import type { Kpi, KpiId } from '#contract/kpi.ts'
import type { ClockKind } from '#contract/sla.ts'
import { t } from '../messages/translate.ts'
import { paths, type ReportSearch } from '../paths.ts'
import { Card } from '../ui/card.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Link } from '../ui/link.tsx'
import { Definition } from './figure-card.tsx'
import { detailText } from './figure-details.tsx'
import { headline } from './figure-words.ts'
import { figureOf } from './queries.ts'

const ids: KpiId[] = ['resolution_first', 'first_reply_any', 'first_reply_auto']

/** The figures that explain the others, in a table. */
export function MoreFigures({ report, clock, search }: { report: KpiReport; clock: ClockKind; search: ReportSearch }) {
  const rows = ids.flatMap((id) => figureOf(report, id, clock) ?? [])
  const columns: Column<Kpi>[] = [
    {
      key: 'figure',
      header: t('insights.figure'),
      cell: (kpi) => (
        <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
          <Link className="link" href={paths.figure(kpi.definition.id, search)}>
            {t(`kpi.${kpi.definition.id}`)}
          </Link>
          <Definition kpi={kpi} />
        </span>
      ),
    },
    {
      key: 'value',
      header: t('insights.value'),
      align: 'right',
      width: '30%',
      cell: (kpi) => headline(kpi) ?? <span className="muted">{t('figure.hidden')}</span>,
    },
    {
      key: 'n',
      header: <span className="sr-only">{t('insights.details')}</span>,
      align: 'right',
      wide: true,
      width: '34%',
      cell: (kpi) => detailText(kpi),
    },
  ]
  return (
    <Card flush title={t('insights.more')}>
      <DataTable
        label={t('insights.more')}
        columns={columns}
        rows={rows}
        keyOf={({ definition }) => definition.id}
        empty={null}
      />
    </Card>
  )
}
