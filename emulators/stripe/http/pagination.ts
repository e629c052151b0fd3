import { integer, string, type Range } from './params.ts'
import { invalid, missing } from './errors.ts'

export const paging = { limit: integer(), starting_after: string(), ending_before: string() }
type Paging = { limit?: number; starting_after?: string; ending_before?: string }
type List<T> = { object: 'list'; data: T[]; has_more: boolean; url: string }

/** One page of a list given oldest first; the API shows newest first. Cursors are ids of objects in the list. */
export function page<T extends { id: string }>(oldestFirst: T[], params: Paging, url: string): List<T> {
  const { limit = 10, starting_after: after, ending_before: before } = params
  if (limit < 1 || limit > 100) {
    throw invalid(`Invalid limit: ${limit}. Must be between 1 and 100.`, 'limit', 'parameter_invalid_integer')
  }
  if (after !== undefined && before !== undefined) {
    throw invalid('You cannot use both `starting_after` and `ending_before`.', 'ending_before', 'parameters_exclusive')
  }
  const items = oldestFirst.toReversed()
  const place = (id: string, param: string) => {
    const index = items.findIndex((item) => item.id === id)
    if (index < 0) throw missing('object', id, param)
    return index
  }
  if (before !== undefined) {
    const end = place(before, 'ending_before')
    const start = Math.max(0, end - limit)
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url }
  }
  const start = after === undefined ? 0 : place(after, 'starting_after') + 1
  return { object: 'list', data: items.slice(start, start + limit), has_more: start + limit < items.length, url }
}

/** A list that keeps its own order (lines of an invoice): shown oldest first. */
export function pageInOrder<T extends { id: string }>(items: T[], params: Paging, url: string): List<T> {
  return page(items.toReversed(), params, url)
}

export function within(value: number, range: Range | undefined): boolean {
  if (range === undefined) return true
  if (typeof range === 'number') return value === range
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range
  return value > gt && value >= gte && value < lt && value <= lte
}
