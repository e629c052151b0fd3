import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '#test/running-desk.ts'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk } from './desk.ts'

let world: BrowserDesk
let page: Page

beforeAll(async () => {
  world = await startBrowserDesk()
  const { body } = await world.desk.api<{ version: number }>('GET', '/settings')
  // A reply that can still be taken back is none yet.
  await world.desk.api('PATCH', '/settings', { undoSeconds: 0, version: body.version })
  page = await world.open('/custody')
})
afterAll(() => world?.remove())

const button = (name: string | RegExp, on = page) => on.getByRole('button', { name })
const dialog = (on = page) => on.getByRole('dialog')
const show = (path: string) => page.goto(world.desk.url() + path)

type Items<T> = { items: T[] }
const tickets = async () =>
  (await world.desk.api<Items<{ id: string; subject: string }>>('GET', '/tickets?view=all')).body.items

/** The admin answers, as a person: what a key without an owner writes is nobody's reply. */
async function answer(ticketId: string | undefined): Promise<void> {
  const answered = await page.request.post(`${world.desk.url()}/api/v1/tickets/${ticketId}/messages`, {
    data: { kind: 'reply', text: 'Here you are' },
    headers: { origin: world.desk.url() },
  })
  expect(answered.status()).toBe(201)
}

type Kpis = { kpis: { definition: { id: string }; n: number }[] }

/** A report is not live: it is read when the ledger holds what it should show. */
async function replied(n: number): Promise<void> {
  await until(async () => {
    const { body } = await world.desk.api<Kpis>('GET', '/reports/kpis')
    return body.kpis.find(({ definition }) => definition.id === 'first_reply_human')?.n === n
  }, `${n} first replies in the report`)
}

/** A mail whose parts are packed into each other deeper than anybody reads. */
function nestedTooDeep(messageId: string): string {
  const head = ['From: Scanner <scanner@acme.test>', 'To: support@localhost', `Message-ID: <${messageId}>`]
  const levels = Array.from({ length: 400 }, (_, level) => [
    `Content-Type: multipart/mixed; boundary="b${level}"`,
    '',
    `--b${level}`,
  ]).flat()
  return [...head, 'MIME-Version: 1.0', ...levels, 'Content-Type: text/plain', '', 'deep', ''].join('\r\n')
}

test('with nothing parked the room says that every mail is accounted for', async () => {
  await page.getByText('Nothing is parked').waitFor()
  await page.getByText(/Every mail that arrived is accounted for/).waitFor()
})

test('a mail that cannot be read is parked, shown at once, and run again', async () => {
  await world.mailIn({ from: 'scanner@acme.test', raw: nestedTooDeep('scan.1@acme.test') })
  await page.getByRole('region', { name: 'Parked' }).getByRole('listitem').getByRole('link').click()
  await page.getByText('scan.1@acme.test').waitFor()
  await page.getByText('Its bytes are safe', { exact: false }).waitFor()
  await button('Run again').click()
  await page.getByRole('status').filter({ hasText: 'It is still parked.' }).first().waitFor()
  await page.getByText('run again by', { exact: false }).waitFor()
  const download = page.waitForEvent('download')
  await button('Download the raw mail').click()
  expect((await download).suggestedFilename()).toMatch(/^itm_\w+\.eml$/)
})

test('an agent sees why parked mail is not theirs to run again', async () => {
  const ken = await world.openAs(
    { name: 'Ken Ito', email: 'ken@desk.test', password: 'some more quiet words' },
    ['agent'],
    '/custody',
  )
  await ken.getByRole('region', { name: 'Parked' }).getByRole('listitem').getByRole('link').click()
  const rerun = button('Run again', ken)
  expect(await rerun.getAttribute('aria-disabled')).toBe('true')
  await rerun.hover()
  await ken.getByRole('tooltip').filter({ hasText: 'This needs the role Lead or Admin. Yours: Agent.' }).waitFor()
  await ken.context().close()
})

test('a mail is found by its Message-ID, with what became of it and its ticket', async () => {
  const { messageId } = await world.mailIn({ from: 'ann@acme.test', fromName: 'Ann', subject: 'One', text: 'Hello' })
  await show('/custody')
  await button('Filters').click()
  await page.getByRole('textbox', { name: 'Message-ID' }).fill(messageId)
  await page.getByRole('region', { name: 'Everything' }).getByRole('link', { name: /One/ }).click()
  await page.getByText('It opened a ticket.').waitFor()
  await page.getByRole('link', { name: /^Open ticket #/ }).click()
  await page.getByRole('heading', { name: 'One' }).waitFor()
  await show('/custody?messageId=nobody%40nowhere')
  await page.getByText('No such mail arrived').waitFor()
  await page.getByText(/^Looked through \d+ mails in 1 mailbox/).waitFor()
})

test('the mail of a customer is found by part of the sender, wherever it went, and what was never there is said', async () => {
  await show('/custody')
  const sender = page.getByRole('searchbox', { name: 'Sender' })
  await sender.waitFor()
  await page.keyboard.press('f')
  await page.keyboard.type('acme')
  const found = page.getByRole('region', { name: 'Everything' })
  await found
    .getByRole('listitem')
    .filter({ hasText: 'ann@acme.test' })
    .getByText(/New ticket\s*#\d+/)
    .waitFor()
  await found.getByRole('listitem').filter({ hasText: 'scanner@acme.test' }).getByText('Parked').waitFor()
  await page.getByText('Mail from “acme”.').waitFor()
  expect(page.url()).toContain('sender=acme')
  await sender.fill('nobody.example')
  await page.getByText('No such mail arrived').waitFor()
  await page.getByText(/Otherwise the desk never received it/).waitFor()
  await button('Clear', page).click()
  await page.getByRole('region', { name: 'Parked' }).getByText('scanner@acme.test', { exact: false }).waitFor()
})

test('below five a figure says that there are too few, and still opens its tickets', async () => {
  const [ticket] = await tickets()
  await answer(ticket?.id)
  await replied(1)
  await show('/insights?clock=calendar')
  const card = page.getByRole('region', { name: 'First reply by a person' })
  await card.getByText('Too few to say').waitFor()
  await card.getByText(/n = 1$/).waitFor()
  await card.getByRole('link', { name: /Open the tickets behind it/ }).click()
  await page.getByRole('row', { name: /One/ }).getByText('Counted').waitFor()
  expect(page.url()).toContain('clock=calendar')
})

test('each ticket shows its intervals and their sum', async () => {
  await page
    .getByRole('link', { name: /Arithmetic of/ })
    .first()
    .click()
  const measure = dialog().getByRole('table', { name: 'First reply by a person' })
  await measure.waitFor()
  const cells = await measure.locator('tbody tr td:nth-child(2)').allTextContents()
  const sum = await measure.locator('tfoot td').first().textContent()
  const seconds = (text: string) => text.split(':').reduce((total, part) => total * 60 + Number(part), 0)
  expect(cells.length).toBeGreaterThan(0)
  expect(cells.map(seconds).reduce((a, b) => a + b, 0)).toBe(seconds(sum ?? ''))
  expect(page.url()).toContain('ticket=tkt_')
  await page.reload()
  await dialog().getByRole('table', { name: 'All intervals' }).waitFor()
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
})

test('with five tickets the figures have values, ages are drawn, and the period is in the address', async () => {
  for (const name of ['Two', 'Three', 'Four', 'Five'])
    await world.mailIn({ from: `${name.toLowerCase()}@post.test`, subject: name, text: 'Hello' })
  for (const { id } of await tickets()) await answer(id)
  await replied(5)
  await show('/insights?days=7')
  const card = page.getByRole('region', { name: 'First reply by a person' })
  await card.getByText('median', { exact: true }).waitFor()
  await page.getByRole('img', { name: /^< 4 h: / }).waitFor()
  await page.getByText('90 days').click()
  await until(() => Promise.resolve(page.url().includes('days=90')), 'the period in the address')
  await card.getByRole('button', { name: /^How it is counted/ }).hover()
  await page.getByRole('tooltip').filter({ hasText: 'first public reply a person wrote' }).waitFor()
})

test('a company is added with its domain, a public one is refused beside the field, and its people join it', async () => {
  await show('/customers/accounts')
  await page.getByText('No company yet').waitFor()
  await button('Add a company').click()
  await dialog().getByLabel('Name').fill('Acme GmbH')
  const domains = dialog()
    .getByRole('combobox', { name: 'Mail domains' })
    .or(dialog().getByLabel('Mail domains'))
    .first()
  await domains.fill('gmail.com')
  await domains.press('Enter')
  await dialog().getByRole('button', { name: 'Add a company' }).click()
  await dialog()
    .getByText(/gmail.com is a public mail domain/i)
    .waitFor()
  await domains.press('Backspace')
  await domains.fill('acme.test')
  await domains.press('Enter')
  await dialog().getByRole('button', { name: 'Add a company' }).click()
  await page.getByRole('heading', { name: 'Acme GmbH' }).waitFor()

  await page.getByRole('region', { name: 'Companies' }).getByText('People', { exact: true }).click()
  await page.getByRole('link', { name: /ann@acme.test/ }).click()
  await page.getByText('A mail from this address was proven genuine (DMARC).').waitFor()
  await page.getByRole('link', { name: /#\d+ One/ }).waitFor()
  await button('Edit Ann').click()
  await dialog().getByRole('combobox', { name: 'Company' }).fill('Acme')
  await page.getByRole('option', { name: 'Acme GmbH' }).click()
  await dialog().getByRole('button', { name: 'Save changes' }).click()
  await page.getByRole('link', { name: 'Acme GmbH', exact: true }).click()
  await page.getByRole('region', { name: 'Acme GmbH' }).getByText('ann@acme.test').waitFor()
})

const rooms = ['/custody', '/custody?disposition=all', '/insights', '/insights/backlog', '/customers/contacts']

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 400],
] as const)('the rooms have no accessibility problem in %s at %d px', async (colorScheme, width) => {
  const window = await world.open('/custody', { colorScheme, viewport: { width, height: 900 } })
  const { body } = await world.desk.api<Items<{ id: string }>>('GET', '/custody/items?disposition=parked')
  const people = await world.desk.api<Items<{ id: string }>>('GET', '/contacts')
  const details = [`/custody/${body.items[0]?.id}`, `/customers/contacts/${people.body.items[0]?.id}`]
  const found: Record<string, string[]> = {}
  for (const path of [...rooms, ...details]) {
    await window.goto(world.desk.url() + path)
    await window.getByRole('main').getByRole('heading').first().waitFor({ state: 'attached' })
    await window.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
    const problems = await accessibilityProblems(window)
    if (problems.length > 0) found[path] = problems
  }
  expect(found).toEqual({})
  await window.context().close()
})

test('no page complained in its console', () => {
  expect(world.complaints.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
})
