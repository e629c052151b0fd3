import '../messages/rooms/insights.ts'
import { PageTitle } from '../frame/page-title.tsx'
import { KpiId } from '#contract/kpi.ts'
import { t } from '../messages/translate.ts'
import { usePageParams } from '../page-params.ts'
import { queryClient } from '../query-client.ts'
import { PageLayout } from '../ui/page-layout.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { BehindFigure } from './behind-figure.tsx'
import { calendarQuery } from './queries.ts'
import { Report } from './report.tsx'

export function loader() {
  return queryClient.ensureQueryData(calendarQuery)
}

/** The first report; with a figure in the address, the tickets behind that figure. */
export function Page() {
  const { kpi } = usePageParams()
  if (kpi === undefined) return <Report />
  const known = KpiId.safeParse(kpi)
  if (known.success) return <BehindFigure key={known.data} id={known.data} />
  return (
    <PageLayout title={t('insights.title')}>
      <PageTitle of={t('insights.title')} />
      <EmptyState title={t('behind.unknown.title')} />
    </PageLayout>
  )
}
