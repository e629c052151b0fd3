import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { serveTestWorld, type Answer, type Cookies, type Served } from '#test/served.ts'
import { ensureSetupLink } from './actions/create-first-admin.ts'
import { ensureDefaults } from './actions/ensure-defaults.ts'

const password = 'correct horse battery'
const ada: Cookies = new Map()

let desk: TestWorld
let served: Served
let adaId: string

beforeAll(async () => {
  desk = await createTestWorld()
  served = await serveTestWorld(desk)
  await ensureDefaults(desk.desk())
  await ensureDefaults(desk.desk())
})
afterAll(async () => {
  await served.close()
  await desk.close()
})

const api = (method: string, path: string, body?: unknown, cookies: Cookies = ada): Promise<Answer> =>
  served.send(method, `/api/v1${path}`, { body, cookies })

async function signIn(email: string, cookies: Cookies, secret = password): Promise<number> {
  const body = { email, password: secret }
  return (await served.send('POST', '/api/auth/sign-in/email', { body, cookies })).status
}

function tokenIn(url: unknown): string {
  return new URL(String(url)).searchParams.get('token') ?? ''
}

/** Invites and accepts. */
async function join(name: string, roles: string[], extra: object = {}): Promise<{ id: string; cookies: Cookies }> {
  const email = `${name.toLowerCase()}@example.com`
  const invited = await api('POST', '/agents', { name, email, roles, ...extra })
  expect(invited.status).toBe(201)
  const token = tokenIn(invited.body.invitationUrl)
  expect((await api('POST', '/invitations/accept', { token, password }, new Map())).body).toEqual({ email })
  const cookies: Cookies = new Map()
  expect(await signIn(email, cookies)).toBe(200)
  return { id: (invited.body.agent as { id: string }).id, cookies }
}

test('the set-up link makes one first admin, whoever else holds one', async () => {
  const links = [await ensureSetupLink(desk.desk()), await ensureSetupLink(desk.desk())].map(tokenIn)
  expect((await api('GET', '/setup')).body).toEqual({ needed: true, companyName: 'Mainstay' })
  const setUp = (token: string, email: string) => api('POST', '/setup', { token, name: 'Ada', email, password })
  expect((await setUp('a'.repeat(30), 'eve@example.com')).status).toBe(400)
  expect(
    (await api('POST', '/setup', { token: links[0], name: 'A', email: 'a@example.com', password: 'short' })).status,
  ).toBe(400)
  const both = await Promise.all(links.map((token, i) => setUp(token, i ? 'eve@example.com' : 'ada@example.com')))
  expect(both.map((answer) => answer.status).sort()).toEqual([201, 400])
  const email = both[0]?.status === 201 ? 'ada@example.com' : 'eve@example.com'
  await desk.world.pool.query(`update agents set email = 'ada@example.com' where email = $1`, [email])
  expect(await signIn('ada@example.com', ada)).toBe(200)
  expect(await ensureSetupLink(desk.desk())).toBeNull()
  expect((await api('GET', '/setup')).body).toMatchObject({ needed: false })
  expect((await setUp(links[1] as string, 'late@example.com')).status).toBe(400)
  const me = (await api('GET', '/me')).body.agent as { id: string; roles: string[]; teamIds: string[] }
  expect(me).toMatchObject({ roles: ['admin', 'lead', 'finance'], state: 'active' })
  expect(me.teamIds).toHaveLength(1)
  adaId = me.id
})

test('an invitation works once, within seven days, and a new one ends the old', async () => {
  const invite = { name: 'Bob', email: 'Bob@Example.com', roles: ['agent'] }
  const invited = await api('POST', '/agents', invite)
  expect(invited.body.agent).toMatchObject({ email: 'bob@example.com', state: 'invited', visibility: 'all' })
  expect((await api('POST', '/agents', invite)).status).toBe(409)
  expect(await signIn('bob@example.com', new Map())).toBe(401)
  const accept = (url: unknown) =>
    api('POST', '/invitations/accept', { token: tokenIn(url), password }, new Map()).then((answer) => answer.status)

  const { id } = invited.body.agent as { id: string }
  const again = await api('POST', `/agents/${id}/invitation`)
  expect(await accept(invited.body.invitationUrl)).toBe(400)
  desk.clock.advance({ hours: 7 * 24 })
  expect(await accept(again.body.invitationUrl)).toBe(400)
  const third = await api('POST', `/agents/${id}/invitation`)
  const both = await Promise.all([accept(third.body.invitationUrl), accept(third.body.invitationUrl)])
  expect(both.sort()).toEqual([200, 400])

  // For a lost password the same way, and whoever is signed in is signed out.
  const bob: Cookies = new Map()
  expect(await signIn('bob@example.com', bob)).toBe(200)
  const reset = await api('POST', `/agents/${id}/invitation`)
  expect((await api('GET', '/me', undefined, bob)).status).toBe(200)
  expect(await accept(reset.body.invitationUrl)).toBe(200)
  expect((await api('GET', '/me', undefined, bob)).status).toBe(401)
  expect((await api('GET', '/agents?limit=1')).body.nextCursor).toEqual(expect.any(String))
})

test('a disabled agent is out at once, keys included, and comes back with the same password', async () => {
  const cleo = await join('Cleo', ['lead'])
  const key = await join('Kim', ['admin']).then((kim) =>
    api('POST', '/api-keys', { name: 'k', role: 'agent' }, kim.cookies),
  )
  const headers = { authorization: `Bearer ${String(key.body.secret)}` }
  const kimId = (key.body.key as { ownerId: string }).ownerId
  expect((await served.send('GET', '/api/v1/me', { headers })).body).toMatchObject({
    agent: { name: 'Kim' },
    key: { role: 'agent' },
  })

  for (const id of [cleo.id, kimId])
    expect((await api('PATCH', `/agents/${id}`, { disabled: true })).body).toMatchObject({ state: 'disabled' })
  expect((await api('GET', '/me', undefined, cleo.cookies)).status).toBe(401)
  expect((await served.send('GET', '/api/v1/me', { headers })).status).toBe(401)
  const refused = await served.send('POST', '/api/auth/sign-in/email', {
    body: { email: 'cleo@example.com', password },
  })
  expect(refused).toMatchObject({ status: 403, body: { error: { details: { code: 'ACCOUNT_DISABLED' } } } })
  expect((await api('POST', `/agents/${cleo.id}/invitation`)).status).toBe(409)
  await api('PATCH', `/agents/${cleo.id}`, { disabled: false })
  expect(await signIn('cleo@example.com', new Map())).toBe(200)
})

test('the last active admin stays one, also when two go at once', async () => {
  const dan = await join('Dan', ['admin'])
  const roles = { roles: ['viewer'] }
  const both = await Promise.all([
    api('PATCH', `/agents/${adaId}`, { roles: ['viewer'] }),
    api('PATCH', `/agents/${dan.id}`, { disabled: true }),
  ])
  // Whoever is second is refused: as the last admin, or because the first took away the right to ask.
  const [first, second = 0] = both.map((answer) => answer.status).sort((a, b) => a - b)
  expect(first).toBe(200)
  expect([403, 409]).toContain(second)
  await desk.world.pool.query(`update agents set roles = '{admin,lead,finance}', state = 'active' where name = 'Ada'`)
  await desk.world.pool.query(`update agents set state = 'disabled' where name = 'Dan'`)
  for (const change of [roles, { disabled: true }])
    expect(await api('PATCH', `/agents/${adaId}`, change)).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict' } },
    })
  expect((await api('PATCH', `/agents/${adaId}`, { name: 'Ada L.' })).body).toMatchObject({ name: 'Ada L.' })
  expect((await api('PATCH', '/agents/agt_00000000000000000000000000', roles)).status).toBe(404)
})

test('a key does what its role may, never more than its owner still may', async () => {
  const eve = await join('Eve', ['admin'])
  const make = (role: string, cookies = eve.cookies) => api('POST', '/api-keys', { name: role, role }, cookies)
  const permissionsWith = async (secret: unknown) => {
    const headers = { authorization: `Bearer ${String(secret)}` }
    return (await served.send('GET', '/api/v1/me', { headers })).body.permissions as string[]
  }
  // Approving money is not hers to give.
  expect((await make('lead')).status).toBe(403)
  expect((await make('finance')).status).toBe(403)
  const viewer = await make('viewer')
  expect(await permissionsWith(viewer.body.secret)).toEqual(['tickets.read', 'reports.read'])
  const admin = await make('admin')
  expect(await permissionsWith(admin.body.secret)).toContain('keys.manage')
  expect(JSON.stringify((await api('GET', '/api-keys')).body)).not.toContain(String(admin.body.secret))

  const lead = await make('lead', ada)
  expect(await permissionsWith(lead.body.secret)).toContain('billing.approve')
  await api('PATCH', `/agents/${eve.id}`, { roles: ['agent'] })
  expect(await permissionsWith(admin.body.secret)).not.toContain('keys.manage')
  expect(await permissionsWith(admin.body.secret)).toContain('tickets.write')

  const { id } = admin.body.key as { id: string }
  expect((await api('DELETE', `/api-keys/${id}`)).status).toBe(200)
  expect(
    (await served.send('GET', '/api/v1/me', { headers: { authorization: `Bearer ${String(admin.body.secret)}` } }))
      .status,
  ).toBe(401)
  const { rows } = await desk.world.pool.query('select count(*)::int as n from events where type = $1', [
    'api_key.revoked',
  ])
  expect(rows).toEqual([{ n: 1 }])
})
