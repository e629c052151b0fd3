import { IconArrowLeft } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { KpiReport } from '#contract/insights.ts'
import type { Kpi, KpiId } from '#contract/kpi.ts'
import { PageTitle } from '../frame/page-title.tsx'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { paths, type ReportSearch } from '../paths.ts'
import { Card } from '../ui/card.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageLayout } from '../ui/page-layout.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { behindColumns } from './behind-columns.tsx'
import css from './behind-columns.module.css'
import { detailText } from './figure-details.tsx'
import { headline } from './figure-words.ts'
import { figureOf, figureTicketsQuery } from './queries.ts'
import { useReport } from './use-report.ts'

const ArithmeticDrawer = lazy(() =>
  import('./arithmetic-drawer.tsx').then(({ ArithmeticDrawer }) => ({ default: ArithmeticDrawer })),
)

/** The tickets behind one figure, counted and not, each with its own arithmetic. */
export function BehindFigure({ id }: { id: KpiId }) {
  const { search, clock, report, team } = useReport()
  const go = useGo()
  const { ticket, ...rest } = search
  const name = t(`kpi.${id}`)
  const kpi = report.data && figureOf(report.data, id, clock)
  return (
    <PageLayout
      title={name}
      hint={kpi && `${headline(kpi) ?? t('figure.hidden')} · ${detailText(kpi)}`}
      back={<IconButton icon={IconArrowLeft} label={t('insights.back')} onClick={() => go(paths.insights(rest))} />}
    >
      <PageTitle of={`${name} · ${t('insights.title')}`} />
      {report.data && kpi ? (
        <Tickets report={report.data} kpi={kpi} team={team} search={search} />
      ) : report.error ? (
        <ErrorState error={report.error} onRetry={() => void report.refetch()} />
      ) : (
        <SkeletonRows rows={8} />
      )}
      <Suspense>
        {ticket && <ArithmeticDrawer ticketId={ticket} kpi={id} onClose={() => go(paths.figure(id, rest))} />}
      </Suspense>
    </PageLayout>
  )
}

type Props = { report: KpiReport; kpi: Kpi; team: string; search: ReportSearch }

function Tickets({ report, kpi, team, search }: Props) {
  const { id, text, version } = kpi.definition
  const tickets = useInfiniteQuery(figureTicketsQuery(id, report, team))
  return (
    <>
      <p className={`muted ${css.definition}`}>
        {text} {t('figure.definition', { version })}.
      </p>
      <Card flush>
        <Loaded query={tickets}>
          {(rows) => (
            <DataTable
              label={t(`kpi.${id}`)}
              columns={behindColumns(id, search)}
              rows={rows}
              keyOf={({ ticketId, cycle, from }) => `${ticketId}${cycle ?? ''}${from ?? ''}`}
              activeKey={search.ticket ?? null}
              paging={tickets}
              empty={<EmptyState title={t('behind.none.title')} hint={t('behind.none.hint')} />}
            />
          )}
        </Loaded>
      </Card>
    </>
  )
}
