import type * as z from 'zod'
import { DeskError } from '../errors.ts'
import { unprintablePath } from './unprintable.ts'
import { wordsOf } from './words-of-issue.ts'

/** Parses one part of a request, or refuses with a sentence that names the field. */
export function parsePart(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) {
    if (part !== 'params' && !isNothing(value))
      throw new DeskError('invalid_request', `This endpoint takes no ${part === 'query' ? 'parameters' : part}.`)
    return undefined
  }
  const unprintable = unprintablePath(value, part)
  if (unprintable)
    throw new DeskError('invalid_request', `${unprintable}: holds a NUL or half of a character; neither is text.`)
  // Without a body, one whose fields are all optional is empty; null is a value like any other, and the wrong one.
  const parsed = schema.safeParse(value === undefined ? {} : value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, 20).map((issue) => ({
    path: [part, ...issue.path.map(String)].join('.'),
    message: wordsOf(issue),
  }))
  const first = issues[0]
  throw new DeskError('invalid_request', `${first?.path ?? part}: ${first?.message ?? 'is not valid'}.`, issues)
}

function isNothing(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
}
