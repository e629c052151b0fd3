import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { pathOf } from '#contract/endpoint.ts'
import { callerWith, firstAdmin, joined, type Caller } from '#test/caller.ts'
import { declaredEndpoints } from '#test/declared-endpoints.ts'
import { openStream, type OpenStream } from '#test/stream-reader.ts'
import { webDesk, type WebDesk } from '#test/web-desk.ts'

let desk: WebDesk
let admin: Caller
const open: OpenStream[] = []

beforeAll(async () => {
  desk = await webDesk({ LOG_LEVEL: 'silent' })
  admin = await firstAdmin(desk.url, desk.setupUrl)
  desk.test.clock.advance({ seconds: 1 })
})
afterEach(() => {
  for (const stream of open.splice(0)) stream.close()
})
afterAll(() => desk?.close())

async function listen(caller: Caller, lastEventId?: string): Promise<OpenStream> {
  const stream = await openStream(desk.url, {
    ...caller.headers,
    ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
  })
  open.push(stream)
  return stream
}

async function openTicket(subject = 'A ticket', by = admin): Promise<string> {
  const { body } = await by.send('POST', '/tickets', {
    subject,
    requester: { email: 'customer@example.com' },
    direction: 'inbound',
    message: { text: 'Hello' },
  })
  return String(body.id)
}

test('the stream says hello, and names what changed', async () => {
  const stream = await listen(admin)
  expect((await stream.until((message) => message.event === 'hello')).id).toMatch(/^\d+-\d+$/)
  const id = await openTicket()
  const told = await stream.until((message) => message.topics.includes(`ticket:${id}`))
  expect(told.topics).toContain('type:ticket.created')
  expect(JSON.stringify(told)).not.toContain('customer@example.com')
})

test('who comes back hears everything since, at the first stream and at the last', async () => {
  const first = await listen(admin)
  const hello = await first.until((message) => message.event === 'hello')
  const before = await openTicket('before')
  const { id: place } = await first.until((message) => message.topics.includes(`ticket:${before}`))
  first.close()
  await sleep(600)
  const missed: string[] = []
  for (let count = 0; count < 12; count++) missed.push(await openTicket(`missed ${count}`))
  const again = await listen(admin, place ?? '')
  for (const id of missed) await again.until((message) => message.topics.includes(`ticket:${id}`))
  expect(again.heard().flatMap(({ topics }) => topics)).not.toContain(`ticket:${before}`)
  const fromHello = await listen(admin, hello.id ?? '')
  for (const id of [before, ...missed]) await fromHello.until((message) => message.topics.includes(`ticket:${id}`))
})

test('nothing falls between what is caught up and what is live', async () => {
  const first = await listen(admin)
  const hello = await first.until((message) => message.event === 'hello')
  const wanted: string[] = []
  for (let round = 0; round < 8; round++) {
    const writing = Promise.all(Array.from({ length: 6 }, (_, index) => openTicket(`round ${round} ${index}`)))
    const stream = await listen(admin, hello.id ?? '')
    wanted.push(...(await writing))
    for (const id of wanted) await stream.until((message) => message.topics.includes(`ticket:${id}`))
    stream.close()
    // Long enough for the follower to fall asleep in some rounds.
    await sleep(round % 2 ? 400 : 0)
  }
}, 120_000)

test('who is too far behind is told to start over', async () => {
  const stream = await listen(admin, '1-1')
  await desk.test.desk().transaction(async (tx) => {
    for (let count = 0; count < 1100; count++) await tx.emit({ type: 'test.happened' })
  })
  await stream.until((message) => message.topics.includes('type:test.happened'))
  const late = await listen(admin, '1-1')
  await late.until((message) => message.event === 'reset')
})

test('an agent hears of tickets they may see, and of no other', async () => {
  const team = await admin.send('POST', '/teams', { name: 'Second line' })
  const invitation = { name: 'Restricted', email: 'restricted@example.com', roles: ['agent'], visibility: 'teams' }
  const { caller } = await joined(desk.url, admin, { ...invitation, teamIds: [team.body.id] })
  const stream = await listen(caller)
  const hello = await stream.until((message) => message.event === 'hello')
  const hidden = await openTicket('hidden')
  const shown = await openTicket('shown', caller)
  await stream.until((message) => message.topics.includes(`ticket:${shown}`))
  expect(stream.heard().flatMap(({ topics }) => topics)).not.toContain(`ticket:${hidden}`)
  const resumed = await listen(caller, hello.id ?? '')
  await resumed.until((message) => message.topics.includes(`ticket:${shown}`))
  expect(resumed.heard().flatMap(({ topics }) => topics)).not.toContain(`ticket:${hidden}`)
})

test('nobody listens without signing in, and nonsense for a place is a fresh start', async () => {
  for (const headers of [{}, { authorization: 'Bearer x' }, { cookie: 'mainstay.session_token=x.y' }]) {
    const answer = await fetch(`${desk.url}/api/v1/stream`, { headers })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error: { code: 'unauthenticated' } })
  }
  for (const place of [
    'x',
    '-1',
    '99999999999999999999-1',
    '18446744073709551615-9007199254740991',
    '1-99999999999999999',
  ]) {
    const stream = await listen(admin, place)
    await stream.until((message) => message.event === 'hello')
    const id = await openTicket(place)
    if (!place.startsWith('18446744073709551615') && !place.startsWith('99999'))
      await stream.until((message) => message.topics.includes(`ticket:${id}`) || message.event === 'reset')
  }
})

test('a write that rides on a cookie is taken from the desk’s own pages only', async () => {
  const wrong: string[] = []
  const { cookie = '' } = admin.headers
  const before = await count()
  const foreign: Record<string, string>[] = [
    { cookie, origin: 'https://evil.example' },
    { cookie, origin: 'null' },
    { cookie },
    { cookie, origin: desk.url.replace('http:', 'ftp:') + '.evil.example' },
    { cookie, origin: 'http://127.0.0.1:1' },
  ]
  for (const endpoint of (await declaredEndpoints()).filter(({ method }) => method !== 'GET'))
    for (const headers of foreign) {
      const path = pathOf(endpoint, { id: 'x' }).slice('/api/v1'.length)
      const { status, body } = await callerWith(desk.url, headers).send(endpoint.method, path, {})
      if (status !== 403 || body.error.code !== 'forbidden')
        wrong.push(`${endpoint.method} ${path} from ${headers.origin}: ${status}`)
    }
  expect(wrong).toEqual([])
  expect(await count()).toBe(before)
  const own = await callerWith(desk.url, { cookie, origin: desk.url }).send('POST', '/teams', { name: 'Ours' })
  expect(own.status).toBe(201)
})

async function count(): Promise<number> {
  return (await desk.test.world.pool.query<{ n: number }>('select count(*)::int as n from events')).rows[0]?.n ?? 0
}
