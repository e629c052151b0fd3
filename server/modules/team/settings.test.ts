import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { serveTestWorld, type Served } from '#test/served.ts'
import { systemActor } from '#server/desk.ts'
import { ensureBootKey } from './actions/ensure-boot-key.ts'
import { ensureDefaults } from './actions/ensure-defaults.ts'
import { listAudit } from './audit.ts'
import { calendarVersions, getCalendar } from './calendar.ts'

const bootKey = 'a-boot-key-of-at-least-thirty-two-characters'

let desk: TestWorld
let served: Served

beforeAll(async () => {
  desk = await createTestWorld()
  served = await serveTestWorld(desk)
  await Promise.all([ensureDefaults(desk.desk()), ensureDefaults(desk.desk())])
  await ensureBootKey(desk.desk(), bootKey)
})
afterAll(async () => {
  await served.close()
  await desk.close()
})

const api = (method: string, path: string, body?: unknown, key = bootKey) =>
  served.send(method, `/api/v1${path}`, { body, headers: { authorization: `Bearer ${key}` }, origin: null })

test('a new desk has one team, settings and hours, however many processes start', async () => {
  expect((await api('GET', '/teams')).body).toMatchObject({
    items: [{ name: 'Support', members: 0 }],
    nextCursor: null,
  })
  expect((await api('GET', '/settings')).body).toMatchObject({ version: 1, closedAfterDays: 14, csat: true })
  expect((await api('GET', '/calendar')).body).toMatchObject({
    version: 1,
    hours: { timeZone: 'UTC' },
    firstReplySeconds: 28_800,
  })
  const { rows } = await desk.world.pool.query(`select type from events order by seq`)
  expect(rows.map((row: { type: string }) => row.type)).toEqual([
    'team.created',
    'settings.changed',
    'calendar.changed',
    'api_key.created',
  ])
})

test('settings change by version; of two who read the same one, the second is told', async () => {
  const change = (body: object) => api('PATCH', '/settings', body)
  const both = await Promise.all([change({ undoSeconds: 5, version: 1 }), change({ undoSeconds: 6, version: 1 })])
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  expect((await change({ csat: false, version: 1 })).body).toMatchObject({ error: { code: 'stale' } })
  expect((await change({ csat: false, version: 2 })).body).toMatchObject({ csat: false, version: 3 })
  expect((await change({ csat: false, version: 3 })).body).toMatchObject({ version: 3 })
  expect((await change({ undoSeconds: -1, version: 3 })).status).toBe(400)
  expect((await change({ colour: 'red', version: 3 })).status).toBe(400)
  expect((await api('GET', '/audit?type=settings.changed&limit=1')).body).toMatchObject({
    items: [{ actor: { kind: 'api', name: 'ADMIN_API_KEY' }, data: { version: 3, fields: ['csat'] } }],
  })
})

test('business hours are checked, kept by version, and the same object while they are the same', async () => {
  const before = await getCalendar(desk.desk())
  expect((await getCalendar(desk.desk())).calendar).toBe(before.calendar)
  const { hours } = before
  const change = (to: object, version = 1) => api('PUT', '/calendar', { hours: to, firstReplySeconds: 3600, version })
  const sentence = async (to: object) => ((await change(to)).body.error as { message: string }).message
  expect(await sentence({ ...hours, timeZone: 'Mars/Olympus' })).toContain('time zone')
  const monday = (windows: object[]) => ({ ...hours, weekly: { ...hours.weekly, 1: windows } })
  expect(await sentence(monday([{ from: '12:00', to: '09:00' }]))).toContain('Monday a window ends before it starts')
  const overlapping = [
    { from: '09:00', to: '12:00' },
    { from: '11:00', to: '13:00' },
  ]
  expect(await sentence(monday(overlapping))).toContain('Monday two windows overlap')
  expect(await sentence({ ...hours, weekly: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } })).toContain(
    'never open',
  )
  expect((await change({ ...hours, timeZone: 'Europe/Berlin' })).body).toMatchObject({
    version: 2,
    firstReplySeconds: 3600,
  })
  expect((await change(hours)).body).toMatchObject({ error: { code: 'stale' } })
  const versions = await calendarVersions(desk.desk())
  expect(versions.map((version) => [version.version, version.calendar.timeZone])).toEqual([
    [2, 'Europe/Berlin'],
    [1, 'UTC'],
  ])
})

test('the audit pages back through the ledger without a gap, and by type or by who', async () => {
  const seqs: number[] = []
  let cursor: unknown = null
  do {
    const page = await api('GET', `/audit?limit=2${cursor ? `&cursor=${String(cursor)}` : ''}`)
    for (const item of page.body.items as { seq: number }[]) seqs.push(item.seq)
    cursor = page.body.nextCursor
  } while (cursor)
  const { rows } = await desk.world.pool.query('select seq from events order by seq desc')
  expect(seqs).toEqual(rows.map((row: { seq: number }) => row.seq))
  const typed = await api('GET', '/audit?type=settings.changed&limit=1')
  const next = await api('GET', `/audit?type=settings.changed&limit=1&cursor=${String(typed.body.nextCursor)}`)
  expect(next.body.items).toMatchObject([{ type: 'settings.changed', data: { version: 2 } }])
  const [{ actor }] = typed.body.items as [{ actor: { id: string } }]
  const mine = (await api('GET', `/audit?actorId=${actor.id}`)).body.items as { actor: { id: string } }[]
  expect(mine.length).toBeGreaterThan(2)
  expect(new Set(mine.map((item) => item.actor.id))).toEqual(new Set([actor.id]))
  for (const wrong of ['cursor=abc', 'cursor=WzFd', 'type=DROP', 'limit=0', 'limit=1000'])
    expect((await api('GET', `/audit?${wrong}`)).status).toBe(400)
})

test('another ADMIN_API_KEY, or none, ends the one before', async () => {
  const other = 'another-boot-key-of-at-least-thirty-two'
  await ensureBootKey(desk.desk(), other)
  expect((await api('GET', '/settings')).status).toBe(401)
  expect((await api('GET', '/settings', undefined, other)).status).toBe(200)
  const made = await api('POST', '/api-keys', { name: 'for finance', role: 'finance' }, other)
  expect(made.body.key).toMatchObject({ ownerId: null, role: 'finance' })
  await ensureBootKey(desk.desk(), undefined)
  expect((await api('GET', '/settings', undefined, other)).status).toBe(401)
  await ensureBootKey(desk.desk(), bootKey)
  await ensureBootKey(desk.desk(), bootKey)
  expect((await api('GET', '/settings')).status).toBe(200)
})

test('teams are named once, and agents see their own teams’ tickets only when told so', async () => {
  const made = await api('POST', '/teams', { name: 'Billing', signature: 'Yours' })
  expect(made).toMatchObject({ status: 201, body: { name: 'Billing', signature: 'Yours', members: 0 } })
  expect((await api('POST', '/teams', { name: 'Billing' })).status).toBe(409)
  const { id } = made.body as { id: string }
  expect((await api('PATCH', `/teams/${id}`, { name: 'Support' })).status).toBe(409)
  expect((await api('PATCH', `/teams/${id}`, { signature: '' })).body).toMatchObject({ name: 'Billing', signature: '' })
  const invite = (teamIds: string[]) =>
    api('POST', '/agents', { name: 'Bo', email: 'bo@example.com', roles: ['agent'], teamIds, visibility: 'teams' })
  expect((await invite(['tea_00000000000000000000000000'])).status).toBe(400)
  expect((await invite([id])).body.agent).toMatchObject({ teamIds: [id], visibility: 'teams' })
  const { items } = (await api('GET', '/teams')).body as { items: { id: string; members: number }[] }
  expect(items.map((team) => team.members + (team.id === id ? 10 : 0)).toSorted((a, b) => a - b)).toEqual([0, 11])
})

test('a repeated request gets the same secret again, and no table holds it', async () => {
  const headers = { authorization: `Bearer ${bootKey}`, 'idempotency-key': 'make-a-key' }
  const make = () =>
    served.send('POST', '/api/v1/api-keys', { body: { name: 'once', role: 'viewer' }, headers, origin: null })
  const [first, again] = [await make(), await make()]
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(again).toMatchObject({ status: 201, body: first.body })
  const { rows } = await desk.world.pool.query('select body::text from idempotency_keys')
  expect(JSON.stringify(rows)).not.toContain(String(first.body.secret))
})

test('somebody who sees only their teams reads no line about other tickets', async () => {
  await desk.world.pool.query(
    `insert into events (id, occurred_at, recorded_at, type, actor_kind, ticket_id, data)
     values (gen_random_uuid(), now(), now(), 'ticket.created', 'system', gen_random_uuid(), '{}')`,
  )
  const ticketsSeen = async (visible: 'all' | []) => {
    const page = await listAudit(desk.desk({ ...systemActor, visible }), { limit: 100 })
    return page.items.filter((item) => item.ticketId !== null).length
  }
  expect([await ticketsSeen('all'), await ticketsSeen([])]).toEqual([1, 0])
})
