import { pathOf, type Endpoint } from '#contract/endpoint.ts'
import { exampleOf, unknownId, type KnownIds } from './example.ts'
import { idPrefixOf, inputSchema, type JsonSchema } from './json-schema.ts'
import { badCursors, badQueryValues, oddCursors } from './query-values.ts'
import { hugeNumber, spoil, wrongIds } from './spoil.ts'

export type BadRequest = {
  fault: string
  method: string
  /** With the query. */
  path: string
  headers?: Record<string, string>
  body?: string
  /** `refused`: 4xx; `unknown`: exactly 404; `survived`: anything but 5xx, because some lists may give out such a thing. */
  expected: 'refused' | 'unknown' | 'survived'
}

export type Examples = Readonly<Record<string, unknown>>

const json = { 'content-type': 'application/json' }

/** A well-formed request of an endpoint, about things that are there. */
export function goodRequest(endpoint: Endpoint, known: KnownIds, examples: Examples) {
  const params = (endpoint.params ? exampleOf(inputSchema(endpoint.params), known) : {}) as Record<string, string>
  const body = endpoint.body ? (examples[nameOf(endpoint)] ?? exampleOf(inputSchema(endpoint.body), known)) : undefined
  const query = endpoint.query ? requiredOf(inputSchema(endpoint.query), known) : {}
  return { params, query, body }
}

/** Every request with one fault that can be made from what an endpoint declares. */
export function* badRequests(endpoint: Endpoint, known: KnownIds, examples: Examples): Generator<BadRequest> {
  const good = goodRequest(endpoint, known, examples)
  const { method } = endpoint
  const send: Send = (fault, change) => {
    const { params, query, body } = { ...good, ...change }
    const raw = change.raw ?? (body === undefined ? undefined : stringify(body))
    return {
      fault,
      method,
      path: pathOf(endpoint, params) + queryText(query),
      ...(raw === undefined ? {} : { headers: json, body: raw }),
      expected: change.expected ?? 'refused',
    }
  }
  for (const name of Object.keys(good.params)) {
    const field = inputSchema(endpoint.params!).properties?.[name] ?? {}
    for (const value of wrongParams(field, good.params[name] ?? ''))
      yield send(`params.${name} is ${value.slice(0, 40)}`, { params: { ...good.params, [name]: value } })
    const other = unknownParam(field)
    if (other)
      yield send(`params.${name} is of nothing`, { params: { ...good.params, [name]: other }, expected: 'unknown' })
  }
  yield* queryFaults(endpoint, good.query, send)
  if (endpoint.body) yield* bodyFaults(endpoint.body, exampleOf(inputSchema(endpoint.body), known), good.body, send)
  else if (method !== 'GET') yield send('a body where none is taken', { raw: '{"noSuchField":1}' })
  yield* protocolFaults(endpoint, send('', {}))
}

type Change = {
  params?: Record<string, string>
  query?: Record<string, string | string[]>
  body?: unknown
  raw?: string
  expected?: BadRequest['expected']
}
type Send = (fault: string, change: Change) => BadRequest

function* queryFaults(endpoint: Endpoint, good: Record<string, string>, send: Send): Generator<BadRequest> {
  yield send('query.noSuchParameter is there', { query: { ...good, noSuchParameter: '1' } })
  if (!endpoint.query) return
  const schema = inputSchema(endpoint.query)
  for (const name of schema.required ?? []) {
    const { [name]: _, ...rest } = good
    yield send(`query.${name} is missing`, { query: rest })
  }
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const isCursor = name === 'cursor'
    for (const { value, survives } of isCursor ? badCursors : badQueryValues(field))
      yield send(`query.${name} is ${JSON.stringify(value).slice(0, 60)}`, {
        query: { ...good, [name]: value },
        expected: survives ? 'survived' : 'refused',
      })
    yield send(`query.${name} is there twice`, { query: { ...good, [name]: ['1', '1'] } })
    if (isCursor)
      for (const value of oddCursors)
        yield send(`query.cursor is ${value}`, { query: { ...good, cursor: encoded(value) }, expected: 'survived' })
  }
}

/** Faults of form are tried in a body with every field there is, faults of meaning in one that makes sense. */
function* bodyFaults(
  schema: NonNullable<Endpoint['body']>,
  full: unknown,
  good: unknown,
  send: Send,
): Generator<BadRequest> {
  const asked = inputSchema(schema)
  for (const { fault, value } of spoil(asked, full)) yield send(`body${fault}`, { body: value })
  for (const { fault, value } of unknownIds(asked, good)) yield send(`body${fault}`, { body: value })
}

/** Bodies with a well-formed id of nothing, one at a time. */
function* unknownIds(schema: JsonSchema, good: unknown): Generator<{ fault: string; value: unknown }> {
  const prefix = idPrefixOf(schema)
  if (prefix && typeof good === 'string') yield { fault: ' is of nothing', value: unknownId(prefix) }
  const own = schema.anyOf?.find((branch) => branch.type !== 'null') ?? schema
  if (own !== schema) yield* unknownIds(own, good)
  if (Array.isArray(good) && own.items)
    for (const { fault, value } of unknownIds(own.items, good[0])) yield { fault: `[0]${fault}`, value: [value] }
  else if (own.properties && typeof good === 'object' && good !== null)
    for (const [name, field] of Object.entries(own.properties))
      if (name in good)
        for (const { fault, value } of unknownIds(field, (good as Record<string, unknown>)[name]))
          yield { fault: `.${name}${fault}`, value: { ...good, [name]: value } }
}

function* protocolFaults(endpoint: Endpoint, good: BadRequest): Generator<BadRequest> {
  if (endpoint.method === 'GET') return
  const raw = (fault: string, body: string, headers: Record<string, string> = json): BadRequest => ({
    ...good,
    fault,
    body,
    headers,
  })
  yield raw('a body that is no JSON', '{"a":')
  yield raw('a body of two documents', '{}{}')
  yield raw('a body cut within a text', '{"a":"')
  yield raw('a body that sets __proto__', '{"__proto__":{"x":1}}')
  yield raw('a body of 2 MB', JSON.stringify({ noSuchField: 'x'.repeat(2 * 1024 * 1024) }))
  yield raw('a body nested 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  yield raw('a field nested 100,000 deep', `{"noSuchField":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
  yield raw('plain text', '{}', { 'content-type': 'text/plain' })
  yield raw('a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' })
  yield raw('XML', '<a/>', { 'content-type': 'application/xml' })
  yield raw('a type that is none', '{}', { 'content-type': 'nonsense' })
  yield raw('an Idempotency-Key with a space', good.body ?? '{}', { ...json, 'idempotency-key': 'a b' })
  yield raw('an Idempotency-Key that is too long', good.body ?? '{}', { ...json, 'idempotency-key': 'x'.repeat(256) })
  yield raw('no good body under an Idempotency-Key', '{"noSuchField":1}', { ...json, 'idempotency-key': 'bad-input' })
  if (!endpoint.body) return
  yield raw('an empty body', '')
  for (const body of ['null', '5', '"x"', '[]', 'true']) yield raw(`the body ${body}`, body)
}

export function nameOf(endpoint: Endpoint): string {
  return `${endpoint.method} ${endpoint.path}`
}

function wrongParams(field: JsonSchema, good: string): string[] {
  const prefix = idPrefixOf(field)
  return [
    ...(prefix ? wrongIds(prefix, good) : ['no-such-value']),
    '\u0000',
    `${good}\u0000`,
    '../../etc/passwd',
    '🙂',
    `${good} `,
    'x'.repeat(499),
    'x'.repeat(5000),
  ]
}

function unknownParam(field: JsonSchema): string | undefined {
  const prefix = idPrefixOf(field)
  if (prefix) return unknownId(prefix)
  if (field.pattern?.startsWith('^in_')) return 'in_nosuchinvoice'
  return field.enum ? undefined : 'ch_nosuchcharge'
}

function requiredOf(schema: JsonSchema, known: KnownIds): Record<string, string> {
  const fields = (schema.required ?? []).map((name) => [
    name,
    String(exampleOf(schema.properties?.[name] ?? {}, known)),
  ])
  return Object.fromEntries(fields) as Record<string, string>
}

function stringify(body: unknown): string {
  return JSON.stringify(body).replaceAll(`"${hugeNumber}"`, '1e999')
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url')
}

function queryText(query: Record<string, string | string[]>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${name}=${value.startsWith('%') ? value : encodeURIComponent(value)}`).join('&')}`
}
