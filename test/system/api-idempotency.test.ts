import { afterAll, beforeAll, expect, test } from 'vitest'
import { byKey, type Answered, type Caller } from '#test/caller.ts'
import { bootKey, webDesk, type WebDesk } from '#test/web-desk.ts'

let desk: WebDesk
let caller: Caller

beforeAll(async () => {
  desk = await webDesk({ LOG_LEVEL: 'silent' })
  caller = byKey(desk.url, bootKey)
})
afterAll(() => desk?.close())

const ticket = (subject: string) => ({
  subject,
  requester: { email: 'customer@example.com', name: 'A Customer' },
  direction: 'inbound',
  message: { text: 'Hello' },
})

function open(key: string, subject: string, by = caller): Promise<Answered> {
  return by.send('POST', '/tickets', ticket(subject), { 'idempotency-key': key })
}

async function countOf(subject: string): Promise<number> {
  const { rows } = await desk.test.world.pool.query<{ n: number }>(
    'select count(*)::int as n from tickets where subject = $1',
    [subject],
  )
  return rows[0]?.n ?? 0
}

test('a repeated write is answered as the first time, and happens once', async () => {
  const first = await open('again', 'Once')
  const second = await open('again', 'Once')
  expect(first.status).toBe(201)
  expect(first.headers.get('idempotent-replayed')).toBeNull()
  expect(second.status).toBe(201)
  expect(second.headers.get('idempotent-replayed')).toBe('true')
  expect(second.body).toEqual(first.body)
  expect(await countOf('Once')).toBe(1)
})

test('the same key for another request is refused, whatever differs', async () => {
  await open('mismatch', 'One')
  expect(await open('mismatch', 'Another')).toMatchObject({
    status: 409,
    body: { error: { code: 'idempotency_mismatch' } },
  })
  const elsewhere = await caller.send('POST', '/teams', { name: 'A team' }, { 'idempotency-key': 'mismatch' })
  expect(elsewhere).toMatchObject({ status: 409, body: { error: { code: 'idempotency_mismatch' } } })
  expect(await countOf('Another')).toBe(0)
})

test('twenty at once under one key are one write with one answer', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => open('together', 'Together')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  expect(await countOf('Together')).toBe(1)
})

test('a request that was refused leaves its key free', async () => {
  const refused = await caller.send('POST', '/tickets', { subject: 'Late' }, { 'idempotency-key': 'late' })
  expect(refused.status).toBe(400)
  expect((await open('late', 'Late')).status).toBe(201)
  const unknown = await caller.send(
    'PATCH',
    '/tickets/tkt_01h455vb4pex5vsknk084sn02q',
    { priority: 'high' },
    { 'idempotency-key': 'unknown' },
  )
  expect(unknown.status).toBe(404)
  const made = await caller.send('POST', '/teams', { name: 'After a 404' }, { 'idempotency-key': 'unknown' })
  expect(made.status).toBe(201)
})

test('keys of two callers are two keys, and a secret is shown again to its own caller alone', async () => {
  const make = (by: Caller) =>
    by.send('POST', '/api-keys', { name: 'a key', role: 'agent' }, { 'idempotency-key': 'shared' })
  const mine = await make(caller)
  const admin = await caller.send('POST', '/api-keys', { name: 'other', role: 'admin' })
  const theirs = await make(byKey(desk.url, String(admin.body.secret)))
  expect(theirs.status).toBe(201)
  expect(theirs.body.secret).not.toBe(mine.body.secret)
  expect((await make(caller)).body.secret).toBe(mine.body.secret)
  const { rows } = await desk.test.world.pool.query('select body::text as body from idempotency_keys')
  for (const { body } of rows) expect(body).not.toContain('mst_')
})

test('refused after a try was counted, it is refused again in the same words and counts once', async () => {
  const { id } = (await open('for-a-code', 'For a code')).body
  const check = () =>
    caller.send('POST', `/tickets/${id}/authority-code/check`, { code: '000000' }, { 'idempotency-key': 'code' })
  const first = await check()
  const second = await check()
  expect(first.status).toBe(422)
  expect(second).toMatchObject({ status: 422, body: first.body })
})

test('the same key splits, moves, merges, changes a sender and undoes once', async () => {
  const opened = async (subject: string) => (await open(subject, subject)).body.id as string
  const [one, two] = [await opened('correct-one'), await opened('correct-two')]
  const note = (await caller.send('POST', `/tickets/${one}/messages`, { kind: 'note', text: 'A note' })).body.id
  const tickets = async () => (await desk.test.world.pool.query('select count(*)::int as n from tickets')).rows[0].n
  const rows = async () =>
    (
      await desk.test.world.pool.query(
        'select kind, undone_at is not null as undone from corrections order by created_at, id',
      )
    ).rows
  const twice = async (path: string, body: object | undefined, key: string) => {
    const first = await caller.send('POST', path, body, { 'idempotency-key': key })
    expect([path, first.status], JSON.stringify(first.body)).toEqual([path, body ? 201 : 200])
    const [before, count] = [await rows(), await tickets()]
    const second = await caller.send('POST', path, body, { 'idempotency-key': key })
    expect(second).toMatchObject({ status: first.status, body: first.body })
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect([await rows(), await tickets()]).toEqual([before, count])
    return first.body
  }
  const split = await twice(`/tickets/${one}/split`, { messageIds: [note] }, 'correct-split')
  await twice(`/corrections/${split.id}/undo`, undefined, 'correct-undo')
  await twice(`/tickets/${one}/sender`, { email: 'other@example.com' }, 'correct-sender')
  await twice(`/tickets/${one}/move`, { messageIds: [note], toTicketId: two }, 'correct-move')
  await twice(`/tickets/${one}/merge`, { into: two }, 'correct-merge')
  // All of one instant, so their order says nothing.
  expect((await rows()).map(({ kind }) => kind).sort()).toEqual(['merge', 'move', 'sender', 'split'])
})

/** One write of every kind, each twice under one key. */
test('every write keeps its key', async () => {
  const { id } = (await open('base', 'Base')).body
  const file = { name: 'a.txt', type: 'text/plain', base64: 'YQ==' }
  const [box] = (await caller.get('/mailboxes')).body.items
  const writes: [string, string, unknown][] = [
    ['POST', `/tickets/${id}/messages`, { kind: 'note', text: 'A note' }],
    ['POST', `/tickets/${id}/attachments`, file],
    ['PATCH', `/tickets/${id}`, { priority: 'high' }],
    ['POST', '/accounts', { name: 'An account' }],
    ['POST', '/teams', { name: 'A second team' }],
    ['POST', '/agents', { name: 'An agent', email: 'agent@example.com', roles: ['agent'] }],
    ['POST', '/mailboxes', { address: 'billing@localhost' }],
    ['PATCH', `/mailboxes/${box.id}`, { name: 'Another name' }],
    ['PATCH', '/settings', { undoSeconds: 20, version: 1 }],
  ]
  for (const [index, [method, path, body]] of writes.entries()) {
    const write = () => caller.send(method, path, body, { 'idempotency-key': `every-${index}` })
    const events = async () => (await desk.test.world.pool.query('select count(*) as n from events')).rows[0].n
    const first = await write()
    const between = await events()
    const second = await write()
    expect([method, path, first.status], JSON.stringify(first.body)).toEqual([
      method,
      path,
      method === 'POST' ? 201 : 200,
    ])
    expect([method, path, second.status, second.body]).toEqual([method, path, first.status, first.body])
    expect([method, path, second.headers.get('idempotent-replayed')]).toEqual([method, path, 'true'])
    expect([method, path, await events()]).toEqual([method, path, between])
  }
})
