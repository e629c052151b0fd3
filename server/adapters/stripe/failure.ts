import { Stripe } from 'stripe'
import type { CallOutcome } from '#modules/billing/ports.ts'
import { UpstreamError } from '#platform/errors.ts'

type Failure = Exclude<CallOutcome, { outcome: 'ok' }>

/** What a thrown error says about the call: whether it may have acted, and when to come back. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Stripe.errors.StripeConnectionError) {
    const isTimeout = codeOf(error.detail) === 'ETIMEDOUT' || /timeout/i.test(error.message)
    return { outcome: isTimeout ? 'timeout' : 'connection_lost', detail: error.message }
  }
  // A 404 that is not Stripe's own: nobody knows what the thing in between has passed on.
  if (error instanceof UpstreamError) return { outcome: '5xx', detail: error.message }
  if (!(error instanceof Stripe.errors.StripeError)) return { outcome: 'connection_lost', detail: String(error) }
  const status = error.statusCode
  const detail = error.message || `Stripe answered ${status ?? 'without a status'}.`
  // Something answered that is not JSON: a proxy in between, perhaps after Stripe did the work.
  if (status === undefined || status >= 500) return { outcome: '5xx', detail }
  if (status === 409) return { outcome: '409', detail }
  if (status === 429) return { outcome: '429', detail, retryAfterMs: retryAfter(error.headers) }
  return { outcome: '4xx', detail }
}

/** For reads: an UpstreamError that says whether asking again may help. */
export function readFailure(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error
  const { outcome, detail } = failureOf(error)
  const sentence = outcome === '4xx' ? `Stripe refused: ${detail}` : `Stripe is not answering: ${detail}`
  return new UpstreamError(sentence, { retryable: outcome !== '4xx', cause: error })
}

export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'resource_missing'
}

/** The client returns a 404 without an `error` object as if it were the answer. */
export function answered<T>(answer: T): T {
  const status = (answer as { lastResponse?: { statusCode?: number } }).lastResponse?.statusCode
  if (status !== undefined && status >= 400)
    throw new UpstreamError(`The address for Stripe's API answered ${status} to a call Stripe knows.`, {
      retryable: false,
    })
  return answer
}

function retryAfter(headers: Record<string, string> | undefined): number {
  const seconds = Number(headers?.['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) * 1000 : 1000
}

function codeOf(detail: unknown): unknown {
  return typeof detail === 'object' && detail !== null && 'code' in detail ? detail.code : undefined
}
