import * as z from 'zod'

/** RFC 3339 in UTC. */
export const Time = z.iso.datetime({ offset: true })

/** What every list accepts. A cursor is opaque and comes from `nextCursor`. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().min(1).max(400).optional(),
}

/** A page of a list; `nextCursor` is null at the end. */
export function page<T>(item: z.ZodType<T>): z.ZodType<{ items: T[]; nextCursor: string | null }> {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export const Done = z.object({ done: z.literal(true) })

/** A one-line text a person typed: trimmed, not empty, no control characters. */
export function line(max: number): z.ZodType<string> {
  return (
    z
      .string()
      .trim()
      .min(1)
      .max(max)
      // oxlint-disable-next-line no-control-regex -- that is what is refused
      .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), 'must not contain control characters')
  )
}

/** A longer text a person typed. NUL is refused because PostgreSQL cannot store it. */
export function prose(max: number): z.ZodType<string> {
  return z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000'), 'must not contain NUL characters')
}

export const Email = z.email().max(254).toLowerCase()
