import { afterAll, beforeAll, expect, test } from 'vitest'
import { stripeWorld } from '#test/bad-input/populate-billing.ts'
import { stripeByKey } from '#test/billing/stripe-by-key.ts'
import type { StripeWorld } from '#test/billing/stripe-world.ts'
import { firstAdmin, type Caller, type Json } from '#test/caller.ts'
import { webDesk, type WebDesk } from '#test/web-desk.ts'

const keys = { first: 'sk_test_first', second: 'sk_test_second' }
const second = 'acct_2Second_test'

let worlds: { first: StripeWorld; second: StripeWorld }
let address: Awaited<ReturnType<typeof stripeByKey>>
let desk: WebDesk
let admin: Caller

beforeAll(async () => {
  worlds = { first: await stripeWorld(), second: await stripeWorld() }
  await worlds.second.control('POST', '/account', { id: 'acct_2Second' })
  address = await stripeByKey({
    [keys.first]: worlds.first.base,
    sk_test_rolled: worlds.second.base,
    [keys.second]: worlds.second.base,
  })
  desk = await webDesk({
    LOG_LEVEL: 'silent',
    STRIPE_API_BASE: address.base,
    STRIPE_SECRET_KEY: keys.first,
    STRIPE_WEBHOOK_SECRET: 'whsec_first',
  })
  admin = await firstAdmin(desk.url, desk.setupUrl)
  await worlds.first.control('POST', '/endpoints', { url: `${desk.url}/hooks/stripe`, secret: 'whsec_first' })
  await desk.drain()
}, 60_000)
afterAll(async () => {
  await desk?.close()
  address?.close()
  await worlds?.first.close()
  await worlds?.second.close()
})

const sql = async (text: string, values: unknown[] = []): Promise<Json[]> =>
  (await desk.test.world.pool.query(text, values)).rows
const connect = (body: object) => admin.send('POST', '/billing/accounts', { label: 'Second shop', ...body })

/** Until both Stripes have told everything and the desk has taken it in. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await worlds.first.webhooks.drain()
    await worlds.second.webhooks.drain()
    // What the clock does each minute, for every account.
    await desk.test.desk().enqueue({ name: 'billing.webhooks' })
    await desk.drain()
  }
}

/** A customer who paid at one of the Stripes. */
async function paid({ stripe }: StripeWorld, email: string): Promise<{ customer: string; charge: string }> {
  const { id } = await stripe.customers.create({ email, name: 'Ada Rivera' })
  const intent = await stripe.paymentIntents.create({
    amount: 5000,
    currency: 'usd',
    customer: id,
    payment_method: 'pm_card_visa',
    confirm: true,
  })
  return { customer: id, charge: String(intent.latest_charge) }
}

const accountsOf = (id: string) =>
  sql('select distinct stripe_account as account from mirror_objects where id = $1', [id])

test('a key that is wrong, of the other mode, or of the account that is there is refused, and nothing is kept', async () => {
  expect(await connect({ secretKey: 'sk_test_wrong' })).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining('Invalid API Key provided') } },
  })
  expect(await connect({ secretKey: 'sk_live_1' })).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining('a live key belongs to a desk of its own') } },
  })
  expect(await connect({ secretKey: keys.first })).toMatchObject({ status: 409 })
  expect(await sql('select from stripe_accounts')).toEqual([])
  expect((await admin.get('/billing/accounts')).body.items).toMatchObject([{ id: 'test', isFirst: true }])
})

test('a further account is copied, keeps its key sealed, and hears of changes at a hook of its own', async () => {
  const before = await paid(worlds.second, 'early@example.com')
  const made = await connect({ secretKey: keys.second, signingSecret: 'whsec_second' })
  expect(made).toMatchObject({ status: 201, body: { id: second, isFirst: false, hears: 'configured' } })
  expect(JSON.stringify(made.body)).not.toContain(keys.second)
  expect(JSON.stringify(await sql('select * from stripe_accounts'))).not.toContain(keys.second)
  expect(await sql(`select data from events where type = 'stripe_account.connected'`)).toMatchObject([
    { data: { account: second, mode: 'test' } },
  ])
  await desk.drain()
  expect(await accountsOf(before.charge)).toEqual([{ account: second }])
  await worlds.second.control('POST', '/endpoints', { url: made.body.hookUrl, secret: 'whsec_second' })
})

test('what happens at one account never touches what is kept of the other', async () => {
  const [one, other] = [await paid(worlds.first, 'ada@example.com'), await paid(worlds.second, 'ada@example.com')]
  await settle()
  expect([await accountsOf(one.charge), await accountsOf(other.charge)]).toEqual([
    [{ account: 'test' }],
    [{ account: second }],
  ])
  const rows = (account: string) =>
    sql('select * from mirror_objects where stripe_account = $1 order by kind, id', [account])
  const [first, events] = [await rows('test'), await sql(`select from webhook_events where stripe_account = 'test'`)]
  await worlds.second.stripe.refunds.create({ charge: other.charge, amount: 700 })
  await worlds.second.stripe.customers.update(other.customer, { name: 'Ada Other' })
  await settle()
  expect(await rows('test')).toEqual(first)
  expect(await sql(`select from webhook_events where stripe_account = 'test'`)).toHaveLength(events.length)
  expect(
    await sql(`select data ->> 'amount_refunded' as back from mirror_objects where id = $1`, [other.charge]),
  ).toEqual([{ back: '700' }])
})

test('an event of one account is refused at the hook of the other', async () => {
  const stored = () => sql('select from webhook_events')
  const before = await stored()
  await worlds.second.control('POST', '/endpoints', { url: `${desk.url}/hooks/stripe`, secret: 'whsec_second' })
  await worlds.second.control('POST', '/endpoints', {
    url: `${desk.url}/hooks/stripe/acct_nobody`,
    secret: 'whsec_other',
  })
  const customer = await worlds.second.stripe.customers.create({ email: 'third@example.com' })
  await worlds.second.webhooks.drain()
  expect(await stored()).toHaveLength(before.length + 1)
  await settle()
  expect(await accountsOf(customer.id)).toEqual([{ account: second }])
})

test('a person is linked at each account, and money moves where their customer is', async () => {
  const ticket = await admin.send('POST', '/tickets', {
    subject: 'Both',
    requester: { email: 'both@example.com', name: 'Both Rivera' },
    direction: 'inbound',
    message: { text: 'Please' },
  })
  const contactId = ticket.body.requester.id
  const [one, other] = [await paid(worlds.first, 'both@example.com'), await paid(worlds.second, 'both@example.com')]
  await settle()
  for (const { customer } of [one, other])
    expect(await admin.send('POST', '/billing-links', { contactId, customer, reason: 'They said so' })).toMatchObject({
      status: 201,
    })
  const { customers } = (await admin.get(`/contacts/${contactId}/billing`)).body
  expect(customers.map(({ link, charges }: Json) => [link.account, link.customer, charges[0]?.id])).toEqual([
    ['test', one.customer, one.charge],
    [second, other.customer, other.charge],
  ])
  await admin.send('POST', `/tickets/${ticket.body.id}/authority`, { reason: 'They called from the number we know' })
  const shown = await admin.send('POST', '/refunds/preview', {
    charge: other.charge,
    cause: 'goodwill',
    ticketId: ticket.body.id,
    amount: 300,
  })
  const ordered = await admin.send('POST', '/refunds', { previewId: shown.body.previewId, amount: 300 })
  expect(ordered).toMatchObject({ status: 201, body: { account: second } })
  await desk.drain()
  await settle()
  expect((await admin.get(`/operations/${ordered.body.id}`)).body).toMatchObject({ state: 'done' })
  expect(await worlds.second.books(other.charge)).toMatchObject({ refunded: 300 })
  expect(await worlds.first.books(one.charge)).toMatchObject({ refunded: 0 })
})

test('a key is rolled by connecting again; a disconnected account is left alone until it comes back', async () => {
  expect(await connect({ secretKey: 'sk_test_rolled', label: 'Shop two' })).toMatchObject({
    status: 201,
    body: { id: second, label: 'Shop two', hears: 'configured' },
  })
  expect((await admin.get(`/billing/mirror?account=${second}`)).body).toMatchObject({ account: second, mode: 'test' })
  expect(await admin.send('DELETE', '/billing/accounts/test')).toMatchObject({ status: 409 })
  expect(await admin.send('DELETE', `/billing/accounts/${second}`)).toMatchObject({ status: 200 })
  expect(await sql('select sealed_key, sealed_signing_secret from stripe_accounts')).toEqual([
    { sealed_key: null, sealed_signing_secret: null },
  ])
  expect((await admin.get('/billing/accounts')).body.items).toHaveLength(1)
  expect(await admin.get(`/billing/mirror?account=${second}`)).toMatchObject({ status: 404 })
  const away = await paid(worlds.second, 'away@example.com')
  await settle()
  expect(await accountsOf(away.charge)).toEqual([])
  await connect({ secretKey: keys.second })
  await desk.drain()
  expect(await accountsOf(away.charge)).toEqual([{ account: second }])
})
