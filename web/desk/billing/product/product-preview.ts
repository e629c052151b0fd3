import { useDebouncedValue } from '@mantine/hooks'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { previewProductAction } from '#contract/product.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { call, keyOf } from '../../api.ts'
import { useExpired } from '../refund/refund-preview.ts'

type Asked = BodyOf<typeof previewProductAction>

/** A preview is a decision of one moment: it is never shown again once its form was closed. */
const previewQuery = (asked: Asked | null) =>
  queryOptions({
    queryKey: [...keyOf(previewProductAction), asked],
    queryFn: ({ signal }) => {
      if (!asked) throw new TypeError('nothing was asked')
      return call(previewProductAction, { body: asked }, { signal })
    },
    enabled: asked !== null,
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (last, query) => (asked && query?.queryKey.at(-1) !== null ? last : undefined),
  })

/** What an action would do with what stands in the form, or the last answer while that is on its way (`pending`). */
export function useProductPreview(form: Asked | null) {
  const [settled] = useDebouncedValue(form, 350)
  const asked = form && settled && JSON.stringify(settled) === JSON.stringify(form) ? settled : null
  const found = useQuery(previewQuery(asked))
  const preview = form ? found.data : undefined
  return {
    preview,
    error: form ? found.error : null,
    pending: form !== null && (asked === null || found.isFetching || found.isPlaceholderData),
    expired: useExpired(preview?.expiresAt),
  }
}
