import * as z from 'zod'

/** The closed list of error codes, each with the HTTP status it travels with. */
export const errorStatus = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_mismatch: 409,
  stale: 409,
  too_large: 413,
  unsupported_media: 415,
  policy_refused: 422,
  rate_limited: 429,
  internal: 500,
  upstream_failed: 502,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

const codes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]

/** What every refused request answers with. `message` is a sentence for a person. */
export const ErrorBody = z.object({
  error: z.object({ code: z.enum(codes), message: z.string(), details: z.unknown().optional() }),
})
export type ErrorBody = z.infer<typeof ErrorBody>
