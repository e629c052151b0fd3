import { useInfiniteQuery } from '@tanstack/react-query'
import type { ProductAction } from '#contract/product.ts'
import { useMe } from '../../session.ts'
import { productActionsQuery } from '../queries.ts'

/** The actions of the product that whoever is signed in may run. */
export function useActions(): { actions: ProductAction[] | undefined; error: unknown; retry: () => void } {
  const { permissions } = useMe()
  const found = useInfiniteQuery(productActionsQuery)
  return {
    actions: found.data?.filter(
      ({ definition }) =>
        definition.enabled && permissions.includes('tickets.write') && permissions.includes(definition.permission),
    ),
    error: found.error,
    retry: () => void found.refetch(),
  }
}
