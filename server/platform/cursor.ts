import { DeskError } from './errors.ts'
import { storableInstant } from './instants.ts'

/** A list's place as an opaque text: the sort key of the last row shown. */
export function encodeCursor(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The sort key behind a cursor, of exactly `length` parts; anything else is refused. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number | null)[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(key) && key.length === length && key.every(isPart)) return key
  } catch {
    // Falls through to the refusal.
  }
  throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
}

function isPart(part: unknown): part is string | number | null {
  return (
    part === null ||
    (typeof part === 'string' && part.isWellFormed() && !part.includes('\u0000')) ||
    (typeof part === 'number' && Number.isFinite(part))
  )
}

/** A cursor whose first part is a time and second an id; refuses one made up by hand. */
export function decodeTimeCursor(cursor: string | undefined): { at: Temporal.Instant; id: string } | undefined {
  const key = decodeCursor(cursor, 2)
  if (!key) return undefined
  try {
    return { at: storableInstant(String(key[0])), id: parseId(key[1]) }
  } catch {
    throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
  }
}

function parseId(part: unknown): string {
  if (typeof part !== 'string' || !/^[a-z]{2,3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(part)) throw new Error('not an id')
  return part
}

/** Cuts one row more than asked for into a page and the cursor of the next. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => readonly (string | number | null)[],
  present: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(present),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  }
}
