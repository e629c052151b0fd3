import { IconFlag, IconLock, IconMailCheck } from '@tabler/icons-react'
import type { CustodyItem } from '#contract/custody.ts'
import { t } from '../messages/translate.ts'
import { type CustodyFilters, paths } from '../paths.ts'
import { fileSize } from '../inbox/conversation/file-size.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { FoldedViews } from '../ui/folded-panes.tsx'
import { KeysetList } from '../ui/keyset-list.tsx'
import { ListRow } from '../ui/list-row.tsx'
import { Pane } from '../ui/pane.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { dispositionLook } from './disposition-look.ts'
import css from './items-pane.module.css'
import { MailboxHealthStrip } from './mailbox-health-strip.tsx'
import { isSearch, shownBy } from './queries.ts'
import { RerunParked } from './rerun-parked.tsx'
import { SearchBar } from './search-bar.tsx'
import { WhereIsIt } from './where-is-it.tsx'

type Items = {
  data: readonly CustodyItem[] | undefined
  error: unknown
  refetch: () => unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

type Props = { filters: CustodyFilters; items: Items; activeId: string | undefined }

/** The mails that are shown, newest first, what to look for, and where parked mail is tried again all at once. */
export function ItemsPane({ filters, items, activeId }: Props) {
  const shown = shownBy(filters)
  const title = shown === 'all' ? t('custody.all') : t(`custody.is.${shown}`)
  const rows = items.data
  return (
    <Pane
      label={title}
      scroll={false}
      header={
        <>
          <span className={`truncate ${css.title}`}>
            <FoldedViews title={title} />
          </span>
          {shown === 'parked' && rows && rows.length > 0 && <RerunParked />}
        </>
      }
    >
      <MailboxHealthStrip />
      <SearchBar filters={filters} />
      {rows && rows.length > 0 ? (
        <KeysetList
          key={JSON.stringify(filters)}
          label={title}
          items={rows}
          keyOf={({ id }) => id}
          estimate={76}
          activeKey={activeId ?? null}
          paging={items}
          render={(item) => <ItemRow item={item} filters={filters} active={item.id === activeId} />}
        />
      ) : items.error ? (
        <ErrorState error={items.error} onRetry={() => void items.refetch()} />
      ) : rows ? (
        <Empty filters={filters} />
      ) : (
        <SkeletonRows lines={3} height={76} />
      )}
    </Pane>
  )
}

function ItemRow({ item, filters, active }: { item: CustodyItem; filters: CustodyFilters; active: boolean }) {
  const { tone, icon } = dispositionLook[item.disposition]
  return (
    <ListRow
      href={paths.custodyItem(item.id, filters)}
      active={active}
      strong={item.disposition === 'parked'}
      title={
        item.subject || <span className="muted">{t(item.hidden ? 'custody.hidden.title' : 'custody.noSubject')}</span>
      }
      aside={
        <>
          {item.hidden && <IconLock size={14} stroke={1.75} aria-label={t('custody.hidden')} />}
          {item.flagged && <IconFlag size={14} stroke={1.75} aria-label={t('custody.flagged')} />}
          <RelativeTime at={item.receivedAt} />
        </>
      }
      lines={[
        <>
          {item.hidden ? item.source.title : (item.from ?? t('custody.noSender'))} · {fileSize(item.size)}
        </>,
        <>
          <span className={css.badge}>
            <StatusBadge quiet tone={tone} icon={icon}>
              {t(`custody.one.${item.disposition}`)}
            </StatusBadge>
          </span>{' '}
          {item.disposition === 'ticketed' && item.ticketNumber !== null ? `#${item.ticketNumber}` : item.reason}
        </>,
      ]}
    />
  )
}

function Empty({ filters }: { filters: CustodyFilters }) {
  if (isSearch(filters)) return <WhereIsIt filters={filters} />
  if (shownBy(filters) === 'parked')
    return <EmptyState icon={IconMailCheck} title={t('custody.none.parked')} hint={t('custody.none.parked.hint')} />
  return <EmptyState icon={IconMailCheck} title={t('custody.none.filtered')} hint={t('custody.none.filtered.hint')} />
}
