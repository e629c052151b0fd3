import { useDebouncedValue } from '@mantine/hooks'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { RefundPreview } from '#contract/billing.ts'
import { type CallOptions, keyOf } from '../../api.ts'
import { useExpired } from './refund-preview.ts'

/** An endpoint that shows what an order would do, and the call of it. */
export type Asking<Body> = {
  endpoint: Parameters<typeof keyOf>[0]
  ask: (body: Body, options: CallOptions) => Promise<RefundPreview>
}

/** A preview is a decision of one moment: it is never shown again once its form was closed. */
const previewQuery = <Body>({ endpoint, ask }: Asking<Body>, asked: Body | null) =>
  queryOptions({
    queryKey: [...keyOf(endpoint), asked],
    queryFn: ({ signal }) => {
      if (asked === null) throw new TypeError('nothing was asked')
      return ask(asked, { signal })
    },
    enabled: asked !== null,
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (last, query) => (asked && query?.queryKey.at(-1) !== null ? last : undefined),
  })

/** What would be done with what stands in the form, or the last answer while that is on its way (`pending`). */
export function useOrderPreview<Body>(asking: Asking<Body>, form: Body | null) {
  const [settled] = useDebouncedValue(form, 350)
  const asked = form && settled && JSON.stringify(settled) === JSON.stringify(form) ? settled : null
  const found = useQuery(previewQuery(asking, asked))
  const preview = form ? found.data : undefined
  return {
    preview,
    error: form ? found.error : null,
    pending: form !== null && (asked === null || found.isFetching || found.isPlaceholderData),
    expired: useExpired(preview?.expiresAt),
  }
}
