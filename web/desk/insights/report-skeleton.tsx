import { Skeleton } from '@mantine/core'
import { t } from '../messages/translate.ts'
import { useDelayed } from '../ui/delayed.ts'
import css from './report.module.css'

/** Grey cards in the places of those that are coming. */
export function ReportSkeleton() {
  const due = useDelayed()
  return (
    <div role="status" aria-label={t('ui.loading')} className={css.cards}>
      {due && [0, 1, 2, 3, 4].map((at) => <Skeleton key={at} height={148} radius={8} />)}
    </div>
  )
}
