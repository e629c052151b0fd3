import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { serveTestWorld, type Cookies, type Served } from '#test/served.ts'
import { ensureDefaults } from '../actions/ensure-defaults.ts'
import { ensureSetupLink } from '../actions/create-first-admin.ts'
import { codeAt } from './one-time-code.ts'

const email = 'ada@example.com'
const password = 'correct horse battery'

let desk: TestWorld
let served: Served

beforeAll(async () => {
  desk = await createTestWorld()
  served = await serveTestWorld(desk)
  await ensureDefaults(desk.desk())
  const token = new URL((await ensureSetupLink(desk.desk())) ?? '').searchParams.get('token')
  const made = await served.send('POST', '/api/v1/setup', { body: { token, name: 'Ada', email, password } })
  expect(made).toMatchObject({ status: 201, body: { done: true } })
})
afterAll(async () => {
  await served.close()
  await desk.close()
})
beforeEach(() => desk.world.pool.query('delete from agent_rate_limits'))

function signIn(cookies: Cookies, body: object = { email, password }) {
  return served.send('POST', '/api/auth/sign-in/email', { body, cookies })
}

test('the right password opens a session, and the cookie is out of reach of scripts and other sites', async () => {
  const cookies: Cookies = new Map()
  const answer = await signIn(cookies, { email: 'Ada@Example.com', password })
  expect(answer.status).toBe(200)
  expect(JSON.stringify(answer.body)).not.toContain('token')
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^mainstay\.session_token=.+HttpOnly/)
  expect(cookie).toContain('SameSite=Lax')
  expect(cookie).toContain('Path=/')
  const me = await served.send('GET', '/api/v1/me', { cookies })
  expect(me).toMatchObject({ status: 200, body: { agent: { name: 'Ada', email, totp: false }, key: null } })
  expect(await events('agent.signed_in')).toMatchObject([{ by: 'password' }])
})

test('behind https the cookie is for https only, and the public address is one of our own', async () => {
  const publicUrl = 'https://desk.example.com'
  const secure = await serveTestWorld({ ...desk, world: { ...desk.world, publicUrl } })
  const cookies: Cookies = new Map()
  const options = { body: { email, password }, cookies, origin: publicUrl }
  const answer = await secure.send('POST', '/api/auth/sign-in/email', options)
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-mainstay\.session_token=.+Secure/)
  const change = { body: { undoSeconds: 7, version: 1 }, cookies, origin: publicUrl }
  expect((await secure.send('PATCH', '/api/v1/settings', change)).status).toBe(200)
  await secure.close()
  await desk.world.pool.query('delete from settings_versions where version > 1')
})

test('a wrong password, an unknown address and a missing one are refused alike', async () => {
  const wrong = await signIn(new Map(), { email, password: 'not the password' })
  const unknown = await signIn(new Map(), { email: 'nobody@example.com', password })
  expect(wrong).toMatchObject({
    status: 401,
    body: { error: { code: 'unauthenticated', message: 'The address or the password is wrong.' } },
  })
  expect(unknown.body).toEqual(wrong.body)
  expect(wrong.headers.getSetCookie()).toEqual([])
  expect((await signIn(new Map(), { email: 7, password: [] })).status).toBe(400)
  expect((await served.send('POST', '/api/auth/sign-in/email', { body: [] })).status).toBe(400)
})

test('a forged or foreign session cookie is nobody', async () => {
  const cookies: Cookies = new Map()
  await signIn(cookies)
  const good = cookies.get('mainstay.session_token') ?? ''
  const forged = new Map([['mainstay.session_token', good.replace(/^.{4}/, 'aaaa')]])
  expect((await served.send('GET', '/api/v1/me', { cookies: forged })).status).toBe(401)
  expect((await served.send('GET', '/api/v1/me', { cookies: new Map([['mainstay.session_token', '%']]) })).status).toBe(
    401,
  )
  const wrongKey = { authorization: 'Bearer mst_wrong' }
  expect((await served.send('GET', '/api/v1/me', { cookies, headers: wrongKey })).status).toBe(401)
})

test('signing out ends the session', async () => {
  const cookies: Cookies = new Map()
  await signIn(cookies)
  const kept = new Map(cookies)
  expect((await served.send('POST', '/api/auth/sign-out', { cookies, body: {} })).status).toBe(200)
  expect(cookies.has('mainstay.session_token')).toBe(false)
  expect((await served.send('GET', '/api/v1/me', { cookies: kept })).status).toBe(401)
})

test('after eight wrong passwords the right one has to wait too, in words', async () => {
  const tries = await Promise.all(
    Array.from({ length: 12 }, () => signIn(new Map(), { email, password: 'not the password' })),
  )
  expect(tries.filter((answer) => answer.status === 401)).toHaveLength(8)
  const refused = await signIn(new Map())
  expect(refused).toMatchObject({
    status: 429,
    body: { error: { code: 'rate_limited', message: 'Too many attempts. Try again in 5 minutes.' } },
  })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(250)
  // Another account from the same place is not shut out, nor this one later.
  expect((await signIn(new Map(), { email: 'bob@example.com', password })).status).toBe(401)
  await desk.world.pool.query('update agent_rate_limits set last_request = last_request - 301000')
  expect((await signIn(new Map())).status).toBe(200)
})

test('one success forgives the failures before it', async () => {
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 7; i++) await signIn(new Map(), { email, password: 'not the password' })
    expect((await signIn(new Map())).status).toBe(200)
  }
})

test('a page of another site can neither sign somebody in nor use a session', async () => {
  const cookies: Cookies = new Map()
  const foreign = { origin: 'https://evil.example' }
  const body = { email, password }
  expect((await served.send('POST', '/api/auth/sign-in/email', { body, ...foreign })).status).toBe(403)
  await signIn(cookies)
  for (const origin of ['https://evil.example', 'null', null]) {
    const change = { body: { csat: false, version: 1 }, cookies, origin }
    expect((await served.send('PATCH', '/api/v1/settings', change)).status).toBe(403)
    expect((await served.send('POST', '/api/auth/sign-out', { body: {}, cookies, origin })).status).toBe(403)
  }
  expect((await served.send('GET', '/api/v1/settings', { cookies })).body).toMatchObject({ csat: true, version: 1 })
})

test('what the desk does not offer is not there', async () => {
  for (const path of ['sign-up/email', 'update-user', 'delete-user', 'list-sessions', 'get-session', 'ok'])
    expect((await served.send('POST', `/api/auth/${path}`, { body: {} })).status).toBe(404)
})

test('a changed password ends the other sessions and leaves this one', async () => {
  const [here, elsewhere]: [Cookies, Cookies] = [new Map(), new Map()]
  await signIn(here)
  await signIn(elsewhere)
  const change = (body: object) => served.send('POST', '/api/auth/change-password', { cookies: here, body })
  expect(await change({ currentPassword: 'wrong one', newPassword: 'a longer new one' })).toMatchObject({
    status: 400,
    body: { error: { message: 'The password is wrong.' } },
  })
  expect(await change({ currentPassword: password, newPassword: 'short' })).toMatchObject({
    status: 400,
    body: { error: { message: 'The new password must have at least 12 characters.' } },
  })
  expect((await change({ currentPassword: password, newPassword: 'another long one' })).status).toBe(200)
  expect((await served.send('GET', '/api/v1/me', { cookies: here })).status).toBe(200)
  expect((await served.send('GET', '/api/v1/me', { cookies: elsewhere })).status).toBe(401)
  expect((await signIn(new Map())).status).toBe(401)
  await served.send('POST', '/api/auth/change-password', {
    cookies: here,
    body: { currentPassword: 'another long one', newPassword: password },
  })
  expect(await events('agent.password_changed')).toHaveLength(2)
})

test('a second factor: set up, asked for, and each code good once', async () => {
  const cookies: Cookies = new Map()
  await signIn(cookies)
  const enabled = await served.send('POST', '/api/auth/two-factor/enable', { cookies, body: { password } })
  expect(enabled.status).toBe(200)
  const secret = fromBase32(new URL(String(enabled.body.totpURI)).searchParams.get('secret') ?? '')
  const verify = (cookies: Cookies, code: string) =>
    served.send('POST', '/api/auth/two-factor/verify-totp', { cookies, body: { code } })
  // This step's code and the next one's are good for half a minute at least, wherever in the step we are.
  const step = Math.floor(Date.now() / 30_000)
  expect((await verify(cookies, '000000')).status).toBe(401)
  expect((await verify(cookies, codeAt(secret, step))).status).toBe(200)
  expect((await served.send('GET', '/api/v1/me', { cookies })).body).toMatchObject({ agent: { totp: true } })

  // The password alone opens nothing.
  const again: Cookies = new Map()
  expect((await signIn(again)).body).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
  expect((await served.send('GET', '/api/v1/me', { cookies: again })).status).toBe(401)
  // The code that set it up is spent already.
  expect(await verify(again, codeAt(secret, step))).toMatchObject({
    status: 401,
    body: { error: { details: { code: 'CODE_ALREADY_USED' } } },
  })
  // Of two challenges answered with one code at the same time, one gets in.
  const rival: Cookies = new Map()
  await signIn(rival)
  const code = codeAt(secret, step + 1)
  const both = await Promise.all([verify(again, code), verify(rival, code)])
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 401])
  const winner = both[0]?.status === 200 ? again : rival
  expect((await served.send('GET', '/api/v1/me', { cookies: winner })).status).toBe(200)

  // A backup code is for a lost phone, once.
  const [backup] = enabled.body.backupCodes as string[]
  const useBackup = async () => {
    const cookies: Cookies = new Map()
    await signIn(cookies)
    return served.send('POST', '/api/auth/two-factor/verify-backup-code', { cookies, body: { code: backup } })
  }
  expect((await useBackup()).status).toBe(200)
  expect((await useBackup()).status).toBe(401)
  const off = { cookies: winner, body: { password } }
  expect((await served.send('POST', '/api/auth/two-factor/disable', off)).status).toBe(200)
  expect((await signIn(new Map())).body).not.toHaveProperty('twoFactorRedirect')
  expect((await events('agent.signed_in')).filter((data) => data.by !== 'password')).toMatchObject([
    { by: 'totp' },
    { by: 'backup_code' },
  ])
})

async function events(type: string): Promise<Record<string, unknown>[]> {
  const { rows } = await desk.world.pool.query('select data from events where type = $1 order by seq', [type])
  return rows.map((row: { data: Record<string, unknown> }) => row.data)
}

function fromBase32(text: string): string {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))).toString('utf8')
}
