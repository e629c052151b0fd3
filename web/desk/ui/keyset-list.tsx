import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { t } from '../messages/translate.ts'
import css from './keyset-list.module.css'

type Props<T> = {
  /** Names the list for readers of the screen. */
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  render: (item: T, index: number) => ReactNode
  /** Height of a row in pixels before it was measured. */
  estimate: number
  /** Kept in view when it changes. */
  activeKey?: string | null
  /** From useInfiniteQuery over `readPages`. */
  paging: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  /** Under what the place in the list is remembered while the page lives; give the component the same key. */
  remember?: string
  /** Told how far down the list is, in pixels. */
  onPlace?: (offset: number) => void
}

const places = new Map<string, number>()

/** A list of any length: only rows in sight exist, and the next page is fetched before its end is reached. */
export function KeysetList<T>({
  label,
  items,
  keyOf,
  render,
  estimate,
  activeKey,
  paging,
  remember,
  onPlace,
}: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
    overscan: 8,
    initialOffset: () => (remember && places.get(remember)) || 0,
    onChange: ({ scrollOffset }) => {
      if (scrollOffset === null) return
      if (remember) places.set(remember, scrollOffset)
      onPlace?.(scrollOffset)
    },
  })
  const visible = rows.getVirtualItems()
  const last = visible.at(-1)?.index ?? -1
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = paging

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= items.length - 15) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, items.length])

  const activeIndex = activeKey ? items.findIndex((item) => keyOf(item) === activeKey) : -1
  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: 'auto' })
    // Only a change of the active row moves the list; rows arriving around it do not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [activeKey, activeIndex >= 0])

  return (
    <div ref={scroller} className={css.scroller}>
      <div role="list" aria-label={label} className={css.list} style={{ height: rows.getTotalSize() }}>
        {visible.map((row) => {
          const item = items[row.index]
          return (
            item !== undefined && (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                role="listitem"
                aria-posinset={row.index + 1}
                aria-setsize={hasNextPage ? -1 : items.length}
                className={css.row}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {render(item, row.index)}
              </div>
            )
          )
        })}
      </div>
      {isFetchingNextPage && <p className={css.more}>{t('ui.loadingMore')}</p>}
    </div>
  )
}
