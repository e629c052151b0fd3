import { Button } from '@mantine/core'
import { IconMailSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { type CustodyFilters, paths } from '../paths.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { custodyQuery, shownBy } from './queries.ts'
import css from './where-is-it.module.css'

const numbers = new Intl.NumberFormat('en')

/** Nothing was found: what was looked through, what that means, and what to try next. */
export function WhereIsIt({ filters }: { filters: CustodyFilters }) {
  const go = useGo()
  const { data } = useQuery(custodyQuery)
  const { sourceId, disposition: _outcome, ...rest } = filters
  const { from, to, ...anyTime } = rest
  const shown = shownBy(filters)
  const source = data?.sources.find(({ id }) => id === sourceId)
  const counts = source?.counts ?? data?.counts
  const count = counts ? (shown === 'all' ? Object.values(counts).reduce((sum, n) => sum + n, 0) : counts[shown]) : 0
  const isWhole = shown === 'all' && !sourceId && !from && !to
  const through = { mails: numbers.format(count), count: source ? 1 : (data?.sources.length ?? 0) }
  return (
    <EmptyState
      icon={IconMailSearch}
      title={t('custody.where.title')}
      hint={
        <span className={css.hint}>
          <span>{shown === 'all' ? t('custody.where.all', through) : t('custody.where.some', through)}</span>
          <span>{isWhole ? t('custody.where.whole') : t('custody.where.narrow')}</span>
          {isWhole && <span>{t('custody.where.next')}</span>}
        </span>
      }
      action={
        isWhole ? undefined : (
          <Button variant="default" onClick={() => go(paths.custodyList({ ...anyTime, disposition: 'all' }))}>
            {t('custody.where.widen')}
          </Button>
        )
      }
    />
  )
}
