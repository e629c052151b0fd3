import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, signInReason } from './api-error.ts'

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { topics?: readonly string[] }
  }
}

/** Where a lost session leads; set by main.tsx, so that the cache need not know the router. */
const lost = { session: (): void => undefined }

export function onSessionLost(act: () => void): void {
  lost.session = act
}

function watch(error: unknown): void {
  if (!(error instanceof ApiError) || error.code !== 'unauthenticated') return
  // A wrong code while codes are being set up is no lost session.
  const reason = signInReason(error)
  if (reason === undefined || reason === 'UNAUTHORIZED') lost.session()
}

/** Reads are kept fresh by live topics, so they do not go stale by themselves; only what the network lost is retried. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      // A desk on this machine or in this house answers without the internet; being offline is found out by asking.
      networkMode: 'always',
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
