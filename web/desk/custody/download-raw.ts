import { pathOf } from '#contract/endpoint.ts'
import { ErrorBody } from '#contract/errors.ts'
import { readCustodyItem } from '#contract/custody.ts'
import { ApiError } from '../api-error.ts'

/** Saves a mail exactly as it came. Asked for by a call and not by a link, so that a refusal is a sentence and not a page. */
export async function downloadRaw(id: string): Promise<void> {
  const response = await fetch(pathOf(readCustodyItem, { id }), { credentials: 'same-origin' }).catch(
    (error: unknown) => {
      throw new ApiError('offline', 0, String(error))
    },
  )
  if (!response.ok) {
    const known = ErrorBody.safeParse(await response.json().catch(() => null))
    throw known.success
      ? new ApiError(known.data.error.code, response.status, known.data.error.message)
      : new ApiError('internal', response.status, '')
  }
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = `${id}.eml`
  link.click()
  URL.revokeObjectURL(url)
}
