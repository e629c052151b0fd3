import { Skeleton } from '@mantine/core'
import { t } from '../messages/translate.ts'
import { useDelayed } from './delayed.ts'
import css from './skeleton-rows.module.css'

type Props = {
  rows?: number
  /** Height of one row in pixels; the density's height unless told. */
  height?: number
  /** Lines of text per row. */
  lines?: number
}

const widths = ['62%', '48%', '71%', '55%', '66%', '43%', '58%']

/** Grey rows in the size of what is coming, after 150 ms. */
export function SkeletonRows({ rows = 8, height, lines = 1 }: Props) {
  const due = useDelayed()
  return (
    <div role="status" aria-label={t('ui.loading')}>
      {due &&
        Array.from({ length: rows }, (_, row) => (
          <div key={row} className={css.row} style={height ? { height } : undefined}>
            {Array.from({ length: lines }, (_, line) => (
              <Skeleton key={line} height={8} width={widths[(row + line * 3) % widths.length]} radius="sm" />
            ))}
          </div>
        ))}
    </div>
  )
}
