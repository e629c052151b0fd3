export type CopyReason = 'first' | 'api_version' | 'asked'

/** How far the copy of everything at Stripe is. */
export type Backfill = {
  /** The kind being listed, or `done`. */
  stage: string
  /** Continues the list of that kind; null at its beginning. */
  cursor: string | null
  /** Objects read so far. */
  read: number
  done: boolean
  /** Why everything is copied, and when that began; absent in copies from before this was kept. */
  because?: CopyReason
  startedAt?: string
  /** The version of Stripe's API it is made under. */
  apiVersion?: string
}

/** The place after a page of `items` objects, of which `next` continues the list. `kinds` in the order of copying. */
export function afterPage(place: Backfill, kinds: readonly string[], items: number, next: string | null): Backfill {
  const read = place.read + items
  if (next) return { ...place, cursor: next, read }
  const later = kinds[kinds.indexOf(place.stage) + 1]
  return { ...place, stage: later ?? 'done', cursor: null, read, done: later === undefined }
}
