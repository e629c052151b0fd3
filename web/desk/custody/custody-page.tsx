import '../messages/rooms/custody.ts'
import '../messages/rooms/mailbox-health.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { PageTitle } from '../frame/page-title.tsx'
import { t } from '../messages/translate.ts'
import { useGo, usePageParams } from '../page-params.ts'
import { type CustodyFilters, paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import type { LoaderInput } from '../routes.tsx'
import { useShortcut } from '../shortcuts.ts'
import { Panes } from '../ui/panes.tsx'
import { CustodyViews } from './custody-views.tsx'
import { ItemPane } from './item-pane.tsx'
import { ItemsPane } from './items-pane.tsx'
import { custodyQuery, itemQuery, itemsQuery } from './queries.ts'

export function loader({ params: { itemId }, search }: LoaderInput) {
  void queryClient.prefetchQuery(custodyQuery)
  if (itemId) void queryClient.prefetchQuery(itemQuery(itemId))
  void queryClient.prefetchInfiniteQuery(itemsQuery(search))
}

/** What became of every mail that arrived; the parked ones first, to be run again. Above it stands how the mailboxes are. */
export function Page() {
  const { itemId } = usePageParams()
  const filters: CustodyFilters = useSearch({ strict: false })
  const items = useInfiniteQuery(itemsQuery(filters))
  const go = useGo()
  const back = paths.custodyList(filters)
  const rows = items.data ?? []
  const at = rows.findIndex(({ id }) => id === itemId)
  const move = (step: 1 | -1): void => {
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]
    if (next && next.id !== itemId) go(paths.custodyItem(next.id, filters), { replace: Boolean(itemId) })
  }
  useShortcut({ keys: 'j', label: t('custody.next'), run: () => move(1), hidden: true })
  useShortcut({ keys: 'k', label: t('custody.previous'), run: () => move(-1), hidden: true })
  useShortcut(
    itemId !== undefined && { keys: 'Escape', label: t('pane.backToList'), run: () => go(back), hidden: true },
  )
  return (
    <>
      <PageTitle of={t('custody.title')} />
      <Panes
        name="custody"
        showing={itemId ? 'main' : 'list'}
        views={<CustodyViews filters={filters} />}
        list={<ItemsPane filters={filters} items={items} activeId={itemId} />}
        main={<ItemPane itemId={itemId} filters={filters} key={itemId} />}
      />
    </>
  )
}
