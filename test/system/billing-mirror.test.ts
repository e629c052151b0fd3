import { Stripe } from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContactBilling } from '#contract/billing.ts'
import { readContactBilling } from '../../server/modules/billing/views/contact-billing.ts'
import { readExplanation } from '../../server/modules/billing/views/explanation.ts'
import { compareEvents } from '../../server/modules/billing/actions/compare-events.ts'
import { createLink, decideLink } from '../../server/modules/billing/actions/decide-link.ts'
import { findOrMakeContact } from '#modules/customers/index.ts'
import { startBillingDesk, type BillingDesk } from '#test/billing/billing-desk.ts'

let desk: BillingDesk
beforeAll(async () => {
  desk = await startBillingDesk()
})
afterAll(() => desk.stop())

async function facts(email: string): Promise<ContactBilling> {
  const contact = await desk.person(email, 'Ada Rivera')
  return readContactBilling(desk.desk(), contact)
}

async function confirmed(email: string): Promise<ContactBilling['customers'][number]> {
  const { proposals } = await facts(email)
  if (proposals[0]) await decideLink(desk.desk(), proposals[0].id, 'confirmed')
  const [customer] = (await facts(email)).customers
  if (!customer) throw new Error('no customer is linked')
  return customer
}

test('what is bought at Stripe shows in the facts, explained, after the link is confirmed', async () => {
  const { charge, customer } = await desk.shop({ email: 'ada@example.com' })
  await desk.settle()
  const first = await facts('ada@example.com')
  expect(first.customers).toEqual([])
  expect(first.proposals).toMatchObject([
    { customer, state: 'proposed', strength: 'strong', reason: 'Same address, ada@example.com, verified by DMARC.' },
  ])
  const shown = await confirmed('ada@example.com')
  expect(shown).toMatchObject({
    stale: false,
    subscriptions: [{ plan: 'Pro, monthly', status: 'active', unit: { amount: 4900, currency: 'USD' } }],
    charges: [{ id: charge, money: { amount: 4900, currency: 'USD' }, card: 'Visa 4242', refunds: [], dispute: null }],
    invoices: [{ status: 'paid', chargeId: charge }],
  })
  expect(shown.asOf).not.toBeNull()
  expect(shown.charges[0]?.invoiceId).toBe(shown.invoices[0]?.id)
  const explanation = await readExplanation(desk.desk(), charge)
  expect(explanation).toMatchObject({ closes: true, faultLine: null })
  expect(explanation.lines).toMatchObject([{ what: 'Pro', money: { amount: 4900, currency: 'USD' } }])
})

test('our id in the metadata of a customer links without anybody’s help', async () => {
  const contact = await desk.person('meta@example.com', 'Meta')
  await desk.shop({ email: 'elsewhere@example.com', metadata: { mainstay_owner: contact } })
  await desk.settle()
  const { customers } = await readContactBilling(desk.desk(), contact)
  expect(customers).toMatchObject([{ link: { state: 'confirmed', strength: 'certain' } }])
})

test('who is met before being verified is proposed on weak evidence, which gives way to better', async () => {
  await desk.shop({ email: 'eve@example.com' })
  await desk.settle()
  const met = desk.desk().transaction((tx) => findOrMakeContact(tx, { email: 'eve@example.com', name: 'Eve' }))
  const proposals = async () => (await readContactBilling(desk.desk(), (await met).id)).proposals
  expect(await proposals()).toMatchObject([{ strength: 'weak' }])
  await desk.person('eve@example.com', 'Eve')
  expect(await proposals()).toMatchObject([{ strength: 'strong', reason: expect.stringContaining('DMARC') }])
})

test('a rejected pair is not proposed again, whatever happens to the customer, and a hand may still link it', async () => {
  const { customer } = await desk.shop({ email: 'fay@example.com' })
  await desk.settle()
  const contact = await desk.person('fay@example.com', 'Fay')
  const proposed = await readContactBilling(desk.desk(), contact)
  await decideLink(desk.desk(), proposed.proposals[0]?.id ?? 'lnk_', 'rejected')
  await desk.stripe.customers.update(customer, { name: 'Fay Other' })
  await desk.settle()
  expect(await readContactBilling(desk.desk(), contact)).toEqual({ customers: [], proposals: [] })
  await createLink(desk.desk(), { contactId: contact, customer, reason: 'She named the invoice' })
  expect(await readContactBilling(desk.desk(), contact)).toMatchObject({
    customers: [{ link: { state: 'confirmed', reason: 'She named the invoice', customerName: 'Fay Other' } }],
  })
})

test('webhooks duplicated, reordered and late bring the mirror to the same end', async () => {
  await desk.control('POST', '/webhooks', { duplicate: 2, reorder: true, delayMs: 20 })
  const { customer, charge, subscription } = await desk.shop({ email: 'bob@example.com' })
  await desk.stripe.refunds.create({ charge, amount: 900 })
  await desk.stripe.subscriptions.update(subscription, { cancel_at_period_end: true })
  await new Promise((resolve) => setTimeout(resolve, 250))
  await desk.settle()
  await desk.control('POST', '/webhooks', {})
  const shown = await confirmed('bob@example.com')
  expect(shown.link.customer).toBe(customer)
  expect(shown.charges).toMatchObject([{ refunded: { amount: 900 }, refunds: [{ money: { amount: 900 } }] }])
  expect(shown.subscriptions[0]?.endsAt).not.toBeNull()
  expect(shown.subscriptions[0]?.nextCharge).toBeNull()
  const { rows } = await desk.world.pool.query('select count(*) as n, count(distinct id) as ids from webhook_events')
  expect(rows[0].n).toBe(rows[0].ids)
})

test('events that no webhook brought are found by comparing with Stripe’s list', async () => {
  await desk.control('POST', '/webhooks', { drop: true })
  const { customer } = await desk.shop({ email: 'carl@example.com' })
  await desk.settle()
  await desk.control('POST', '/webhooks', {})
  expect((await facts('carl@example.com')).proposals).toEqual([])
  expect(await compareEvents(desk.desk())).toBeGreaterThan(5)
  expect(await compareEvents(desk.desk())).toBe(0)
  await desk.settle()
  expect((await facts('carl@example.com')).proposals).toMatchObject([{ customer }])
})

test('a customer deleted at Stripe is proposed to nobody', async () => {
  const made = await desk.stripe.customers.create({ email: 'gone@example.com' })
  await desk.stripe.customers.del(made.id)
  await desk.settle()
  expect((await facts('gone@example.com')).proposals).toEqual([])
})

test('reads that fail for a while are repeated, and the pane says that it is behind', async () => {
  const shown = await confirmed('ada@example.com')
  await desk.control('POST', '/faults', {
    kind: '500_before',
    match: { method: 'GET', path: '/v1/charges' },
    times: 100,
  })
  await desk.stripe.refunds.create({ charge: shown.charges[0]?.id ?? '', amount: 100 })
  await desk.settle()
  expect((await confirmed('ada@example.com')).stale).toBe(true)
  await desk.control('DELETE', '/faults')
  await desk.advance({ minutes: 6 })
  await desk.desk().enqueue({ name: 'billing.mirror', key: 'billing.mirror' })
  await desk.settle()
  const after = await confirmed('ada@example.com')
  expect(after).toMatchObject({ stale: false, charges: [{ refunded: { amount: 100 } }] })
})

function signedWith(secret: string, body: string, at: number) {
  return Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: at })
}

test('a webhook that is not signed for these bytes, by this secret, now, leaves nothing', async () => {
  const hook = `${desk.served.url}/hooks/stripe`
  const body = JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    type: 'charge.updated',
    data: { object: { id: 'ch_x' } },
  })
  const post = (signature: string | undefined, text = body) =>
    fetch(hook, { method: 'POST', body: text, headers: signature ? { 'stripe-signature': signature } : {} })
  const { rows } = await desk.world.pool.query('select sealed_secret from stripe_connections')
  const secret = desk.world.secrets.decrypt(rows[0].sealed_secret)
  const now = Math.floor(desk.clock.now().epochMilliseconds / 1000)
  const good = signedWith(secret, body, now)
  const refused = [
    await post(undefined),
    await post('nonsense'),
    await post(signedWith('whsec_other', body, now)),
    await post(signedWith(secret, body, now - 301)),
    await post(good, body.replace('ch_x', 'ch_y')),
    await post(signedWith(secret, '{"half', now), '{"half'),
    await post(signedWith(secret, '[]', now), '[]'),
  ]
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400, 400])
  expect((await post(good, 'x'.repeat(1024 * 1024 + 1))).status).toBe(413)
  const stored = () => desk.world.pool.query(`select count(*) as n from webhook_events where id = 'evt_forged'`)
  expect((await stored()).rows[0].n).toBe(0)
  expect((await post(good)).status).toBe(200)
  expect((await post(good)).status).toBe(200)
  expect((await stored()).rows[0].n).toBe(1)
  await desk.settle()
})

test('an endpoint that was lost at Stripe is made again', async () => {
  for await (const endpoint of desk.stripe.webhookEndpoints.list()) await desk.stripe.webhookEndpoints.del(endpoint.id)
  await desk.desk().enqueue({ name: 'billing.connect', key: 'billing.connect' })
  await desk.drain()
  await desk.shop({ email: 'dora@example.com' })
  await desk.settle()
  expect((await facts('dora@example.com')).proposals).toHaveLength(1)
})

test('a desk that meets Stripe late copies what is there, page by page', async () => {
  const late = desk
  await late.world.pool.query('delete from mirror_objects')
  await late.world.pool.query('update stripe_connections set backfill = null')
  await late.desk().enqueue({ name: 'billing.connect', key: 'billing.connect' })
  await late.settle()
  const shown = await confirmed('bob@example.com')
  expect(shown).toMatchObject({ stale: false, charges: [{ refunded: { amount: 900 } }] })
  expect(shown.subscriptions[0]?.plan).toBe('Pro, monthly')
})
