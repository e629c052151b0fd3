import { useQuery } from '@tanstack/react-query'
import { viewIds, type ViewId } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { Pane } from '../../ui/pane.tsx'
import { ViewLink } from '../../ui/view-link.tsx'
import { viewsQuery } from '../queries.ts'
import { viewIcons } from './view-icons.ts'
import css from './views-pane.module.css'

/** Views in groups: what to do, whose turn it is, and the shelves. */
const groups: ViewId[][] = [
  ['next', 'mine', 'unassigned'],
  ['open', 'pending', 'attention'],
  ['solved', 'all'],
]

/** The views with their live counts. */
export function ViewsPane({ current }: { current: ViewId }) {
  const views = useQuery(viewsQuery)
  const counts = new Map(views.data?.items.map((view) => [view.id, view]))
  return (
    <Pane label={t('pane.views')} ground="sunken" header={<h2>{t('room.inbox')}</h2>}>
      <nav aria-label={t('pane.views')} className={css.nav}>
        {groups.map((group) => (
          <ul key={group[0]} className={css.group}>
            {group
              .filter((id) => viewIds.includes(id))
              .map((id) => {
                const count = counts.get(id)
                return (
                  <ViewLink
                    key={id}
                    href={paths.view(id)}
                    icon={viewIcons[id]}
                    name={t(`view.${id}`)}
                    count={count && countText(count)}
                    urgent={id === 'attention'}
                    current={id === current}
                  />
                )
              })}
          </ul>
        ))}
      </nav>
    </Pane>
  )
}

function countText({ count, more }: { count: number; more: boolean }): string {
  if (count === 0) return ''
  return more ? t('view.countMore', { count }) : t('view.count', { count })
}
