import type { ErrorCode } from '#contract/errors.ts'

const sentences: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'The address or the password is wrong.',
  INVALID_EMAIL: 'This is not a mail address.',
  INVALID_PASSWORD: 'The password is wrong.',
  PASSWORD_TOO_SHORT: 'The new password must have at least 12 characters.',
  PASSWORD_TOO_LONG: 'A password has at most 128 characters.',
  ACCOUNT_DISABLED: 'This account is disabled. Ask an admin of this desk.',
  INVALID_CODE: 'The code is wrong. Codes change every 30 seconds; type the one shown now.',
  CODE_ALREADY_USED: 'This code was used already. Wait for the next one.',
  INVALID_BACKUP_CODE: 'This backup code is wrong or was used already.',
  INVALID_TWO_FACTOR_COOKIE: 'This took too long. Sign in with your password again.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Too many wrong codes. Sign in with your password again.',
  ACCOUNT_TEMPORARILY_LOCKED: 'Too many wrong codes. Try again in 15 minutes.',
  TOTP_NOT_ENABLED: 'No authenticator app is set up for this account.',
  TOTP_ALREADY_ENABLED: 'An authenticator app is set up already; switch it off first.',
  BACKUP_CODES_NOT_ENABLED: 'There are no backup codes for this account.',
  UNAUTHORIZED: 'Sign in first.',
  MISSING_OR_NULL_ORIGIN: 'Only the desk’s own pages sign people in. Programs send an API key as a bearer token.',
}

const codes: Record<number, ErrorCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'rate_limited',
}

/** Sign-in's refusal in the API's own shape: a code of the closed list, a sentence, and the reason for the screen to go by. */
export function refusalOf(status: number, body: unknown): { code: ErrorCode; message: string; reason: string } {
  const { code: reason, message } = (body ?? {}) as { code?: unknown; message?: unknown }
  const name = typeof reason === 'string' ? reason : 'UNKNOWN'
  if (status >= 500)
    return { code: 'internal', message: 'Something went wrong here. It has been logged.', reason: name }
  const said = typeof message === 'string' && message ? sentenceOf(message) : 'The request could not be read.'
  return { code: codes[status] ?? 'invalid_request', message: sentences[name] ?? said, reason: name }
}

/** The library's own words, as a sentence. It names a field as `[body.email] Invalid input: expected …`. */
function sentenceOf(message: string): string {
  const [, field, wrong] = /^\[([\w.]+)\] ([^;]*)/.exec(message) ?? []
  if (field) return `${field}: ${wrong?.endsWith('undefined') ? 'is required' : 'is not valid'}.`
  return /[.!?]$/.test(message) ? message : `${message}.`
}
