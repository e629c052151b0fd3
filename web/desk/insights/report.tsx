import type { KpiReport } from '#contract/insights.ts'
import type { KpiId } from '#contract/kpi.ts'
import { PageTitle } from '../frame/page-title.tsx'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { PageLayout } from '../ui/page-layout.tsx'
import { exactTime } from '../ui/time-words.ts'
import { BacklogDetails } from './backlog-card.tsx'
import { FigureCard } from './figure-card.tsx'
import { FigureDetails } from './figure-details.tsx'
import { MoreFigures } from './more-figures.tsx'
import { figureOf } from './queries.ts'
import { ReportActions, ReportControls } from './report-controls.tsx'
import css from './report.module.css'
import { ReportSkeleton } from './report-skeleton.tsx'
import { useReport } from './use-report.ts'

const cards: KpiId[] = ['first_reply_human', 'resolution_last', 'backlog', 'solved', 'reopened', 'one_touch', 'csat']

const places: Partial<Record<KpiId, string | undefined>> = { backlog: css.wide, one_touch: css.half, csat: css.half }

/** How soon, how long, how much is open, how well: each figure with what it rests on. */
export function Report() {
  const { search, period, team, clock, report, past, pastDays } = useReport()
  return (
    <PageLayout
      title={t('insights.title')}
      hint={t('insights.hint')}
      actions={<ReportActions onRefresh={() => void report.refetch()} refreshing={report.isFetching} />}
    >
      <PageTitle of={t('insights.title')} />
      <ReportControls search={search} period={period} team={team} clock={clock} />
      {report.data ? (
        <>
          <div className={css.cards} data-stale={report.isFetching || undefined}>
            {cards.map((id) => {
              const kpi = figureOf(report.data, id, clock)
              if (!kpi) return null
              return (
                <div key={id} className={places[id]}>
                  <FigureCard
                    kpi={kpi}
                    before={past.data ? { kpi: figureOf(past.data, id, clock), days: pastDays } : null}
                    href={paths.figure(id, search)}
                  >
                    {id === 'backlog' ? <BacklogDetails kpi={kpi} /> : <FigureDetails kpi={kpi} />}
                  </FigureCard>
                </div>
              )
            })}
          </div>
          <MoreFigures report={report.data} clock={clock} search={search} />
          <p className="muted">{provenance(report.data)}</p>
        </>
      ) : report.error ? (
        <ErrorState error={report.error} onRetry={() => void report.refetch()} />
      ) : (
        <ReportSkeleton />
      )}
    </PageLayout>
  )
}

function provenance({ from, to, asOf, calendar }: KpiReport): string {
  const { timeZone, version } = calendar
  const at = (time: string): string => exactTime(Date.parse(time), timeZone)
  return t('insights.asOf', { from: at(from), to: at(to), asOf: at(asOf), zone: timeZone, version })
}
