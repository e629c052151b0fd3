import Fastify from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Operation, RefundPreview } from '#contract/billing.ts'
import type { ProductAction, ProductActionDefinition } from '#contract/product.ts'
import type { Role } from '#contract/team.ts'
import { createClock } from '../../emulators/clock.ts'
import { createProductEmulator } from '../../emulators/product/index.ts'
import type { ProductFaultKind } from '../../emulators/product/faults.ts'
import { signedHeaders } from '../../emulators/product/signing.ts'
import { openStore } from '../../emulators/store.ts'
import { createProduct } from '#server/adapters/product/product.ts'
import { byKey, type Caller } from '#test/caller.ts'
import { bootKey, webDesk, type WebDesk } from '#test/web-desk.ts'
import { firstAdmin, joined } from '#test/caller.ts'

let desk: WebDesk
let outside: Awaited<ReturnType<typeof startProduct>>
let admin: Caller
let anna: Caller
let lena: Caller
let leadToo: Caller
let secrets: { calls: string; webhooks: string }
const actions = new Map<string, ProductAction>()

/** The emulated product on a free port, its clock standing with the desk's. */
async function startProduct(now: () => number) {
  const clock = { ...createClock(), now }
  const emulator = createProductEmulator({ store: openStore(), clock })
  const app = Fastify({ forceCloseConnections: true })
  await app.register(emulator.routes, { prefix: '/product' })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return { ...emulator.parts, origin, close: () => app.close() }
}

const define = (name: string, more: Partial<ProductActionDefinition> = {}): ProductActionDefinition => ({
  name,
  title: name.replaceAll('_', ' '),
  parameters: [],
  effect: `The product does ${name} for {key}.`,
  endpoint: `${outside.origin}/product/act`,
  statusEndpoint: `${outside.origin}/product/status`,
  permission: 'tickets.write',
  approval: { role: 'none' },
  needsAuthority: false,
  destructive: false,
  expects: [],
  enabled: true,
  ...more,
})
const seats = { name: 'seats', label: 'Seats', type: 'integer', required: true, min: 1, max: 500 } as const

beforeAll(async () => {
  desk = await webDesk({ LOG_LEVEL: 'silent' })
  outside = await startProduct(() => desk.test.clock.now().epochMilliseconds)
  desk.test.world.ports.product = createProduct([outside.origin], { timeoutMs: 400 })
  admin = await firstAdmin(desk.url, desk.setupUrl)
  const person = async (name: string, roles: Role[]) =>
    (await joined(desk.url, admin, { name, email: `${name.toLowerCase()}@example.com`, roles })).caller
  anna = await person('Anna', ['agent'])
  lena = await person('Lena', ['lead'])
  leadToo = await person('Leo', ['lead'])
  secrets = { calls: '', webhooks: '' }
  for (const use of ['calls', 'webhooks'] as const)
    secrets[use] = String((await admin.send('POST', '/product-port/secrets', { use })).body.secret)
  outside.webhooks.connect({ ...secrets, url: `${desk.url}/hooks/product` })
  const definitions = [
    define('set_seats', {
      parameters: [seats],
      effect: '{key} gets {seats} seats.',
      approval: { role: 'lead', above: { parameter: 'seats', value: 50 } },
      expects: [{ field: 'seats', parameter: 'seats' }],
    }),
    define('revoke_access', { expects: [{ field: 'access', value: 'revoked' }] }),
    define('delete_account', {
      destructive: true,
      approval: { role: 'lead' },
      expects: [{ field: 'access', value: 'deleted' }],
    }),
    define('reset_quota', { permission: 'billing.approve' }),
  ]
  for (const definition of definitions) {
    const made = await admin.send('POST', '/product-actions', definition)
    expect(made.status).toBe(201)
    actions.set(definition.name, made.body as unknown as ProductAction)
  }
}, 60_000)
afterAll(async () => {
  await outside?.close()
  await desk?.close()
})
beforeEach(() => outside.faults.clear())

let opened = 0
/** An account nobody else uses. */
function account(more: object = {}): string {
  const key = `ws_${++opened}`
  outside.books.open({
    key,
    kind: 'workspace',
    name: key,
    email: `${key}@acme.test`,
    plan: 'Team',
    seats: 5,
    seatsUsed: 2,
    access: 'granted',
    quota: { limit: 10, used: 3 },
    ...more,
  })
  return key
}

const asked = (name: string, key: string, parameters = {}) => ({ actionId: actions.get(name)?.id, key, parameters })

async function order(name: string, key: string, parameters = {}, who = anna, typed?: string) {
  const ask = asked(name, key, parameters)
  const shown = await who.send('POST', '/product-operations/preview', ask)
  expect(shown.body).toMatchObject({ previewId: expect.any(String) })
  const preview = shown.body as unknown as RefundPreview
  const body = { previewId: preview.previewId, ...(typed === undefined ? {} : { typed }) }
  const answer = await who.send('POST', '/product-operations', body)
  return { answer, body, preview, id: String(answer.body.id) }
}

const read = async (id: string) => (await anna.get(`/operations/${id}`)).body as unknown as Operation

/** Until it rests; time passes as often as something waits. */
async function rest(id: string): Promise<Operation> {
  for (let round = 0; round < 60; round++) {
    await desk.drain()
    const operation = await read(id)
    if (!['queued', 'running', 'verifying'].includes(operation.state)) return operation
    desk.test.clock.advance({ minutes: 6 })
    await desk.test.desk().enqueue({ name: 'billing.resume-operations' })
  }
  throw new Error('the operation does not come to rest')
}

const effects = (key: string, id: string) => outside.books.find(key)?.effects[id] ?? 0
const outcomes = (operation: Operation) =>
  operation.attempts.map(({ key, outcome }) => `${key === 'look-up' ? '?' : key.split(':')[1]} ${outcome}`)

test('a preview says what will happen, the order does it once, and what came back stands on the customer', async () => {
  const key = account()
  const { answer, preview, body, id } = await order('set_seats', key, { seats: 9 })
  expect(preview.effects[0]).toEqual({ kind: 'product', sentence: `${key} gets 9 seats.` })
  expect(preview).toMatchObject({ outcome: 'proceed', approvals: [] })
  expect(answer.status).toBe(201)
  const again = await Promise.all([
    anna.send('POST', '/product-operations', body),
    anna.send('POST', '/product-operations', body),
  ])
  expect(again.map(({ body }) => body.id)).toEqual([id, id])
  const done = await rest(id)
  expect(done).toMatchObject({
    state: 'done',
    requestedBy: 'Anna',
    product: { title: 'set seats', key },
    sentence: `“set seats” for ${key} was carried out.`,
  })
  expect(outcomes(done)).toEqual(['1 ok'])
  expect(outside.books.find(key)).toMatchObject({ seats: 9 })
  await outside.webhooks.drain()
  const { body: page } = await anna.get('/entitlements?limit=100')
  expect(page.items).toContainEqual(expect.objectContaining({ key, seats: 9, plan: 'Team', access: 'granted' }))
})

const survivable: [ProductFaultKind, string[], string][] = [
  ['error_before', ['1 5xx', '? absent', '? absent', '2 ok'], 'done'],
  ['error_after', ['1 5xx', '? found'], 'done'],
  ['lost_before', ['1 connection_lost', '1 ok'], 'done'],
  ['lost_answer', ['1 connection_lost', '1 ok'], 'done'],
  ['slow', ['1 timeout', '1 ok'], 'done'],
  ['accepted_then_done', ['1 accepted', '? accepted', '? found'], 'done'],
  ['too_many', ['1 429', '1 ok'], 'done'],
  ['busy', ['1 409', '1 ok'], 'done'],
  ['nonsense', ['1 5xx', '? absent', '? absent', '2 ok'], 'done'],
]

test.each(survivable)('%s: it happens once', async (kind, wanted, state) => {
  const key = account()
  outside.faults.add({ kind, times: 1, delayMs: 600 })
  const { id } = await order('set_seats', key, { seats: 7 })
  const operation = await rest(id)
  expect({ state: operation.state, outcomes: outcomes(operation) }).toEqual({ state, outcomes: wanted })
  expect(effects(key, id)).toBe(1)
  expect(outside.books.find(key)).toMatchObject({ seats: 7 })
})

test('what fails after all is failed, and what is only said to be done is unknown', async () => {
  const failing = account()
  outside.faults.add({ kind: 'accepted_then_failed', times: 1, delayMs: 1 })
  const failed = await rest((await order('set_seats', failing, { seats: 7 })).id)
  expect(failed).toMatchObject({ state: 'failed', sentence: expect.stringContaining('could not do it after all') })
  expect(outside.books.find(failing)).toMatchObject({ seats: 5 })

  outside.faults.add({ kind: 'lies', times: 1, delayMs: 1 })
  const lying = account()
  const unknown = await rest((await order('set_seats', lying, { seats: 7 })).id)
  expect(unknown).toMatchObject({ state: 'unknown', sentence: expect.stringContaining('cannot show it') })
  expect((await anna.send('POST', `/operations/${unknown.id}/recheck`)).body).toMatchObject({
    state: 'verifying',
  })
  expect(await rest(unknown.id)).toMatchObject({ state: 'unknown' })

  const refused = await rest((await order('set_seats', account({ seatsUsed: 4 }), { seats: 3 })).id)
  expect(refused).toMatchObject({ state: 'failed', sentence: expect.stringContaining('4 seats are in use') })
  expect(outcomes(refused)).toEqual(['1 4xx'])
})

test('who asked does not approve; a lead does, once; a rejected one never runs', async () => {
  const key = account()
  const { preview, answer, id } = await order('set_seats', key, { seats: 60 }, lena)
  expect(preview.approvals).toMatchObject([{ role: 'lead', because: expect.stringContaining('Seats above 50') }])
  expect(answer.body).toMatchObject({ state: 'awaiting_approval' })
  const decide = (who: Caller, decision: string, approvalId = answer.body.approvalId) =>
    who.send('POST', `/approvals/${approvalId}/${decision}`, { reason: 'looked at it' })
  expect((await lena.get('/approvals?state=open')).body.items).toContainEqual(
    expect.objectContaining({ id: answer.body.approvalId, mayDecide: false, seen: preview }),
  )
  await desk.drain()
  expect(outside.books.find(key)).toMatchObject({ seats: 5 })
  expect(await decide(anna, 'approve')).toMatchObject({ status: 403 })
  expect(await decide(lena, 'approve')).toMatchObject({
    status: 403,
    body: { error: { message: expect.stringContaining('yourself') } },
  })
  expect(await decide(byKey(desk.url, bootKey), 'approve')).toMatchObject({ status: 403 })
  expect(await decide(leadToo, 'approve')).toMatchObject({
    status: 200,
    body: { state: 'approved', decidedBy: { name: 'Leo' } },
  })
  expect(await decide(leadToo, 'approve')).toMatchObject({ status: 409 })
  expect(await rest(id)).toMatchObject({ state: 'done' })

  const other = await order('set_seats', account(), { seats: 61 })
  await decide(leadToo, 'reject', other.answer.body.approvalId)
  expect(await rest(other.id)).toMatchObject({ state: 'rejected', attempts: [] })
})

test('what cannot be undone wants its name typed, and what has not started can be taken back', async () => {
  const key = account()
  const { answer, body } = await order('delete_account', key, {}, anna, 'something else')
  expect(answer).toMatchObject({ status: 400 })
  const made = await anna.send('POST', '/product-operations', { ...body, typed: key })
  expect(made).toMatchObject({ status: 201, body: { state: 'awaiting_approval' } })
  expect(await lena.send('POST', `/operations/${made.body.id}/cancel`)).toMatchObject({ status: 200 })
  expect(await leadToo.send('POST', `/approvals/${made.body.approvalId}/approve`, {})).toMatchObject({ status: 409 })
  expect(await rest(String(made.body.id))).toMatchObject({ state: 'cancelled', attempts: [] })
  expect(outside.books.find(key)).toMatchObject({ access: 'granted' })
})

test('an order is what was shown, by whom, and while it is still so', async () => {
  const key = account()
  const shown = async (who = anna, name = 'set_seats', values: object = { seats: 7 }) =>
    who.send('POST', '/product-operations/preview', asked(name, key, values))
  const order = (who: Caller, previewId: unknown) => who.send('POST', '/product-operations', { previewId })
  const { previewId } = (await shown()).body
  expect(await order(lena, previewId)).toMatchObject({ status: 404 })
  desk.test.clock.advance({ minutes: 15 })
  expect(await order(anna, previewId)).toMatchObject({ status: 409 })

  const before = (await shown()).body.previewId
  const action = actions.get('set_seats')
  const change = { definition: { ...action?.definition, title: 'seats' }, version: action?.version }
  const changed = await admin.send('PUT', `/product-actions/${action?.id}`, change)
  expect(changed.status).toBe(200)
  actions.set('set_seats', changed.body as unknown as ProductAction)
  expect(await order(anna, before)).toMatchObject({ status: 409 })

  expect(await shown(anna, 'set_seats', { seats: 0 })).toMatchObject({ status: 400 })
  expect(await shown(anna, 'set_seats', {})).toMatchObject({ status: 400 })
  expect(await shown(anna, 'reset_quota', {})).toMatchObject({ status: 403 })
})

test('nobody approves in time: it is off, and never runs', async () => {
  const key = account()
  const { id } = await order('set_seats', key, { seats: 60 })
  desk.test.clock.advance({ hours: 24 * 8 })
  await desk.test.desk().enqueue({ name: 'billing.expire-approvals' })
  expect(await rest(id)).toMatchObject({ state: 'expired', attempts: [] })
  expect(outside.books.find(key)).toMatchObject({ seats: 5 })
})

test('what needs somebody with authority is refused in words where nobody asked', async () => {
  const made = await admin.send('POST', '/product-actions', define('change_email', { needsAuthority: true }))
  const { body } = await anna.send('POST', '/product-operations/preview', {
    actionId: made.body.id,
    key: account(),
    parameters: {},
  })
  expect(body).toMatchObject({
    outcome: 'refuse',
    reasons: [{ code: 'nobody_asked', sentence: expect.stringContaining('Run it from the ticket') }],
  })
  expect(await anna.send('POST', '/product-operations', { previewId: body.previewId })).toMatchObject({
    status: 422,
  })
})

test('two operations on one account never run at once, and both happen', async () => {
  const key = account()
  const first = await order('set_seats', key, { seats: 8 })
  const second = await order('revoke_access', key)
  await Promise.all([desk.drain(), desk.drain()])
  expect(await rest(first.id)).toMatchObject({ state: 'done' })
  expect(await rest(second.id)).toMatchObject({ state: 'done' })
  expect(outside.books.find(key)).toMatchObject({ seats: 8, access: 'revoked' })
})

test('webhooks of the product: signed, once each, and in any order', async () => {
  const send = async (seatsNow: number, minute: number, id: string, secret = secrets.webhooks) => {
    const data = {
      key: 'ws_hook',
      kind: 'workspace',
      email: 'a@acme.test',
      access: 'granted',
      seats: seatsNow,
      occurredAt: `2026-11-01T09:0${minute}:00Z`,
    }
    const body = JSON.stringify({ type: 'entitlement.updated', data })
    const headers = signedHeaders(secret, body, desk.test.clock.now().epochMilliseconds, id)
    const answer = await fetch(`${desk.url}/hooks/product`, { method: 'POST', headers, body })
    return { status: answer.status, ...((await answer.json()) as { outcome?: string }) }
  }
  expect(await send(3, 3, 'msg_3')).toMatchObject({ status: 200, outcome: 'new' })
  expect(await send(3, 3, 'msg_3')).toMatchObject({ status: 200, outcome: 'known' })
  expect(await send(1, 1, 'msg_1')).toMatchObject({ status: 200, outcome: 'older' })
  expect(await send(4, 4, 'msg_4', 'whsec_bm90IHRoZSBzZWNyZXQ=')).toMatchObject({ status: 400 })
  expect(await send(4, 4, 'msg_4')).toMatchObject({ status: 200, outcome: 'changed' })
  const bad = '{"type":"entitlement.updated","data":{"key":"x"}}'
  const now = desk.test.clock.now().epochMilliseconds
  const post = (body: string, at: number) =>
    fetch(`${desk.url}/hooks/product`, { method: 'POST', body, headers: signedHeaders(secrets.webhooks, body, at) })
  expect((await post(bad, now)).status).toBe(400)
  expect((await post('{}', now - 301_000)).status).toBe(400)
})

test('the product’s word that something has ended makes the desk ask at once, and is not believed by itself', async () => {
  const key = account()
  outside.faults.add({ kind: 'accepted_then_done', times: 1, delayMs: 1 })
  const { id } = await order('set_seats', key, { seats: 7 })
  await desk.drain()
  expect(outcomes(await read(id))).toEqual(['1 accepted'])
  const steps: (string | string[])[] = []
  for (let told = 0; told < 2; told++) {
    await outside.webhooks.ended(id)
    await desk.drain()
    const operation = await read(id)
    steps.push(operation.state, outcomes(operation))
  }
  expect(steps).toEqual(['running', ['1 accepted', '? accepted'], 'done', ['1 accepted', '? accepted', '? found']])
})

test('addresses inside are refused as they are declared, and secrets are never shown again', async () => {
  for (const endpoint of [
    'http://example.com/act',
    'https://127.0.0.1/act',
    'https://[::1]/act',
    'https://10.1.2.3/act',
    'https://169.254.169.254/latest',
    'https://localhost/act',
    'https://0x7f.1/act',
    'https://a:b@example.com/',
    'ftp://example.com',
  ])
    expect(await admin.send('POST', '/product-actions', define('inside', { endpoint })), endpoint).toMatchObject({
      status: 400,
    })
  const { body } = await admin.get('/product-port')
  expect(JSON.stringify(body)).not.toContain(secrets.calls)
  const { rows } = await desk.test.world.pool.query<{ sealed: string }>('select sealed from product_secrets')
  expect(rows.length).toBe(2)
  expect(JSON.stringify(rows)).not.toContain(secrets.calls)
  const id = actions.get('set_seats')?.id
  expect((await admin.send('POST', `/product-actions/${id}/test`)).body).toMatchObject({ ok: true })
})
