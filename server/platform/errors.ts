import type { ErrorCode } from '#contract/errors.ts'

/** What an action throws when it refuses: a code of the closed list and a sentence for a person. */
export class DeskError extends Error {
  readonly code: ErrorCode
  readonly details: unknown

  constructor(code: ErrorCode, sentence: string, details?: unknown) {
    super(sentence)
    this.name = 'DeskError'
    this.code = code
    this.details = details
  }
}

/** What an adapter throws when the other side failed. `retryable` says whether the same call may succeed later. */
export class UpstreamError extends Error {
  readonly retryable: boolean

  constructor(sentence: string, options: { retryable: boolean; cause?: unknown }) {
    super(sentence, { cause: options.cause })
    this.name = 'UpstreamError'
    this.retryable = options.retryable
  }
}

export function notFound(what: string): DeskError {
  return new DeskError('not_found', `There is no such ${what}.`)
}
