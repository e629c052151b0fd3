import * as z from 'zod'
import type { MailStore, TokenGrant } from '#modules/inbox/ports.ts'
import { UpstreamError } from '#platform/errors.ts'

const Answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(3600),
  refresh_token: z.string().min(1).nullish(),
})
const Refusal = z.object({ error: z.string(), error_description: z.string().optional() })

/** Trades a refresh token for an access token (RFC 6749, section 6). */
export async function fetchAccessToken(grant: TokenGrant, timeoutMs: number): ReturnType<MailStore['accessToken']> {
  const { host } = new URL(grant.tokenUrl)
  const response = await fetch(grant.tokenUrl, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: grant.refreshToken,
      client_id: grant.clientId,
      client_secret: grant.clientSecret,
    }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new UpstreamError(`${host} could not be asked for an access token.`, { retryable: true, cause: error })
  })
  const body: unknown = await response.json().catch(() => null)
  const answer = Answer.safeParse(body)
  if (!response.ok || !answer.success) throw refused(host, response.status, body)
  const { access_token, expires_in, refresh_token } = answer.data
  return { accessToken: access_token, expiresInSeconds: expires_in, refreshToken: refresh_token ?? null }
}

function refused(host: string, status: number, body: unknown): UpstreamError {
  const told = Refusal.safeParse(body)
  const words = told.success ? (told.data.error_description ?? told.data.error).slice(0, 200) : `status ${status}`
  // What the client did wrong stays wrong: the consent was withdrawn or the secret has run out.
  return new UpstreamError(`${host} gave no access token: ${words}. Connect the mailbox again if this stays.`, {
    retryable: status >= 500 || status === 429,
  })
}
