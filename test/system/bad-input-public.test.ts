import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchDatabase, type Watch } from '#test/bad-input/fingerprint.ts'
import { populate } from '#test/bad-input/populate.ts'
import { faultOfRefusal } from '#test/bad-input/refusal.ts'
import { firstAdmin, type Caller } from '#test/caller.ts'
import { declaredEndpoints } from '#test/declared-endpoints.ts'
import { webDesk, type WebDesk } from '#test/web-desk.ts'
import { pathOf } from '#contract/endpoint.ts'
import type { KnownIds } from '#test/bad-input/example.ts'
import { hashSecret } from '#platform/secrets.ts'
import { uuidOf } from '#platform/ids.ts'

const ratingToken = 'a-rating-token-of-the-tests'

let desk: WebDesk
let admin: Caller
let known: KnownIds
let watch: Watch
let tried = 0

beforeAll(async () => {
  desk = await webDesk({ LOG_LEVEL: 'silent' })
  admin = await firstAdmin(desk.url, desk.setupUrl)
  known = (await populate(desk, admin)).known
  await desk.test.world.pool.query(
    `insert into ratings (id, ticket_id, cycle, token_hash, asked_at) values (gen_random_uuid(), $1, 1, $2, $3)`,
    [uuidOf(known.tkt ?? ''), hashSecret(ratingToken), desk.test.clock.now().toString()],
  )
  watch = await watchDatabase(desk.test.world.pool)
})
afterAll(async () => {
  console.log(`bad input of strangers: ${tried} requests tried`)
  await desk?.close()
})

type Attempt = { method?: string; path: string; headers?: Record<string, string>; body?: string | undefined }

async function attempt({ method = 'POST', path, headers, body }: Attempt) {
  tried++
  const response = await fetch(desk.url + path, {
    method,
    redirect: 'manual',
    ...(headers ? { headers } : {}),
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' }
}

/** The attempts that were not refused well. */
async function faultsOf(attempts: readonly Attempt[]): Promise<string[]> {
  const faults: string[] = []
  for (const each of attempts) {
    // Or every attempt after the sixtieth would be refused for being too many.
    await desk.test.world.pool.query('delete from agent_rate_limits')
    const { status, text } = await attempt(each)
    const changed = await watch.changed()
    const fault =
      changed.length > 0 ? `answered ${status} and changed ${changed.join(', ')}` : faultOfRefusal(status, text)
    if (fault) faults.push(`${each.method ?? 'POST'} ${each.path} ${each.body?.slice(0, 80) ?? ''}: ${fault}`)
  }
  return faults
}

const json = { 'content-type': 'application/json' }
const bodies = [
  '',
  '{',
  'null',
  '5',
  '[]',
  '"x"',
  '{}',
  '{"email":5,"password":{}}',
  '{"email":"first@example.com","password":null}',
  '{"email":"first@example.com\\u0000","password":"x"}',
  '{"email":"\\ud800@example.com","password":"x"}',
  '{"email":"first@example.com","password":"\\u0000"}',
  `{"email":"${'x'.repeat(9000)}@example.com","password":"x"}`,
  `{"email":"first@example.com","password":"${'x'.repeat(9000)}"}`,
  '{"email":"first@example.com","password":"x","callbackURL":"https://evil.example"}',
  '{"code":"000000"}',
  '{"code":0}',
  '{"code":"\\u0000","trustDevice":"x"}',
  '{"currentPassword":"x","newPassword":"y"}',
  '{"password":5}',
  '{"__proto__":{"x":1}}',
  `${'['.repeat(8000)}${']'.repeat(8000)}`,
  JSON.stringify({ email: 'x'.repeat(2 * 1024 * 1024) }),
]
const signInPaths = [
  '/sign-in/email',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
]

test('sign-in refuses nonsense in the API’s own shape', async () => {
  const attempts = signInPaths.flatMap((path) => [
    ...bodies.map((body) => ({ path: `/api/auth${path}`, headers: { ...json, origin: desk.url }, body })),
    { path: `/api/auth${path}`, headers: json, body: '{}' },
    { path: `/api/auth${path}`, headers: { 'content-type': 'text/plain' }, body: '{}' },
    { path: `/api/auth${path}`, headers: { ...json, origin: 'https://evil.example' }, body: '{}' },
    { path: `/api/auth${path}`, headers: { ...json, cookie: 'mainstay.session_token=%00%zz.x' }, body: '{}' },
    { method: 'GET', path: `/api/auth${path}` },
  ])
  expect(await faultsOf(attempts)).toEqual([])
}, 120_000)

test('sign-in’s library serves no address that this desk does not offer', async () => {
  const others = [
    '/sign-up/email',
    '/update-user',
    '/delete-user',
    '/list-sessions',
    '/get-session',
    '/reset-password',
    '/ok',
  ]
  const attempts = others.flatMap((path) => [
    { path: `/api/auth${path}`, headers: json, body: '{}' },
    { method: 'GET', path: `/api/auth${path}` },
  ])
  expect(await faultsOf(attempts)).toEqual([])
})

test('a file opens by a signed address only', async () => {
  const queries = [
    '',
    '?until=1&sig=x',
    '?until=99999999999&sig=xxxxxxxxxxxxxxxxxxxxxx',
    '?until=x&sig=y',
    '?until=1&until=2&sig=a&sig=b',
    '?until=%00&sig=%00',
    '?until=99999999999&sig=%F0%9F%99%82%F0%9F%99%82%F0%9F%99%82',
    `?until=99999999999&sig=${'x'.repeat(5000)}`,
  ]
  const ids = [known.att ?? '', 'att_01h455vb4pex5vsknk084sn02q', 'x', '..%2f..%2fetc%2fpasswd', '%00', 'x'.repeat(600)]
  const attempts = ids.flatMap((id) => queries.map((query) => ({ method: 'GET', path: `/files/${id}${query}` })))
  expect(await faultsOf(attempts)).toEqual([])
})

test('the rating page counts nothing but a rating', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const attempts: Attempt[] = [ratingToken, 'no-such-token', '%00', 'x'.repeat(400)].flatMap((token) => [
    ...[
      '',
      'score=',
      'score=0',
      'score=6',
      'score=x',
      'score=1.5',
      'score=1e999',
      'comment=x',
      `score=7&comment=${'x'.repeat(2001)}`,
    ].map((body) => ({ path: `/rate/${token}`, headers: form, body })),
    { path: `/rate/${token}`, headers: json, body: '{"score":"x"}' },
    { path: `/rate/${token}`, headers: json, body: '{' },
    { path: `/rate/${token}`, headers: form, body: `comment=${'x'.repeat(30_000)}` },
    { path: `/rate/${token}`, headers: { 'content-type': 'text/plain' }, body: 'score=5' },
    { method: 'GET', path: `/rate/${token}?score=5` },
    { method: 'GET', path: `/rate/${token}?score=99` },
    { method: 'DELETE', path: `/rate/${token}` },
  ])
  const faults: string[] = []
  for (const each of attempts) {
    const { status, text } = await attempt(each)
    const shows = each.method === 'GET' && each.path.includes(ratingToken) && status === 200
    if (!shows && (status < 400 || status >= 500)) faults.push(`${each.method} ${each.path} ${each.body}: ${status}`)
    if (/at \S+ \(|\bselect\b.*\bfrom\b/.test(text)) faults.push(`${each.path} tells of the inside`)
    for (const table of await watch.changed()) faults.push(`${each.method} ${each.path} ${each.body} changed ${table}`)
  }
  expect(faults).toEqual([])
})

test('a webhook without Stripe’s signature is refused', async () => {
  const path = '/hooks/stripe'
  const event = '{"id":"evt_1","type":"charge.refunded","data":{"object":{"id":"ch_1"}}}'
  const now = Math.floor(Date.now() / 1000)
  const signatures = [
    '',
    'x',
    't=1,v1=x',
    `t=${now},v1=${'0'.repeat(64)}`,
    `t=${now}`,
    'v1=',
    `t=x,v1=${'f'.repeat(64)}`,
  ]
  const attempts = [
    { path, headers: json, body: event },
    ...signatures.map((signature) => ({ path, headers: { ...json, 'stripe-signature': signature }, body: event })),
    { path, headers: { ...json, 'stripe-signature': signatures[3] ?? '' }, body: '{' },
    { path, headers: { ...json, 'stripe-signature': signatures[3] ?? '' }, body: '' },
    { path, headers: { 'stripe-signature': signatures[3] ?? '' }, body: 'x'.repeat(3 * 1024 * 1024) },
    { path, headers: { 'content-type': 'text/plain', 'stripe-signature': signatures[3] ?? '' }, body: event },
    { method: 'GET', path },
  ]
  expect(await faultsOf(attempts)).toEqual([])
})

test('who may not come in is refused before what they carry is read', async () => {
  const faults: string[] = []
  const carried = JSON.stringify({ x: 'x'.repeat(2 * 1024 * 1024) })
  const strangers: Record<string, string>[] = [
    {},
    { authorization: 'Bearer x' },
    { authorization: 'Basic eDp5' },
    { authorization: 'Bearer' },
    { cookie: 'mainstay.session_token=x.y' },
  ]
  for (const endpoint of await declaredEndpoints()) {
    if (endpoint.permission === 'public') continue
    for (const headers of strangers)
      for (const body of endpoint.method === 'GET' ? [undefined] : [undefined, '{', carried]) {
        const path = pathOf(endpoint, { id: known.tkt ?? '', kpi: 'solved' })
        const { status } = await attempt({
          method: endpoint.method,
          path,
          headers: { ...headers, ...(body ? json : {}) },
          body,
        })
        if (status !== 401) faults.push(`${endpoint.method} ${path} ${JSON.stringify(headers)}: ${status}`)
      }
  }
  expect([...faults, ...(await watch.changed())]).toEqual([])
}, 120_000)

test('an address that is none, or takes other methods, says so', async () => {
  const key = { authorization: 'Bearer x' }
  const attempts = [
    '/api/v1/no-such',
    '/api/v1',
    '/api/v1/tickets/x/y/z',
    '/api/',
    '/hooks/x',
    '/files/',
    '/api/v1/%zz',
    '/api/v1/tickets/%c0',
  ].flatMap((path) => ['GET', 'POST', 'DELETE'].map((method) => ({ method, path, headers: key })))
  expect(await faultsOf(attempts)).toEqual([])
  const { status, text } = await attempt({ method: 'DELETE', path: '/api/v1/tickets' })
  expect({ status, ...JSON.parse(text).error }).toMatchObject({
    status: 405,
    code: 'method_not_allowed',
    message: 'This address takes GET and POST, not DELETE.',
  })
})

test('bytes that are no HTTP are answered with 4xx and end there', async () => {
  const lines = [
    'GARBAGE\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(70_000)}\r\n\r\n`,
    'POST /api/v1/setup HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'GET /\u0000 HTTP/1.1\r\nhost: x\r\n\r\n',
  ]
  for (const line of lines) {
    tried++
    expect(await answerTo(line)).toMatch(/^HTTP\/1\.1 4\d\d /)
  }
  expect((await attempt({ method: 'GET', path: '/healthz' })).status).toBe(200)
})

function answerTo(bytes: string): Promise<string> {
  const { hostname, port } = new URL(desk.url)
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'))
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    // What was not read any more is reset after the answer.
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
  })
}
