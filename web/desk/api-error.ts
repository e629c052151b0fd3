import type { ErrorCode } from '#contract/errors.ts'
import { t } from './messages/translate.ts'

/** A request that was refused (the API's code), found nobody (`offline`), or was answered in an unknown shape (`contract`). */
export class ApiError extends Error {
  readonly code: ErrorCode | 'offline' | 'contract'
  readonly status: number
  readonly details: unknown

  constructor(code: ApiError['code'], status: number, message: string, details?: unknown) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.details = details
  }
}

/** Why sign-in refused, by its own code (`INVALID_CODE`, …); undefined for every other error. */
export function signInReason(error: ApiError): string | undefined {
  const { code } = (error.details ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}

/** What happened and what to do, as one sentence for the person at the screen. The server's own sentence wins where it has one. */
export function wordsFor(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.internal')
  switch (error.code) {
    case 'offline':
      return t('error.offline')
    case 'contract':
      return t('error.contract')
    case 'unauthenticated':
      return t('error.unauthenticated')
    case 'rate_limited':
      return error.message || t('error.rateLimited')
    case 'internal':
      return t('error.internal')
    case 'unavailable':
      return t('error.unavailable')
    case 'forbidden':
      return error.message || t('error.forbidden')
    case 'not_found':
      return error.message || t('error.notFound')
    case 'conflict':
      return error.message || t('error.conflict')
    case 'stale':
      return error.message || t('error.stale')
    case 'too_large':
      return error.message || t('error.tooLarge')
    default:
      return error.message || t('error.internal')
  }
}
