import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { pathOf, type Endpoint } from '#contract/endpoint.ts'
import { errorStatus } from '#contract/errors.ts'
import { goodRequest, nameOf } from '#test/bad-input/requests.ts'
import type { KnownIds } from '#test/bad-input/example.ts'
import { examplesFor } from '#test/bad-input/examples.ts'
import { populate } from '#test/bad-input/populate.ts'
import { populateBilling, stripeWorld } from '#test/bad-input/populate-billing.ts'
import type { StripeWorld } from '#test/billing/stripe-world.ts'
import { byKey, firstAdmin, type Caller, type Json } from '#test/caller.ts'
import { declaredEndpoints } from '#test/declared-endpoints.ts'
import { bootKey, webDesk, type WebDesk } from '#test/web-desk.ts'

let stripe: StripeWorld
let desk: WebDesk
let admin: Caller
let known: KnownIds
let document: Json
let endpoints: Endpoint[]

beforeAll(async () => {
  stripe = await stripeWorld()
  desk = await webDesk({ LOG_LEVEL: 'silent', STRIPE_API_BASE: stripe.base })
  admin = await firstAdmin(desk.url, desk.setupUrl)
  const populated = await populate(desk, admin)
  known = await populateBilling(desk, stripe, admin, populated.colleague, populated.known)
  document = await (await fetch(`${desk.url}/api/openapi.json`)).json()
  endpoints = await declaredEndpoints()
})
afterAll(async () => {
  await desk?.close()
  await stripe?.close()
})

/** What OpenAPI 3.1 asks of the parts that this document is made of; strict, so that a misspelt field is none. */
const Schema = z.record(z.string(), z.unknown())
const Content = z.strictObject({ 'application/json': z.strictObject({ schema: Schema }) })
const Operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  tags: z.array(z.string().min(1)).length(1),
  summary: z.string().regex(/^[A-Z].+\.$/),
  'x-permission': z.string(),
  security: z.array(z.never()).optional(),
  parameters: z.array(
    z.strictObject({
      name: z.string().min(1),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      description: z.string().optional(),
      schema: Schema,
    }),
  ),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^(default|[1-5]\d\d)$/),
    z.strictObject({ description: z.string().min(1), content: Content.optional() }),
  ),
})
const Document = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.url() })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(['http', 'apiKey']) })),
  }),
  paths: z.record(
    z.string().startsWith('/api/v1/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation),
  ),
})

const operationOf = (endpoint: Endpoint) => document.paths[`/api/v1${endpoint.path}`]?.[endpoint.method.toLowerCase()]

test('the document is OpenAPI 3.1', () => {
  Document.parse(document)
  const operations: Json[] = Object.values(document.paths).flatMap((path) => Object.values(path as object) as Json[])
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const name of document.security.flatMap((each: object) => Object.keys(each)))
    expect(document.components.securitySchemes).toHaveProperty([name])
})

test('it names every endpoint with parameters, body, result and permission, and nothing else', () => {
  const operations = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`),
  )
  expect(operations.sort()).toEqual(endpoints.map(nameOf).sort())
  for (const endpoint of endpoints) {
    const operation = operationOf(endpoint)
    expect([nameOf(endpoint), operation['x-permission']]).toEqual([nameOf(endpoint), endpoint.permission])
    const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const named = (place: string) => operation.parameters.filter((each: Json) => each.in === place)
    expect(named('path').map(({ name, required }: Json) => [name, required])).toEqual(
      inPath.map((name) => [name, true]),
    )
    const asked = endpoint.query ? Object.keys((endpoint.query as Json).shape) : []
    expect(
      named('query')
        .map(({ name }: Json) => name)
        .sort(),
      nameOf(endpoint),
    ).toEqual(asked.sort())
    expect(named('header').length, nameOf(endpoint)).toBe(endpoint.method === 'GET' ? 0 : 1)
    expect(operation.requestBody !== undefined, nameOf(endpoint)).toBe(endpoint.body !== undefined)
    expect(Object.keys(operation.responses), nameOf(endpoint)).toContain(String(endpoint.status ?? 200))
    const { error } = operation.responses.default.content['application/json'].schema.properties
    expect(error.properties.code.enum).toEqual(Object.keys(errorStatus))
  }
})

test('what is answered is what the document says', async () => {
  const wrong: string[] = []
  for (const endpoint of endpoints.filter(({ method }) => method === 'GET')) {
    const { params, query } = goodRequest(endpoint, known, examplesFor(known))
    const path = pathOf(endpoint, params).slice('/api/v1'.length)
    const { status, body } = await admin.get(`${path}?${new URLSearchParams(query)}`)
    const { schema } = operationOf(endpoint).responses['200'].content['application/json']
    const said = z.fromJSONSchema(schema).safeParse(body)
    if (status !== 200 || !said.success)
      wrong.push(`${nameOf(endpoint)} ${status}: ${said.error?.message.slice(0, 200)}`)
  }
  expect(wrong).toEqual([])
})

test('a good request is one the document takes, and one with a foreign field is not', () => {
  const wrong: string[] = []
  for (const endpoint of endpoints.filter(({ body }) => body)) {
    const { schema } = operationOf(endpoint).requestBody.content['application/json']
    const { body } = goodRequest(endpoint, known, examplesFor(known))
    // JSON Schema's patterns know Unicode classes; the reader used here does not.
    const takes = z.fromJSONSchema(JSON.parse(JSON.stringify(schema).replaceAll(/(\\\\p\{[LN]\})+/g, '\\\\w')))
    if (!takes.safeParse(body).success) wrong.push(`${nameOf(endpoint)} does not take its own example`)
    if (takes.safeParse({ ...Object(body), noSuchField: 1 }).success) wrong.push(`${nameOf(endpoint)} takes anything`)
  }
  expect(wrong).toEqual([])
})

test('the process, its readiness and its figures are to be asked for', async () => {
  expect(await (await fetch(`${desk.url}/healthz`)).json()).toEqual({ ok: true })
  const ready = await fetch(`${desk.url}/readyz`)
  expect(await ready.json()).toEqual({ ready: true, checks: { database: true, migrations: true, queue: true } })
  expect((await fetch(`${desk.url}/metrics`)).status).toBe(401)
  const metrics = await fetch(`${desk.url}/metrics`, { headers: byKey(desk.url, bootKey).headers })
  expect(metrics.status).toBe(200)
  const text = await metrics.text()
  expect(text).toMatch(/^mainstay_jobs_waiting \d+$/m)
  expect(text).toMatch(
    /^mainstay_http_request_seconds_count\{method="GET",route="\/api\/v1\/tickets\/:id",status="200"\} \d+$/m,
  )
  expect(text).not.toContain(known.tkt)
})

test('what browsers must be told is told', async () => {
  const { headers } = await fetch(`${desk.url}/api/v1/setup`)
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('access-control-allow-origin')).toBeNull()
  const cookies = (
    await fetch(`${desk.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: desk.url },
      body: JSON.stringify({ email: 'first@example.com', password: 'a long password of the tests' }),
    })
  ).headers.getSetCookie()
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i)
})
