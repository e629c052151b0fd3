import { IconArchive, IconMail, IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { t } from '../messages/translate.ts'
import { type CustodyFilters, paths } from '../paths.ts'
import { Pane } from '../ui/pane.tsx'
import { ViewLink } from '../ui/view-link.tsx'
import css from './custody-views.module.css'
import { dispositionLook } from './disposition-look.ts'
import { custodyQuery, dispositions, shownBy } from './queries.ts'

/** Dispositions and mailboxes with their counts; the counts are of the mailbox that is chosen. */
export function CustodyViews({ filters }: { filters: CustodyFilters }) {
  const { data } = useQuery(custodyQuery)
  const shown = shownBy(filters)
  const { sourceId } = filters
  const source = data?.sources.find(({ id }) => id === sourceId)
  const counts = source?.counts ?? data?.counts
  const total = counts && Object.values(counts).reduce((sum, count) => sum + count, 0)
  const within = sourceId ? { sourceId } : {}
  return (
    <Pane label={t('custody.dispositions')} ground="sunken" header={<h2>{t('custody.title')}</h2>}>
      <nav aria-label={t('custody.dispositions')} className={css.nav}>
        <ul className={css.group}>
          {dispositions.map((one) => (
            <ViewLink
              key={one}
              href={paths.custodyList({ disposition: one, ...within })}
              icon={dispositionLook[one].icon}
              name={t(`custody.is.${one}`)}
              count={countText(counts?.[one])}
              urgent={one === 'parked'}
              current={shown === one}
            />
          ))}
          <ViewLink
            href={paths.custodyList({ disposition: 'all', ...within })}
            icon={IconArchive}
            name={t('custody.all')}
            count={countText(total)}
            current={shown === 'all'}
          />
        </ul>
        {data && data.sources.length > 1 && (
          <>
            <h3 className={css.heading}>{t('custody.sources')}</h3>
            <ul className={css.group}>
              <ViewLink
                href={paths.custodyList({ disposition: shown })}
                icon={IconInbox}
                name={t('custody.allSources')}
                current={!sourceId}
              />
              {data.sources.map(({ id, title, counts }) => (
                <ViewLink
                  key={id}
                  href={paths.custodyList({ disposition: shown, sourceId: id })}
                  icon={IconMail}
                  name={title}
                  count={countText(shown === 'all' ? undefined : counts[shown])}
                  current={id === sourceId}
                />
              ))}
            </ul>
          </>
        )}
      </nav>
    </Pane>
  )
}

const numbers = new Intl.NumberFormat('en')

function countText(count: number | undefined): string {
  return count ? numbers.format(count) : ''
}
