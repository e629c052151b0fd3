import { ApiError, signInReason, wordsFor } from '../api-error.ts'
import { t } from '../messages/translate.ts'

/** Why a password or code was refused. Sign-in says so in a sentence of its own; only the commonest gets advice here. */
export function signInWords(error: unknown): string {
  if (!(error instanceof ApiError) || error.code === 'offline' || error.code === 'internal') return wordsFor(error)
  if (signInReason(error) === 'INVALID_EMAIL_OR_PASSWORD') return t('signIn.wrong')
  return error.message || wordsFor(error)
}
