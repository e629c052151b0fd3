import Fastify from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ProductAction, ProductActionDefinition, ProductOperation, ProductPreview } from '#contract/product.ts'
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
  const { previewId, seal, expiresAt } = shown.body as unknown as ProductPreview
  const body = { ...ask, previewId, seal, expiresAt, ...(typed === undefined ? {} : { typed }) }
  return {
    answer: await who.send('POST', '/product-operations', body),
    body,
    preview: shown.body as unknown as ProductPreview,
  }
}

const read = async (id: string) => (await anna.get(`/product-operations/${id}`)).body as unknown as ProductOperation

/** Until it rests; time passes as often as something waits. */
async function rest(id: string): Promise<ProductOperation> {
  for (let round = 0; round < 60; round++) {
    await desk.drain()
    const operation = await read(id)
    if (!['queued', 'running', 'verifying'].includes(operation.state)) return operation
    desk.test.clock.advance({ minutes: 6 })
    await desk.test.desk().enqueue({ name: 'billing.resume-product' })
  }
  throw new Error('the operation does not come to rest')
}

const effects = (key: string, id: string) => outside.books.find(key)?.effects[id] ?? 0
const outcomes = (operation: ProductOperation) =>
  operation.attempts.map(({ key, outcome }) => `${key === 'look-up' ? '?' : key.split(':')[1]} ${outcome}`)

test('a preview says what will happen, the order does it once, and what came back stands on the customer', async () => {
  const key = account()
  const { answer, preview, body } = await order('set_seats', key, { seats: 9 })
  expect(preview.sentences[0]).toBe(`${key} gets 9 seats.`)
  expect(preview).toMatchObject({ approval: null, typed: null })
  expect(answer.status).toBe(201)
  const again = await Promise.all([
    anna.send('POST', '/product-operations', body),
    anna.send('POST', '/product-operations', body),
  ])
  expect(again.map(({ body: { id } }) => id)).toEqual([preview.previewId, preview.previewId])
  const done = await rest(preview.previewId)
  expect(done).toMatchObject({ state: 'done', requestedBy: 'Anna' })
  expect(outcomes(done)).toEqual(['1 ok', '? found'])
  expect(outside.books.find(key)).toMatchObject({ seats: 9 })
  await outside.webhooks.drain()
  const { body: page } = await anna.get('/entitlements?limit=100')
  expect(page.items).toContainEqual(expect.objectContaining({ key, seats: 9, plan: 'Team', access: 'granted' }))
})

const survivable: [ProductFaultKind, string[], string][] = [
  ['error_before', ['1 5xx', '? absent', '? absent', '2 ok', '? found'], 'done'],
  ['error_after', ['1 5xx', '? found', '? found'], 'done'],
  ['lost_before', ['1 connection_lost', '1 ok', '? found'], 'done'],
  ['lost_answer', ['1 connection_lost', '1 ok', '? found'], 'done'],
  ['slow', ['1 timeout', '1 ok', '? found'], 'done'],
  ['accepted_then_done', ['1 accepted', '? accepted', '? found', '? found'], 'done'],
  ['too_many', ['1 429', '1 ok', '? found'], 'done'],
  ['busy', ['1 409', '1 ok', '? found'], 'done'],
  ['nonsense', ['1 5xx', '? absent', '? absent', '2 ok', '? found'], 'done'],
]

test.each(survivable)('%s: it happens once', async (kind, wanted, state) => {
  const key = account()
  outside.faults.add({ kind, times: 1, delayMs: 600 })
  const { preview } = await order('set_seats', key, { seats: 7 })
  const operation = await rest(preview.previewId)
  expect({ state: operation.state, outcomes: outcomes(operation) }).toEqual({ state, outcomes: wanted })
  expect(effects(key, preview.previewId)).toBe(1)
  expect(outside.books.find(key)).toMatchObject({ seats: 7 })
})

test('what fails after all is failed, and what is only said to be done is unknown', async () => {
  const failing = account()
  outside.faults.add({ kind: 'accepted_then_failed', times: 1, delayMs: 1 })
  const failed = await rest((await order('set_seats', failing, { seats: 7 })).preview.previewId)
  expect(failed).toMatchObject({ state: 'failed', sentence: expect.stringContaining('could not do it after all') })
  expect(outside.books.find(failing)).toMatchObject({ seats: 5 })

  outside.faults.add({ kind: 'lies', times: 1, delayMs: 1 })
  const lying = account()
  const unknown = await rest((await order('set_seats', lying, { seats: 7 })).preview.previewId)
  expect(unknown).toMatchObject({ state: 'unknown', sentence: expect.stringContaining('cannot show it') })
  expect((await anna.send('POST', `/product-operations/${unknown.id}/recheck`)).body).toMatchObject({
    state: 'verifying',
  })
  expect(await rest(unknown.id)).toMatchObject({ state: 'unknown' })

  const refused = await rest((await order('set_seats', account({ seatsUsed: 4 }), { seats: 3 })).preview.previewId)
  expect(refused).toMatchObject({ state: 'failed', sentence: expect.stringContaining('4 seats are in use') })
  expect(outcomes(refused)).toEqual(['1 4xx'])
})

test('who asked does not approve; a lead does, once; a rejected one never runs', async () => {
  const key = account()
  const { preview, answer } = await order('set_seats', key, { seats: 60 }, lena)
  expect(preview.approval).toBe('lead')
  expect(answer.body).toMatchObject({ state: 'awaiting_approval', mayDecide: false })
  const decide = (who: Caller, decision: string) =>
    who.send('POST', `/product-operations/${preview.previewId}/decide`, { decision })
  await desk.drain()
  expect(outside.books.find(key)).toMatchObject({ seats: 5 })
  expect(await decide(anna, 'approve')).toMatchObject({ status: 403 })
  expect(await decide(lena, 'approve')).toMatchObject({
    status: 403,
    body: { error: { message: expect.stringContaining('yourself') } },
  })
  expect(await decide(byKey(desk.url, bootKey), 'approve')).toMatchObject({ status: 403 })
  expect(await decide(leadToo, 'approve')).toMatchObject({ status: 200, body: { state: 'queued', decidedBy: 'Leo' } })
  expect(await decide(leadToo, 'approve')).toMatchObject({ status: 409 })
  expect(await rest(preview.previewId)).toMatchObject({ state: 'done' })

  const other = await order('set_seats', account(), { seats: 61 })
  await leadToo.send('POST', `/product-operations/${other.preview.previewId}/decide`, { decision: 'reject' })
  expect(await rest(other.preview.previewId)).toMatchObject({ state: 'rejected', attempts: [] })
})

test('what cannot be undone wants its name typed, and what has not started can be taken back', async () => {
  const key = account()
  const { answer, body, preview } = await order('delete_account', key, {}, anna, 'something else')
  expect(answer).toMatchObject({ status: 400 })
  expect(preview.typed).toBe(key)
  expect((await anna.send('POST', '/product-operations', { ...body, typed: key })).status).toBe(201)
  expect(await lena.send('POST', `/product-operations/${preview.previewId}/cancel`)).toMatchObject({ status: 200 })
  expect(
    await leadToo.send('POST', `/product-operations/${preview.previewId}/decide`, { decision: 'approve' }),
  ).toMatchObject({ status: 409 })
  expect(await rest(preview.previewId)).toMatchObject({ state: 'cancelled', attempts: [] })
  expect(outside.books.find(key)).toMatchObject({ access: 'granted' })
})

test('an order that is not what was shown is refused', async () => {
  const key = account()
  const ask = asked('set_seats', key, { seats: 7 })
  const shown = (await anna.send('POST', '/product-operations/preview', ask)).body as unknown as ProductPreview
  const sealed = { previewId: shown.previewId, seal: shown.seal, expiresAt: shown.expiresAt }
  const later = '2099-01-01T00:00:00Z'
  for (const change of [
    { parameters: { seats: 8 } },
    { key: account() },
    { expiresAt: later },
    { seal: 'x'.repeat(43) },
  ])
    expect(await anna.send('POST', '/product-operations', { ...ask, ...sealed, ...change })).toMatchObject({
      status: 409,
    })
  expect(await lena.send('POST', '/product-operations', { ...ask, ...sealed })).toMatchObject({ status: 409 })
  desk.test.clock.advance({ minutes: 15 })
  expect(await anna.send('POST', '/product-operations', { ...ask, ...sealed })).toMatchObject({ status: 409 })
  expect(await anna.send('POST', '/product-operations/preview', asked('set_seats', key, { seats: 0 }))).toMatchObject({
    status: 400,
  })
  expect(await anna.send('POST', '/product-operations/preview', asked('set_seats', key))).toMatchObject({ status: 400 })
  expect(await anna.send('POST', '/product-operations/preview', asked('reset_quota', key))).toMatchObject({
    status: 403,
  })
})

test('two operations on one account never run at once, and both happen', async () => {
  const key = account()
  const first = await order('set_seats', key, { seats: 8 })
  const second = await order('revoke_access', key)
  await Promise.all([desk.drain(), desk.drain()])
  expect(await rest(first.preview.previewId)).toMatchObject({ state: 'done' })
  expect(await rest(second.preview.previewId)).toMatchObject({ state: 'done' })
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
