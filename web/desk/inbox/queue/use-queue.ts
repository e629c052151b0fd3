import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { getTicket, type TicketRow, type ViewId } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api.ts'
import { useLiveTopics } from '../../live.ts'
import { queryClient } from '../../query-client.ts'
import { queueQuery } from '../queries.ts'

type Pages = InfiniteData<{ items: TicketRow[]; nextCursor: string | null }>

/** Pages that are simply read again when something happened; beyond them rows are mended in place. */
const rereadPages = 4
const everyMs = 1000

/**
 * The tickets of a view, kept fresh. Near the top every change is read again, so the order stays the server's. Far down, where
 * that would mean hundreds of pages and a list that moves under the hand, only the rows that changed are fetched; `setPlace`
 * tells when the top is in sight again and the rest is caught up on.
 */
export function useQueue(view: ViewId) {
  const query = queueQuery(view)
  const queue = useInfiniteQuery(query)
  const behind = useRef(false)
  const pending = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const catchUp = (): void => {
    const changed = pending.current
    pending.current = new Set()
    timer.current = undefined
    const data = queryClient.getQueryData<Pages>(query.queryKey)
    if (!data) return
    if (data.pages.length <= rereadPages) {
      void queryClient.invalidateQueries({ queryKey: query.queryKey }, { cancelRefetch: false })
      return
    }
    behind.current = true
    for (const { items } of data.pages)
      for (const { id } of items) if (changed.has(`ticket:${id}`)) void mendRow(query.queryKey, id)
  }

  useLiveTopics((heard) => {
    if (!heard.has('tickets') && !heard.has('reset')) return
    for (const topic of heard) pending.current.add(topic)
    // At once, and then at most once a second: a burst of mail must not be a burst of reads.
    timer.current ??= setTimeout(catchUp, pending.current.size > 40 ? everyMs : 50)
  })
  useEffect(() => () => clearTimeout(timer.current), [])

  const setPlace = (offset: number): void => {
    if (offset > 200 || !behind.current) return
    behind.current = false
    queryClient.setQueryData<Pages>(query.queryKey, (data) =>
      data ? { pages: data.pages.slice(0, 2), pageParams: data.pageParams.slice(0, 2) } : data,
    )
    void queryClient.invalidateQueries({ queryKey: query.queryKey })
  }
  return { queue, setPlace }
}

async function mendRow(queryKey: readonly unknown[], id: Id<'tkt'>): Promise<void> {
  const ticket = await call(getTicket, { params: { id } }).catch(() => null)
  if (!ticket) return
  queryClient.setQueryData<Pages>(queryKey, (data) => data && withRow(data, ticket))
}

function withRow(data: Pages, row: TicketRow): Pages {
  return {
    ...data,
    pages: data.pages.map((page) => ({ ...page, items: page.items.map((old) => (old.id === row.id ? row : old)) })),
  }
}

/** Changes a ticket in every loaded list, before the server has answered. */
export function mendEverywhere(id: string, change: Partial<TicketRow>): void {
  queryClient.setQueriesData<Pages>({ queryKey: ['GET', '/tickets'] }, (data) => {
    if (!data || !('pages' in data)) return data
    const old = data.pages.flatMap((page) => page.items).find((row) => row.id === id)
    return old ? withRow(data, { ...old, ...change }) : data
  })
}

/** What the loaded lists know of a ticket, to show it before it was read. */
export function rowInLists(id: string): TicketRow | undefined {
  for (const [, data] of queryClient.getQueriesData<Pages>({ queryKey: ['GET', '/tickets'] })) {
    const row = data?.pages?.flatMap((page) => page.items).find((item) => item.id === id)
    if (row) return row
  }
  return undefined
}
