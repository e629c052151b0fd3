import * as z from 'zod'
import { send } from './api.ts'

function post(path: string, body: object): Promise<unknown> {
  return send(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Tries a password. `code` means that a code from the authenticator app must follow. Throws ApiError. */
export async function signIn(email: string, password: string): Promise<'done' | 'code'> {
  const answer = z
    .object({ twoFactorRedirect: z.boolean().optional() })
    .parse(await post('/sign-in/email', { email, password }))
  return answer.twoFactorRedirect ? 'code' : 'done'
}

/** The code of the authenticator app, at sign-in or to confirm that it was set up. */
export async function verifyTotp(code: string): Promise<void> {
  await post('/two-factor/verify-totp', { code })
}

/** A recovery code at sign-in; each works once. */
export async function verifyBackupCode(code: string): Promise<void> {
  await post('/two-factor/verify-backup-code', { code })
}

/** Begins setting codes up: the address for the app and the recovery codes. In force only after `verifyTotp`. */
export async function enableTotp(password: string): Promise<{ totpURI: string; backupCodes: string[] }> {
  return z
    .object({ totpURI: z.string(), backupCodes: z.array(z.string()) })
    .parse(await post('/two-factor/enable', { password }))
}

export async function disableTotp(password: string): Promise<void> {
  await post('/two-factor/disable', { password })
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post('/change-password', { currentPassword, newPassword, revokeOtherSessions: true })
}

/** Ends every other session of this person. */
export async function signOutElsewhere(): Promise<void> {
  await post('/revoke-other-sessions', {})
}

/** New recovery codes; the old ones stop working. */
export async function renewBackupCodes(password: string): Promise<string[]> {
  const answer = await post('/two-factor/generate-backup-codes', { password })
  return z.object({ backupCodes: z.array(z.string()) }).parse(answer).backupCodes
}

export async function signOut(): Promise<void> {
  await post('/sign-out', {})
}
