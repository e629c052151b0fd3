import { createHash } from 'node:crypto'
import { invalid } from './errors.ts'
import { integer, needed, string } from './params.ts'

export const searchParams = { limit: integer(), page: string(), query: needed(string()) }
type Asked = { limit?: number; page?: string; query: string }

/** One page of what a search found, given oldest first and shown newest first. A page's token belongs to its query. */
export function searchPage<T>(found: T[], { limit = 10, page, query }: Asked, url: string) {
  if (limit < 1 || limit > 100)
    throw invalid(`Invalid limit: ${limit}. Must be between 1 and 100.`, 'limit', 'parameter_invalid_integer')
  const start = page === undefined ? 0 : startOf(page, query)
  const has_more = start + limit < found.length
  const data = found.toReversed().slice(start, start + limit)
  return {
    object: 'search_result' as const,
    data,
    has_more,
    next_page: has_more ? tokenOf(start + limit, query) : null,
    url,
  }
}

const digest = (query: string) => createHash('sha256').update(query).digest('base64url').slice(0, 16)
const tokenOf = (start: number, query: string) => Buffer.from(`${start} ${digest(query)}`).toString('base64url')

function startOf(token: string, query: string): number {
  const [start, of] = Buffer.from(token, 'base64url').toString().split(' ')
  if (/^\d+$/.test(start ?? '') && of === digest(query)) return Number(start)
  throw invalid('The page token is not one that this search query gave out.', 'page')
}
