import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailboxesFor, receiveMail } from '#modules/inbox/index.ts'
import { byKey, type Caller } from '#test/caller.ts'
import { bootKey, webDesk, type WebDesk } from '#test/web-desk.ts'

let desk: WebDesk
/** An outside program with a key of the role agent. */
let program: Caller
let viewer: Caller

beforeAll(async () => {
  desk = await webDesk({ LOG_LEVEL: 'silent' })
  const boot = byKey(desk.url, bootKey)
  const keyOf = async (role: string) =>
    byKey(desk.url, (await boot.send('POST', '/api-keys', { name: role, role })).body.secret)
  program = await keyOf('agent')
  viewer = await keyOf('viewer')
})
afterAll(() => desk?.close())

const ada = { email: 'Ada@Example.com', name: 'Ada Rivera' }

async function open(subject: string, text: string, more: object = {}) {
  const answer = await program.send('POST', '/tickets', {
    subject,
    requester: ada,
    direction: 'inbound',
    message: { text },
    ...more,
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

test('a ticket that a customer asked for elsewhere has a requester, a number and a clock that runs', async () => {
  const ticket = await open('Cannot export', 'The export button does nothing.', {
    priority: 'high',
    tags: ['export', 'export'],
  })
  expect(ticket).toMatchObject({
    number: expect.any(Number),
    status: 'new',
    priority: 'high',
    segment: 'consumer',
    channel: 'api',
    tags: ['export'],
    requester: { name: 'Ada Rivera', email: 'ada@example.com' },
    assigneeId: null,
    clocks: [{ target: 'first_reply', state: 'running', dueAt: expect.any(String) }],
  })
  expect(ticket.createdAt).toMatch(/Z$/)
  expect((await viewer.get(`/tickets/${ticket.id}`)).body).toEqual(ticket)
  const { body } = await viewer.get(`/tickets/${ticket.id}/messages`)
  expect(body).toMatchObject({
    items: [{ kind: 'inbound', text: 'The export button does nothing.', delivery: null }],
    nextCursor: null,
  })
})

test('writing first makes a mail that can be taken back, and no clock for the customer to wait on', async () => {
  const ticket = await open('Your trial ends', 'It ends on Friday.', { direction: 'outbound' })
  expect(ticket).toMatchObject({ status: 'open', lastAuthor: 'agent', clocks: [] })
  const [mail] = (await viewer.get(`/tickets/${ticket.id}/messages`)).body.items
  expect(mail).toMatchObject({ kind: 'reply', to: [{ email: 'ada@example.com' }], delivery: { state: 'scheduled' } })
  expect(mail.providerId).toMatch(/^[^<>\s]+@localhost$/)
  expect((await program.send('POST', `/messages/${mail.id}/undo`)).status).toBe(200)
  const [taken] = (await viewer.get(`/tickets/${ticket.id}/messages`)).body.items
  expect(taken.delivery.state).toBe('cancelled')
  expect((await program.send('POST', `/messages/${mail.id}/undo`)).status).toBe(200)
})

test('a reply that is not to wait leaves at once and fulfils the clock; a note does neither', async () => {
  await byKey(desk.url, bootKey).send('PATCH', '/settings', { undoSeconds: 0, version: 1 })
  const ticket = await open('Two questions', 'First, and second.')
  const note = await program.send('POST', `/tickets/${ticket.id}/messages`, { kind: 'note', text: 'Ask engineering.' })
  expect(note).toMatchObject({ status: 201, body: { kind: 'note', to: [], delivery: null, providerId: null } })
  expect((await viewer.get(`/tickets/${ticket.id}`)).body).toMatchObject({
    status: 'new',
    clocks: [{ state: 'running' }],
  })
  const reply = await program.send('POST', `/tickets/${ticket.id}/messages`, {
    kind: 'reply',
    html: '<p>Yes<script>alert(1)</script></p>',
    cc: [{ email: 'boss@example.com', name: 'The Boss' }],
    status: 'pending',
  })
  expect(reply).toMatchObject({
    status: 201,
    body: { kind: 'reply', html: expect.not.stringContaining('script'), cc: [{ email: 'boss@example.com' }] },
  })
  expect((await viewer.get(`/tickets/${ticket.id}`)).body).toMatchObject({
    status: 'pending',
    clocks: [{ state: 'fulfilled' }],
  })
  const { body } = await viewer.get(`/tickets/${ticket.id}/events`)
  const types = body.items.map((event: { type: string }) => event.type)
  expect(types[0]).toBe('ticket.created')
  expect(types).toEqual(
    expect.arrayContaining(['message.received', 'message.written', 'message.sent', 'ticket.status_changed']),
  )
  expect(JSON.stringify(body)).not.toMatch(/engineering|example\.com|First/)
})

test('what is changed is changed, what is already so is no event', async () => {
  const ticket = await open('To change', 'Hello')
  const [team] = (await viewer.get('/teams')).body.items
  const change = { status: 'on_hold', priority: 'urgent', tags: ['b', 'a'], subject: 'Changed', teamId: team.id }
  const changed = await program.send('PATCH', `/tickets/${ticket.id}`, change)
  expect(changed).toMatchObject({
    status: 200,
    body: { status: 'on_hold', priority: 'urgent', tags: ['a', 'b'], subject: 'Changed' },
  })
  const events = async () => (await viewer.get(`/tickets/${ticket.id}/events?limit=100`)).body.items.length
  const before = await events()
  expect((await program.send('PATCH', `/tickets/${ticket.id}`, change)).status).toBe(200)
  expect((await program.send('PATCH', `/tickets/${ticket.id}`, {})).status).toBe(200)
  expect(await events()).toBe(before)
  expect(await program.send('PATCH', `/tickets/${ticket.id}`, { status: 'closed' })).toMatchObject({ status: 400 })
})

test('a ticket is found by its words, number, requester, address and Message-ID', async () => {
  const address = desk.config.supportAddress
  const [received] = await receiveMail(desk.test.desk(), {
    raw: Buffer.from(
      `From: Grace <grace@example.org>\r\nTo: ${address}\r\nSubject: Zeppelin timetable\r\nMessage-ID: <find-me@example.org>\r\n\r\nWhen does the dirigible leave?`,
    ),
    mailboxes: await mailboxesFor(desk.test.desk(), [address]),
    envelope: { from: 'grace@example.org', to: [address], ip: null, helo: null },
  })
  await desk.drain()
  const id = received?.ticketId
  const ticket = (await viewer.get(`/tickets/${id}`)).body
  const ways = [
    'dirigible',
    'timetable',
    String(ticket.number),
    `#${ticket.number}`,
    'grace@example.org',
    'Grace',
    'find-me@example.org',
    '<find-me@example.org>',
  ]
  for (const q of ways) {
    const { status, body } = await viewer.get(`/search?q=${encodeURIComponent(q)}`)
    expect([q, status, body.items[0]?.ticket.id]).toEqual([q, 200, id])
  }
  expect((await viewer.get('/search?q=nothing-like-it')).body.items).toEqual([])
  expect(
    (await program.get(`/custody/items?messageId=${encodeURIComponent('<find-me@example.org>')}`)).body.items,
  ).toMatchObject([{ disposition: 'ticketed', ticketId: id, providerId: 'find-me@example.org' }])
  expect((await program.get('/custody')).body.counts).toMatchObject({ ticketed: 1 })
})

test('a contact is found by address, however it is written, and changed', async () => {
  const { body } = await viewer.get('/contacts?email=ADA@example.com')
  expect(body.items).toMatchObject([{ name: 'Ada Rivera', email: 'ada@example.com' }])
  expect((await viewer.get('/contacts?email=nobody@example.com')).body.items).toEqual([])
  const [{ id }] = body.items
  const account = await program.send('POST', '/accounts', { name: 'Example Ltd', domains: ['ltd.example'] })
  const changed = await program.send('PATCH', `/contacts/${id}`, {
    accountId: account.body.id,
    accountRole: 'billing',
    timeZone: 'Europe/Berlin',
  })
  expect(changed).toMatchObject({
    status: 200,
    body: { segment: 'enterprise', timeZone: 'Europe/Berlin', account: { role: 'billing' } },
  })
  expect((await viewer.get(`/accounts/${account.body.id}`)).body).toMatchObject({
    contacts: 1,
    domains: [{ domain: 'ltd.example', confirmed: true }],
  })
  expect(await program.send('POST', '/accounts', { name: 'Free mail', domains: ['gmail.com'] })).toMatchObject({
    status: 400,
  })
})

test('a file of 18 MB is taken, signed for, and served safely; a larger one is refused', async () => {
  const ticket = await open('A large file', 'See it')
  const upload = (bytes: number) =>
    program.send('POST', `/tickets/${ticket.id}/attachments`, {
      name: 'big.html',
      type: 'text/html',
      base64: Buffer.alloc(bytes, 7).toString('base64'),
    })
  const kept = await upload(18 * 1024 * 1024)
  expect(kept).toMatchObject({ status: 201, body: { size: 18 * 1024 * 1024 } })
  expect(await upload(18 * 1024 * 1024 + 1)).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } })
  expect(await upload(20 * 1024 * 1024)).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } })
  const served = await fetch(desk.url + kept.body.url)
  expect(served.status).toBe(200)
  expect((await served.arrayBuffer()).byteLength).toBe(18 * 1024 * 1024)
  expect(served.headers.get('content-type')).toBe('application/octet-stream')
  expect(served.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(served.headers.get('x-content-type-options')).toBe('nosniff')
  const tampered = await fetch(desk.url + kept.body.url.replace(/sig=./, 'sig=-'))
  expect(tampered.status).toBe(403)
  desk.test.clock.advance({ hours: 1 })
  expect((await fetch(desk.url + kept.body.url)).status).toBe(403)
})

test('a report counts what happened, for those who may read it', async () => {
  const { status, body } = await viewer.get('/reports/kpis')
  expect(status).toBe(200)
  const backlog = body.kpis.find((kpi: { definition: { id: string } }) => kpi.definition.id === 'backlog')
  const listed = await fetch(desk.url + backlog.tickets, { headers: viewer.headers })
  expect(((await listed.json()) as { items: unknown[] }).items.length).toBe(backlog.n)
})

test('a viewer reads and writes nothing, and is told which permission it takes', async () => {
  const refused = await viewer.send('POST', '/tickets', {})
  expect(refused).toMatchObject({
    status: 403,
    body: {
      error: { code: 'forbidden', message: 'Your role does not allow this. It needs the permission tickets.write.' },
    },
  })
})

test('a refusal names the field, in words', async () => {
  const refused = await program.send('POST', '/tickets', {
    subject: '',
    requester: { email: 'x' },
    direction: 'sideways',
    message: {},
    extra: 1,
  })
  expect(refused.body.error).toEqual({
    code: 'invalid_request',
    message: 'body.subject: must not be empty.',
    details: [
      { path: 'body.subject', message: 'must not be empty' },
      { path: 'body.requester.email', message: 'must be an e-mail address' },
      { path: 'body.direction', message: 'must be one of inbound, outbound' },
      { path: 'body', message: 'does not take "extra"' },
    ],
  })
  expect((await program.send('POST', '/tickets', {})).body.error.message).toBe('body.subject: is required.')
  expect((await viewer.get('/tickets/tkt_1')).body.error.message).toBe(
    'params.id: must be an id of the kind ticket: tkt_ and 26 characters.',
  )
  expect((await viewer.get('/tickets?limit=101')).body.error.message).toBe('query.limit: must be at most 100.')
})

test('a revoked key is nobody at once', async () => {
  const boot = byKey(desk.url, bootKey)
  const made = (await boot.send('POST', '/api-keys', { name: 'for a moment', role: 'agent' })).body
  const key = byKey(desk.url, made.secret)
  expect((await key.get('/me')).body).toMatchObject({ agent: null, key: { id: made.key.id, role: 'agent' } })
  await boot.send('DELETE', `/api-keys/${made.key.id}`)
  expect(await key.get('/me')).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } })
})
