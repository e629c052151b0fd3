/** An object that waits to be read. `created` in epoch seconds, null where nothing told it. */
export type Waiting = { id: string; created: number | null }
/** Times of creation in epoch seconds, both included. */
export type Span = { gte: number; lte: number }
/** A page of a list, newest first; `whole` where it shows all that a reading of the object alone would. */
export type Page = { items: (Waiting & { whole: boolean })[]; more: boolean }

/** A page brings a hundred objects over the line; it has to answer for this many readings. */
const worthwhile = 4

/**
 * The page of a list that is asked for next, so that it begins with the newest that waits; undefined where none pays. Where
 * more was made within a second than a page holds, it goes on after the `last` one.
 */
export function nextPage(
  waiting: readonly Waiting[],
  last?: Page,
): { created: Span; after: string | null } | undefined {
  const times = waiting.flatMap(({ created }) => created ?? [])
  if (times.length < worthwhile) return undefined
  const created = { gte: Math.min(...times), lte: Math.max(...times) }
  const end = last?.more ? last.items.at(-1) : undefined
  return { created, after: end && end.created !== null && created.lte >= end.created ? end.id : null }
}

/**
 * What the page `nextPage(waiting)` leaves: `later` may stand on another page, `alone` has to be read by itself, because
 * the page should have shown it and did not (whole), or because pages answer for too few.
 */
export function afterPage<T extends Waiting>(waiting: readonly T[], { items, more }: Page): { later: T[]; alone: T[] } {
  const shown = new Map(items.map(({ id, whole }) => [id, whole]))
  const left = waiting.filter(({ id }) => shown.get(id) !== true)
  if (!more || waiting.length - left.length < worthwhile) return { later: [], alone: left }
  const end = items.at(-1)?.created ?? Infinity
  const mayFollow = ({ id, created }: Waiting) => !shown.has(id) && (created === null || created <= end)
  return { later: left.filter(mayFollow), alone: left.filter((one) => !mayFollow(one)) }
}
