import { SkeletonRows } from '../ui/skeleton-rows.tsx'

/** While a room's code or first data is on its way. */
export function PagePending() {
  return <SkeletonRows rows={10} />
}
