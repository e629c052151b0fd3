import { afterAll, beforeAll, expect, test } from 'vitest'
import { pathOf, type Endpoint } from '#contract/endpoint.ts'
import { goodRequest, nameOf } from '#test/bad-input/requests.ts'
import { idPrefixOf, inputSchema } from '#test/bad-input/json-schema.ts'
import type { KnownIds } from '#test/bad-input/example.ts'
import { examplesFor } from '#test/bad-input/examples.ts'
import { watchDatabase, type Watch } from '#test/bad-input/fingerprint.ts'
import { populate } from '#test/bad-input/populate.ts'
import { populateBilling, stripeWorld } from '#test/bad-input/populate-billing.ts'
import type { StripeWorld } from '#test/billing/stripe-world.ts'
import { byKey, firstAdmin, joined, type Answered, type Caller } from '#test/caller.ts'
import { declaredEndpoints } from '#test/declared-endpoints.ts'
import { webDesk, type WebDesk } from '#test/web-desk.ts'

const everyRole = ['agent', 'lead', 'finance', 'admin']

let stripe: StripeWorld
let desk: WebDesk
let admin: Caller
/** May do everything, and sees the tickets of the second line only. */
let outsider: Caller
/** Asked for the refund that waits. */
let colleague: Caller
let known: KnownIds
let watch: Watch
let endpoints: Endpoint[]

beforeAll(async () => {
  stripe = await stripeWorld()
  desk = await webDesk({ LOG_LEVEL: 'silent', STRIPE_API_BASE: stripe.base })
  admin = await firstAdmin(desk.url, desk.setupUrl)
  const populated = await populate(desk, admin)
  colleague = populated.colleague
  known = await populateBilling(desk, stripe, admin, colleague, populated.known)
  const invitation = { name: 'Outsider', email: 'outsider@example.com', roles: everyRole, visibility: 'teams' }
  outsider = (await joined(desk.url, admin, { ...invitation, teamIds: [known.tea] })).caller
  watch = await watchDatabase(desk.test.world.pool)
  endpoints = await declaredEndpoints()
})
afterAll(async () => {
  await desk?.close()
  await stripe?.close()
})

function call(
  caller: Caller,
  endpoint: Endpoint,
  good = goodRequest(endpoint, known, examplesFor(known)),
): Promise<Answered> {
  const path = pathOf(endpoint, good.params).slice('/api/v1'.length)
  return caller.send(endpoint.method, `${path}?${new URLSearchParams(good.query)}`, good.body)
}

/** Of a ticket, or of something that hangs on one. */
function isOfTicket(endpoint: Endpoint): boolean {
  const field = endpoint.params && inputSchema(endpoint.params).properties?.id
  return ['tkt', 'msg', 'op', 'apr'].includes((field && idPrefixOf(field)) ?? '')
}

test('what hangs on a ticket of another team is not there, for reading and for writing', async () => {
  const wrong: string[] = []
  for (const endpoint of endpoints.filter((each) => isOfTicket(each))) {
    const { status, body } = await call(outsider, endpoint)
    if (status !== 404) wrong.push(`${nameOf(endpoint)} answered ${status} ${JSON.stringify(body).slice(0, 120)}`)
    for (const table of await watch.changed()) wrong.push(`${nameOf(endpoint)} changed ${table}`)
  }
  expect(wrong).toEqual([])
})

test('no list, count, search or report tells of a ticket of another team', async () => {
  const { tkt = '', msg = '', op = '', apr = '' } = known
  const told: string[] = []
  const lists = endpoints.filter((each) => each.method === 'GET' && !isOfTicket(each))
  for (const endpoint of lists) {
    const { body } = await call(outsider, endpoint)
    const text = JSON.stringify(body)
    for (const secret of [tkt, msg, op, apr, 'Where is my invoice', 'I cannot find it'])
      if (text.includes(secret)) told.push(`${nameOf(endpoint)} tells ${secret}`)
  }
  for (const path of [
    '/tickets?view=all',
    '/tickets',
    `/tickets?requesterId=${known.con}`,
    '/search?q=invoice',
    '/search?q=1001',
    '/search?q=customer@example.org',
    '/audit',
    '/operations',
    '/approvals',
  ])
    if (JSON.stringify((await outsider.get(path)).body).includes(tkt)) told.push(`${path} tells ${tkt}`)
  const { body } = await outsider.get('/views')
  for (const { id, count } of body.items) if (count !== 0) told.push(`/views counts ${count} in ${id}`)
  expect(told).toEqual([])
})

test('a body that names a ticket of another team is refused as one that names none', async () => {
  const preview = await outsider.send('POST', '/refunds/preview', {
    charge: known.charge,
    cause: 'goodwill',
    ticketId: known.tkt,
  })
  expect(preview).toMatchObject({ status: 404, body: { error: { message: 'There is no such ticket.' } } })
  expect(await watch.changed()).toEqual([])
})

test('somebody who hands a ticket over is answered with it, and then has it no more', async () => {
  const opened = await outsider.send('POST', '/tickets', {
    subject: 'Ours, for now',
    requester: { email: 'another@example.net' },
    direction: 'inbound',
    message: { text: 'Hello' },
  })
  expect(opened).toMatchObject({ status: 201, body: { teamId: known.tea } })
  const [first] = (await admin.get('/teams')).body.items
  const handed = await outsider.send('PATCH', `/tickets/${opened.body.id}`, { teamId: first.id })
  expect(handed).toMatchObject({ status: 200, body: { teamId: first.id } })
  expect((await outsider.get(`/tickets/${opened.body.id}`)).status).toBe(404)
  expect((await admin.get(`/tickets/${opened.body.id}`)).status).toBe(200)
})

test('a draft is its writer’s own', async () => {
  const path = `/tickets/${known.tkt}/draft`
  await colleague.send('PUT', path, { kind: 'note', html: '<p>Mine</p>' })
  expect((await admin.get(path)).body).toEqual({ draft: null })
  expect((await admin.send('DELETE', path)).status).toBe(200)
  expect((await colleague.get(path)).body.draft.html).toContain('Mine')
})

test('a file goes with a message of the ticket it was uploaded to, and with no other', async () => {
  const [ticket] = (await admin.get('/tickets?view=next')).body.items.filter(
    (each: { id: string }) => each.id !== known.tkt,
  )
  await watch.changed()
  const stolen = await admin.send('POST', `/tickets/${ticket.id}/messages`, {
    kind: 'note',
    text: 'x',
    attachments: [known.att],
  })
  expect(stolen).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } })
  expect(await watch.changed()).toEqual([])
})

test('nobody refunds on what somebody else was shown, or approves what they asked for', async () => {
  const lead = (await joined(desk.url, admin, { name: 'A Lead', email: 'lead@example.com', roles: ['agent', 'lead'] }))
    .caller
  const preview = await lead.send('POST', '/refunds/preview', {
    charge: known.charge,
    cause: 'goodwill',
    ticketId: known.tkt,
    amount: 5000,
  })
  expect(preview.status).toBe(200)
  await watch.changed()
  expect(await admin.send('POST', '/refunds', { previewId: preview.body.previewId, amount: 5000 })).toMatchObject({
    status: 404,
  })
  expect(await colleague.send('POST', `/approvals/${known.apr}/approve`, {})).toMatchObject({ status: 403 })
  expect(await watch.changed()).toEqual([])
})

test('a key is no more than its owner, whose own requests it may not approve', async () => {
  const lead = await joined(desk.url, admin, {
    name: 'Lead Who Asks',
    email: 'asks@example.com',
    roles: ['agent', 'lead', 'admin'],
  })
  const shown = await lead.caller.send('POST', '/refunds/preview', {
    charge: known.charge,
    cause: 'goodwill',
    ticketId: known.tkt,
    amount: 5000,
  })
  const asked = await lead.caller.send('POST', '/refunds', {
    previewId: shown.body.previewId,
    amount: 5000,
    reason: 'Asked for',
  })
  expect(asked.body.state).toBe('awaiting_approval')
  const made = await lead.caller.send('POST', '/api-keys', { name: 'mine', role: 'lead' })
  const key = byKey(desk.url, String(made.body.secret))
  const refused = await key.send('POST', `/approvals/${asked.body.approvalId}/approve`, { reason: 'Because' })
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
  const finance = await lead.caller.send('POST', '/api-keys', { name: 'more than me', role: 'finance' })
  expect(finance).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
})
