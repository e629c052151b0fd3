import { useInfiniteQuery } from '@tanstack/react-query'
import type { Id } from '#contract/ids.ts'
import { useMe } from '../../session.ts'
import { messagesQuery } from '../queries.ts'

/**
 * How many messages of others have come since the agent began to write, and when the newest one came. Compared by the times of
 * messages, not by this page's clock, which may be a little off.
 */
export function useArrived(ticketId: Id<'tkt'>, startedAt: string | null): { count: number; newestAt: string | null } {
  const messages = useInfiniteQuery(messagesQuery(ticketId)).data ?? []
  const me = useMe().agent?.id
  const newestAt = messages[0]?.createdAt ?? null
  if (!startedAt) return { count: 0, newestAt }
  const since = Date.parse(startedAt)
  const { length } = messages.filter(
    ({ createdAt, author, kind }) => kind !== 'auto' && author.id !== me && Date.parse(createdAt) > since,
  )
  return { count: length, newestAt }
}
