import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { Kpi } from '#contract/kpi.ts'
import { span } from '../inbox/ticket/span.ts'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { Link } from '../ui/link.tsx'
import css from './figure-card.module.css'

const AgesChart = lazy(() => import('./ages-chart.tsx').then(({ AgesChart }) => ({ default: AgesChart })))

/** What the backlog has besides its number: ages, the oldest ticket, the distribution. */
export function BacklogDetails({ kpi }: { kpi: Kpi }) {
  const { median, p90, oldest, ages } = kpi
  return (
    <>
      <p className={css.line}>
        {[
          median !== null && t('figure.age', { value: span(median) }),
          p90 !== null && t('figure.p90', { value: span(p90) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {oldest && (
        <p className={css.line}>
          <Link className="link" href={paths.ticket(oldest.ticketId)}>
            {t('figure.oldest', { age: span(oldest.ageMs) })}
          </Link>
        </p>
      )}
      {ages && kpi.n > 0 && (
        <Suspense fallback={<Skeleton height={268} mt={12} />}>
          <AgesChart ages={ages} />
        </Suspense>
      )}
    </>
  )
}
