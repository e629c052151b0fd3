import '../../messages/rooms/sending.ts'
import { ApiError, wordsFor } from '../../api-error.ts'
import { t } from '../../messages/translate.ts'
import { confirm } from '../../ui/confirm.tsx'
import { errorToast } from '../../ui/toast.tsx'

/**
 * Whether to send although an address does not work or complained, when that is why it was refused; any other refusal is
 * told, and the answer is no.
 */
export async function askAnyway(error: unknown): Promise<boolean> {
  const { suppressed } = (error instanceof ApiError ? (error.details ?? {}) : {}) as { suppressed?: unknown }
  if (suppressed) return confirm({ title: t('anyway.ask'), body: wordsFor(error), action: t('anyway.send') })
  errorToast(error)
  return false
}
