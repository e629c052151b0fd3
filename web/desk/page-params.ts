import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** The named parts of the address, undefined where the address does not have them. */
export function usePageParams(): {
  view?: string
  ticketId?: string
  approvalId?: string
  operationId?: string
  section?: string
  itemId?: string
  kpi?: string
  kind?: string
  customerId?: string
} {
  return useParams({ strict: false })
}

/** One `?name=` of the address and how to change it; an empty text removes it. Other parameters stay. */
export function useSearchText(name: string): [string, (value: string, options?: { replace?: boolean }) => void] {
  const search: Record<string, string> = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = useCallback(
    (value: string, { replace = true } = {}) =>
      void navigate({
        to: '.',
        replace,
        search: (old: Record<string, string>) => ({ ...old, [name]: value || undefined }),
      } as Parameters<typeof navigate>[0]),
    [navigate, name],
  )
  return [search[name] ?? '', set]
}

/** Goes to an address made by `paths`. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback((href, { replace = false } = {}) => void navigate({ href, replace }), [navigate])
}
