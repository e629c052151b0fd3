import type { Desk } from '#server/desk.ts'
import { UpstreamError } from '#platform/errors.ts'
import { isCutShort } from '../mirror-place.ts'
import type { MirrorKind } from '../ports.ts'
import { afterPage, nextPage, type Page } from '../rules/mirror-pages.ts'
import type { Reading, ReadObject } from '../store/mirror.ts'

/** What failed this often is read alone: one object Stripe cannot show would otherwise hold up its page for good. */
const tries = 2

/**
 * Reads many of one kind by pages of Stripe's list, as long as these hold enough of them. Every reading's mark was drawn
 * before, so what a page shows is as good as a reading of its own. `alone` is what no page showed. Throws UpstreamError.
 */
export async function readByPages(
  desk: Desk,
  kind: MirrorKind,
  readings: readonly Reading[],
): Promise<{ read: ReadObject[]; alone: Reading[] }> {
  const read: ReadObject[] = []
  const alone = readings.filter(({ attempts }) => attempts >= tries)
  let waiting = readings.filter(({ attempts }) => attempts < tries)
  let last: Page | undefined
  for (let asked = nextPage(waiting); asked; asked = nextPage(waiting, last)) {
    const { created, after } = asked
    const page = await desk.ports.payments.list(kind, { created }, after).catch(refused)
    if (!page) break
    const shown = new Map(page.items.map((object) => [object.id, object]))
    for (const { id, mark } of waiting) {
      const object = shown.get(id)
      if (object && !isCutShort(kind, object)) read.push({ kind, id, mark, object })
    }
    const items = page.items.map((object) => ({
      id: object.id,
      created: Number(object.created),
      whole: !isCutShort(kind, object),
    }))
    last = { items, more: page.next !== null }
    const left = afterPage(waiting, last)
    alone.push(...left.alone)
    waiting = left.later
  }
  return { read, alone: [...alone, ...waiting] }
}

/** A list that is refused is no reason not to ask for the objects themselves. */
function refused(error: unknown): undefined {
  if (error instanceof UpstreamError && !error.retryable) return undefined
  throw error
}
