import type { FastifyError } from 'fastify'
import { errorStatus, type ErrorBody, type ErrorCode } from '#contract/errors.ts'
import { DeskError, UpstreamError } from '../errors.ts'

type Answer = { status: number; body: ErrorBody; unexpected: boolean }

const fastifyCodes: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'The request is larger than this endpoint accepts.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid_request', 'The body is empty, although its type is application/json.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_request', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid_request', 'The body does not have the length its header says.'],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid_request', 'A part of the address is too long.'],
  FST_ERR_BAD_URL: ['invalid_request', 'The address is not a valid URL.'],
}

/** Any error as the status and body that leave the house. What is not ours to explain becomes `internal`, without detail. */
export function answerFor(error: unknown): Answer {
  if (error instanceof DeskError) return answer(error.code, error.message, error.details)
  if (error instanceof UpstreamError)
    return answer(error.retryable ? 'unavailable' : 'upstream_failed', error.message, undefined)
  const { code, statusCode } = error as Partial<FastifyError>
  const known = code ? fastifyCodes[code] : undefined
  if (known) return answer(known[0], known[1], undefined)
  if (statusCode === 429) return answer('rate_limited', 'Too many requests. Wait a little and try again.', undefined)
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return answer('invalid_request', 'The request could not be read.', undefined)
  if (code === '57P03' || code === '57P01' || code === 'ECONNREFUSED')
    return answer('unavailable', 'The database is not answering. Try again in a moment.', undefined)
  return { ...answer('internal', 'Something went wrong here. It has been logged.', undefined), unexpected: true }
}

function answer(code: ErrorCode, message: string, details: unknown): Answer {
  return {
    status: errorStatus[code],
    body: { error: details === undefined ? { code, message } : { code, message, details } },
    unexpected: false,
  }
}
