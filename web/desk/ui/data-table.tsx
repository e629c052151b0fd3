import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../messages/translate.ts'
import css from './data-table.module.css'
import { SkeletonRows } from './skeleton-rows.tsx'

export type Column<T> = {
  key: string
  header: ReactNode
  cell: (row: T) => ReactNode
  /** Numbers and amounts go right. */
  align?: 'left' | 'right'
  /** CSS width; columns without one share the rest. */
  width?: string
  /** Left out below 640 px. */
  wide?: boolean
}

type Props<T> = {
  /** Read out as the table's name. */
  label: string
  columns: Column<T>[]
  /** Undefined while loading. */
  rows: readonly T[] | undefined
  keyOf: (row: T) => string
  empty: ReactNode
  activeKey?: string | null
  paging?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** A table for tens to hundreds of rows; longer lists page by a button at its end. */
export function DataTable<T>({ label, columns, rows, keyOf, empty, activeKey, paging }: Props<T>) {
  if (!rows) return <SkeletonRows rows={6} />
  if (rows.length === 0) return empty
  return (
    <div className={css.scroller} role="group" aria-label={label} tabIndex={0}>
      <table className={css.table} aria-label={label}>
        <colgroup>
          {columns.map(({ key, width, wide }) => (
            <col key={key} className={wide ? css.wide : undefined} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ key, header, align, wide }) => (
              <th key={key} scope="col" data-align={align} className={wide ? css.wide : undefined}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-active={keyOf(row) === activeKey || undefined}>
              {columns.map(({ key, cell, align, wide }) => (
                <td key={key} data-align={align} className={wide ? css.wide : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {paging?.hasNextPage && (
        <div className={css.more}>
          <Button variant="default" loading={paging.isFetchingNextPage} onClick={() => paging.fetchNextPage()}>
            {t('ui.showMore')}
          </Button>
        </div>
      )}
    </div>
  )
}
