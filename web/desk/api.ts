import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type BodyOf, type Endpoint, type ParamsOf, pathOf, type QueryOf, type ResultOf } from '#contract/endpoint.ts'
import { ErrorBody } from '#contract/errors.ts'
import { ApiError } from './api-error.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- any endpoint; its types are read back by ParamsOf and friends
type AnyEndpoint = Endpoint<any, any, any, any>

/** Asks for a part of the input only where the endpoint declares it; a query is optional when all its fields are. */
type Part<Name extends string, T> = [T] extends [undefined]
  ? { [N in Name]?: undefined }
  : Record<string, never> extends T
    ? { [N in Name]?: T }
    : { [N in Name]: T }

export type InputOf<E> = Part<'params', ParamsOf<E>> & Part<'query', QueryOf<E>> & Part<'body', BodyOf<E>>

export type CallOptions = {
  signal?: AbortSignal
  /** Same key, same effect: pass one per intent and keep it over retries of that intent. */
  idempotencyKey?: string
}

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/**
 * Performs an endpoint with the session's cookie and parses the answer by its schema.
 * Throws ApiError for every refusal; `offline` when no answer came at all.
 */
export async function call<E extends AnyEndpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: CallOptions = {},
): Promise<ResultOf<E>> {
  const { params, query, body } = input as Loose
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey
  const answer = await send(pathOf(endpoint, params) + searchOf(query), {
    method: endpoint.method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  })
  const parsed = endpoint.result.safeParse(answer)
  if (parsed.success) return parsed.data as ResultOf<E>
  throw new ApiError('contract', 200, parsed.error.message)
}

/** Query options for one endpoint. `topics` are the live topics that make it stale; see live.ts. */
export function read<E extends AnyEndpoint>(endpoint: E, input: InputOf<E>, topics: readonly string[] = []) {
  return queryOptions({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
    meta: { topics },
  })
}

type Item<E> = ResultOf<E> extends { items: (infer T)[] } ? T : never
type Page<T> = { items: T[]; nextCursor: string | null }

/** Query options for a keyset list. `data` is the flat array of all loaded items; use with useInfiniteQuery and KeysetList. */
export function readPages<E extends AnyEndpoint>(endpoint: E, input: InputOf<E>, topics: readonly string[] = []) {
  return infiniteQueryOptions({
    queryKey: [...keyOf(endpoint, input), 'pages'],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => {
      const { query } = input as Loose
      const paged = { ...input, query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }
      return call(endpoint, paged as InputOf<E>, { signal }) as Promise<Page<Item<E>>>
    },
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
    meta: { topics },
  })
}

/** The cache key of an endpoint's answers; without input, the prefix of all of them. */
export function keyOf(endpoint: AnyEndpoint, input?: object): readonly unknown[] {
  return input ? [endpoint.method, endpoint.path, input] : [endpoint.method, endpoint.path]
}

/** One raw JSON request; `/api/auth` uses it too. */
export async function send(path: string, init: RequestInit): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError('offline', 0, String(error))
  }
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (response.ok) return body
  const known = ErrorBody.safeParse(body)
  if (known.success) {
    const { code, message, details } = known.data.error
    throw new ApiError(code, response.status, message, details)
  }
  throw new ApiError(codeOf(response.status), response.status, messageIn(body), body)
}

function searchOf(query: Record<string, unknown> = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text && `?${text}`
}

function codeOf(status: number): ApiError['code'] {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limited'
  if (status === 503) return 'unavailable'
  return status >= 500 ? 'internal' : 'invalid_request'
}

function messageIn(body: unknown): string {
  const message = (body as { message?: unknown } | null)?.message
  return typeof message === 'string' ? message : ''
}
