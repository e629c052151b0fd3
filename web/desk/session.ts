import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { Permission } from '#contract/endpoint.ts'
import { getMe } from '#contract/team.ts'
import { call, read } from './api.ts'
import { followServer } from './clock.ts'

/** Who is signed in and what this desk is; loaded before any room opens. */
export const meQuery = queryOptions({
  ...read(getMe, {}, ['me', 'settings', 'demo']),
  queryFn: async ({ signal }) => {
    const me = await call(getMe, {}, { signal })
    // Only a fresh answer says what time it is; a remembered one would put the page's clock back.
    followServer(me.now)
    return me
  },
})

export function useMe() {
  return useSuspenseQuery(meQuery).data
}

/** Whether the signed-in agent holds a permission. The server decides again on every call. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission)
}
