import type { ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'
import { SkeletonRows } from './skeleton-rows.tsx'

type Props<T> = {
  query: { data: T | undefined; error: unknown; refetch: () => unknown }
  /** What stands in for it while it loads; rows unless told. */
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}

/** A part of a page that has its own data: grey rows, then the data, or what went wrong and a way to try again. */
export function Loaded<T>({ query, skeleton, children }: Props<T>) {
  // Data that could not be refreshed is better than none.
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return skeleton ?? <SkeletonRows rows={6} />
}
