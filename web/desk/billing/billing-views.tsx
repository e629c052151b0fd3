import {
  IconArchive,
  IconCircleCheck,
  IconCircleX,
  IconClockX,
  IconHelpTriangle,
  type Icon,
  IconListDetails,
  IconUserQuestion,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { Pane } from '../ui/pane.tsx'
import { ViewLink } from '../ui/view-link.tsx'
import css from './billing-views.module.css'
import { approvalsQuery, operationsQuery } from './queries.ts'

const views = {
  'approvals.open': { icon: IconUserQuestion, href: paths.approvals() },
  'approvals.approved': { icon: IconCircleCheck, href: paths.approvals('approved') },
  'approvals.rejected': { icon: IconCircleX, href: paths.approvals('rejected') },
  'approvals.expired': { icon: IconClockX, href: paths.approvals('expired') },
  'operations.unknown': { icon: IconHelpTriangle, href: paths.operations('unknown') },
  'operations.failed': { icon: IconCircleX, href: paths.operations('failed') },
  'operations.done': { icon: IconArchive, href: paths.operations('done') },
  'operations.all': { icon: IconListDetails, href: paths.operations() },
} satisfies Record<string, { icon: Icon; href: string }>

export type BillingView = keyof typeof views

const groups: { title: 'approvals.title' | 'operations.title'; of: BillingView[] }[] = [
  {
    title: 'approvals.title',
    of: ['approvals.open', 'approvals.approved', 'approvals.rejected', 'approvals.expired'],
  },
  { title: 'operations.title', of: ['operations.unknown', 'operations.failed', 'operations.done', 'operations.all'] },
]

/** The shelves of the billing room; what waits for somebody carries its number. */
export function BillingViews({ current }: { current: BillingView }) {
  const open = useInfiniteQuery(approvalsQuery('open'))
  const unknown = useInfiniteQuery(operationsQuery('unknown'))
  const counts: Partial<Record<BillingView, { count: number; more: boolean; urgent?: boolean }>> = {
    'approvals.open': { count: open.data?.length ?? 0, more: open.hasNextPage },
    'operations.unknown': { count: unknown.data?.length ?? 0, more: unknown.hasNextPage, urgent: true },
  }
  return (
    <Pane label={t('billing.views')} ground="sunken" header={<h2>{t('room.billing')}</h2>}>
      <nav aria-label={t('billing.views')} className={css.nav}>
        {groups.map(({ title, of }) => (
          <div key={title}>
            <h3 className={css.heading}>{t(title)}</h3>
            <ul className={css.list}>
              {of.map((view) => {
                const count = counts[view]
                return (
                  <ViewLink
                    key={view}
                    {...views[view]}
                    name={t(`billingView.${view}`)}
                    count={count && countText(count)}
                    urgent={count?.urgent}
                    current={view === current}
                  />
                )
              })}
            </ul>
          </div>
        ))}
      </nav>
    </Pane>
  )
}

function countText({ count, more }: { count: number; more: boolean }): string {
  if (count === 0) return ''
  return more ? t('billingView.more', { count }) : String(count)
}
