import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startDesk } from '../mail/fake-desk.fixture.ts'
import { startEmulators, type Emulators } from '../start.ts'

let desk: Awaited<ReturnType<typeof startDesk>>
let emulators: Emulators
beforeAll(async () => {
  desk = await startDesk()
  emulators = await startEmulators({
    port: 0,
    smtpPort: 0,
    deskSmtp: { host: '127.0.0.1', port: desk.port },
    deskUrl: 'http://desk.test',
  })
})
afterAll(async () => {
  await emulators.stop()
  await desk.stop()
})
beforeEach(async () => {
  await act('reset')
  desk.arrived.length = 0
})

type Done = { ok: boolean; message: string; goto?: string }

async function page(path: string) {
  const response = await fetch(emulators.url + path, { headers: { accept: 'text/html' } })
  return {
    status: response.status,
    policy: response.headers.get('content-security-policy'),
    text: await response.text(),
  }
}
async function act(action: string, body: object = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${emulators.url}/world/actions/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, done: (await response.json()) as Done }
}
const letter = {
  from: 'ann@acme.test',
  fromName: 'Ann Rivera',
  to: 'support@desk.test',
  subject: 'Charged twice',
  text: 'Why?',
}
const subscriber = {
  name: 'Ann Rivera',
  email: 'ann@acme.test',
  plan: 'world-pro-usd',
  quantity: '1',
  card: 'pm_card_visa',
}

test('every empty page says that all is emulated and what to do first', async () => {
  for (const [path, words] of [
    ['/', 'Write the first mail to support@localhost'],
    ['/write', 'Send mail'],
    ['/payments', 'Stripe has no customers yet'],
    ['/payments/new', 'Create customer'],
    ['/product', 'Run a product action beside a ticket'],
    ['/faults', 'Nothing is broken'],
    ['/clock', 'the same as real time'],
  ] as const) {
    const { status, text, policy } = await page(path)
    expect(status, path).toBe(200)
    expect(text, path).toContain(words)
    expect(text, path).toContain('Everything here is emulated. No mail leaves this machine, no money moves.')
    expect(policy, path).toContain("script-src 'self'")
    expect(text, path).not.toMatch(/ on\w+=| style=|<script>/)
  }
})

test('a mail written on the page reaches the desk and shows with the person who wrote it', async () => {
  const { done } = await act('write', letter)
  expect(done).toMatchObject({ ok: true, goto: '/mail/ann%40acme.test' })
  expect(desk.arrived).toHaveLength(1)
  const { text } = await page('/mail/ann@acme.test')
  expect(text).toContain('Charged twice')
  expect((await page('/')).text).toContain('Ann Rivera')
})

test('hostile names, subjects and bodies never become markup of the page', async () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
  await act('write', {
    ...letter,
    fromName: hostile,
    subject: hostile,
    text: `${hostile} https://x.test/"onmouseover="alert(1)`,
  })
  await act('new-customer', { ...subscriber, name: hostile })
  for (const path of ['/', '/mail/ann@acme.test', '/write?from=%22%3E%3Cscript%3E&name=%3Cscript%3E', '/payments']) {
    const { text } = await page(path)
    expect(text, path).not.toContain('<script>')
    expect(text, path).not.toContain('<img src=x')
    expect(text, path).not.toContain('"onmouseover')
  }
  expect((await page('/mail/ann@acme.test')).text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

test('markup of a mail is shown only in a sandboxed frame that may run nothing', async () => {
  const send = { from: 'ann@acme.test', to: 'support@desk.test', html: '<script>alert(1)</script><b>bold</b>' }
  const answer = await fetch(`${emulators.url}/control/mail/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(send),
  })
  const { id } = (await answer.json()) as { id: string }
  const { text } = await page('/mail/ann@acme.test')
  expect(text).toMatch(/sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"/)
  expect(text).not.toContain('<b>bold</b>')
  const frame = await page(`/world/letters/${id}`)
  expect(frame.text).toContain('<b>bold</b>')
  expect(frame.policy).toMatch(/default-src 'none'.*sandbox allow-same-origin allow-popups/)
  expect(frame.policy).not.toContain('allow-scripts')
})

test('what the desk refuses is said in its own words', async () => {
  const { done } = await act('write', { ...letter, to: 'nobody@desk.test' })
  expect(done).toMatchObject({ ok: false, message: expect.stringContaining('550') })
})

test('a new customer is subscribed and paid, and is shown with plan, charge and invoice', async () => {
  const { done } = await act('new-customer', subscriber)
  expect(done).toMatchObject({ ok: true, goto: expect.stringMatching(/^\/payments\/cus_/) })
  const { text } = await page(done.goto ?? '')
  for (const words of ['Ann Rivera', 'Pro · 49.00 USD a month', '49.00 USD', 'active', 'paid', 'Renew now'])
    expect(text).toContain(words)
  expect((await page('/payments')).text).toContain('Pro · 49.00 USD a month')
})

test('charging again, a dispute, a renewal and a failing payment happen at Stripe', async () => {
  const { done } = await act('new-customer', subscriber)
  const where = done.goto ?? ''
  const [charge] = /ch_\w+/.exec((await page(where)).text) ?? []
  const [subscription] = /sub_\w+/.exec((await page(where)).text) ?? []
  expect(await act('charge-again', { charge })).toMatchObject({ done: { ok: true, message: 'Charged 49.00 USD.' } })
  expect(await act('renew', { subscription })).toMatchObject({ done: { ok: true } })
  expect(new Set((await page(where)).text.match(/ch_\w+/g)).size).toBe(3)
  expect(await act('dispute', { charge })).toMatchObject({ done: { ok: true } })
  expect((await page(where)).text).toContain('needs response')
  const [dispute] = /(?:du|dp)_\w+/.exec((await page(where)).text) ?? []
  expect(await act('close-dispute', { dispute, outcome: 'lost' })).toMatchObject({ done: { ok: true } })
  expect((await page(where)).text).toContain('>lost<')
  const [customer] = /cus_\w+/.exec(where) ?? []
  expect(await act('charge', { customer, amount: '12.5', currency: 'usd' })).toMatchObject({
    done: { message: 'Charged 12.50 USD.' },
  })
  expect(await act('charge', { customer, amount: '12.555', currency: 'usd' })).toMatchObject({ done: { ok: false } })
  await act('fail-next-payment')
  expect(await act('charge-again', { charge })).toMatchObject({
    done: { ok: false, message: expect.stringContaining('declined') },
  })
})

test('faults are turned on and off, and counted beside the tab', async () => {
  await act('add-mail-fault', { kind: 'greylist', recipient: 'ann@acme.test', times: '2' })
  await act('add-stripe-fault', { kind: '500_after', path: '/v1/refunds', times: '1' })
  const { text } = await page('/faults')
  expect(text).toContain('Mail: Greylisting')
  expect(text).toContain('Stripe: Error after the effect')
  expect(text).toContain('<b class="count" title="faults that are on">2</b>')
  await act('clear-faults')
  expect((await page('/faults')).text).toContain('Nothing is broken')
})

test('webhooks behave as the form says', async () => {
  await act('webhooks', { duplicate: 'on', late: 'on', seconds: '7' })
  const { text } = await page('/faults')
  expect(text.match(/ checked/g)).toHaveLength(2)
  expect(text).toContain('value="7"')
})

test('the clock moves from the page', async () => {
  await act('move-clock', { advanceMs: String(86_400_000) })
  expect((await page('/clock')).text).toContain('1 day ahead of real time')
})

test('forms answer wrong input with words, and pages of other sites are refused', async () => {
  expect(await act('write', { to: 'x' })).toMatchObject({ status: 400, done: { ok: false } })
  expect((await act('unheard-of')).status).toBe(404)
  expect((await act('reset', {}, { origin: 'https://evil.test' })).status).toBe(403)
  expect((await act('reset', {}, { origin: emulators.url })).status).toBe(200)
})

test('the product shows its accounts and every call it received, believed or not, and takes faults', async () => {
  const json = (body: object) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await fetch(
    `${emulators.url}/control/product/accounts`,
    json({ key: 'ws_1', name: 'Acme', email: 'ann@acme.test', seats: 7 }),
  )
  const unsigned = { operation: 'op_1', action: 'set_seats', key: 'ws_1', parameters: { seats: 9 } }
  expect((await fetch(`${emulators.url}/product/act`, json(unsigned))).status).toBe(401)
  expect((await act('add-product-fault', { kind: 'lies', times: '2' })).done.ok).toBe(true)
  const { text } = await page('/product')
  for (const words of ['Acme', '0 of 7', 'set seats', '401 failed: The product does not know who asks.', 'Says done'])
    expect(text).toContain(words)
  expect(text).toContain('title="faults that are on">1<')
  await act('clear-product-faults')
  expect((await page('/product')).text).not.toContain('title="faults that are on"')
})
