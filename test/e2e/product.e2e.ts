import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk, type Person } from './desk.ts'

const lea: Person = { name: 'Lea Lead', email: 'lea@desk.test', password: 'four quiet words here' }
const finn: Person = { name: 'Finn Ance', email: 'finn@desk.test', password: 'four quiet words here' }

let world: BrowserDesk
/** The window of the lead, who does the work here. */
let page: Page
/** Where the emulated product listens. */
let outside: string

type Account = { key: string; seats: number; access: string }
const account = async (): Promise<Account | undefined> =>
  (await world.desk.world<{ items: Account[] }>('GET', '/product/accounts')).body.items[0]

beforeAll(async () => {
  world = await startBrowserDesk()
  outside = /outside world .* is at (\S+)/.exec(world.desk.said().stdout)?.[1] ?? ''
  const made = async <T>(path: string, body: object) => (await world.desk.api<T>('POST', path, body)).body
  const secrets: Record<string, string> = {}
  for (const use of ['calls', 'webhooks'])
    secrets[use] = (await made<{ secret: string }>('/product-port/secrets', { use })).secret
  await world.desk.world('PUT', '/product/connection', { ...secrets, url: `${world.desk.url()}/hooks/product` })
  const action = {
    parameters: [],
    endpoint: `${outside}/product/act`,
    statusEndpoint: `${outside}/product/status`,
    permission: 'tickets.write',
    approval: { role: 'none' },
    needsAuthority: false,
    destructive: false,
    enabled: true,
  }
  const seats = { name: 'seats', label: 'Seats', type: 'integer', required: true, min: 1, max: 500 }
  await made('/product-actions', {
    ...action,
    name: 'set_seats',
    title: 'Set seats',
    parameters: [seats],
    effect: '{key} gets {seats} seats.',
    approval: { role: 'lead', above: { parameter: 'seats', value: 50 } },
    expects: [{ field: 'seats', parameter: 'seats' }],
  })
  await made('/product-actions', {
    ...action,
    name: 'delete_account',
    title: 'Delete account',
    effect: 'Everything of {key} is deleted.',
    destructive: true,
    expects: [{ field: 'access', value: 'deleted' }],
  })
  await world.desk.world('POST', '/product/accounts', {
    key: 'ws_acme',
    name: 'Acme',
    email: 'ann@acme.test',
    plan: 'Workspace',
    seats: 5,
    seatsUsed: 3,
  })
  await world.mailIn({ from: 'ann@acme.test', fromName: 'Ann Rivera', subject: 'More seats', text: 'We need nine.' })
  page = await world.openAs(lea, ['lead'], '/inbox/all')
  await page.getByRole('region', { name: 'Tickets' }).getByText('More seats').click()
  await page.getByRole('heading', { name: 'More seats' }).waitFor()
})
afterAll(() => world?.remove())

const facts = () => page.getByRole('region', { name: 'Product', exact: true })
const sheet = () => page.getByRole('dialog', { name: 'Product action' })

async function choose(action: string) {
  await facts().getByRole('button', { name: 'Product actions for ws_acme' }).click()
  await sheet().getByRole('combobox', { name: 'Action' }).click()
  await page.getByRole('option', { name: action }).click()
}

test('what the product said stands beside the ticket, with its source and age', async () => {
  await facts().getByText('Workspace').waitFor()
  await facts().getByText('3 of 5 seats used').waitFor()
  await facts().getByText('by webhook').waitFor()
})

test('an action is looked at, ordered and followed to the product’s word for it', async () => {
  await choose('Set seats')
  expect(page.url()).toContain('billing=product%3Aws_acme')
  await sheet().getByLabel('Seats').fill('900')
  await sheet().getByText('Seats must be at most 500.').first().waitFor()
  expect(
    await sheet()
      .getByRole('button', { name: 'Carry out' })
      .or(sheet().getByRole('button', { name: 'Set seats' }))
      .getAttribute('aria-disabled'),
  ).toBe('true')
  await sheet().getByLabel('Seats').fill('9')
  await sheet().getByText('ws_acme gets 9 seats.').waitFor()
  await sheet().getByText('Nobody: it starts at once.').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await sheet().getByRole('button', { name: 'Set seats', exact: true }).dblclick()
  await sheet().getByText('Confirmed by the product').first().waitFor({ timeout: 60_000 })
  await sheet().getByText('“Set seats” for ws_acme was carried out.').waitFor()
  await sheet().getByRole('heading', { name: '1 attempt' }).waitFor()
  expect(await account()).toMatchObject({ seats: 9 })
  await page.keyboard.press('Escape')
  await sheet().waitFor({ state: 'detached' })
  await facts().getByText('3 of 9 seats used').waitFor()
})

test('above the number somebody else approves it where refunds are approved', async () => {
  await choose('Set seats')
  await sheet().getByLabel('Seats').fill('60')
  await sheet().getByText('Set seats with Seats above 50 is approved first.').waitFor()
  await sheet().getByLabel('Note').fill('A whole school joins.')
  await sheet().getByRole('button', { name: 'Ask for approval: Set seats' }).click()
  await sheet().getByText('“Set seats” for ws_acme waits for a lead to approve it.').waitFor()

  const other = await world.openAs(finn, ['finance'], '/billing/approvals')
  await other.getByRole('link', { name: /Set seats/ }).waitFor()
  await other.keyboard.press('j')
  await other.getByText('A whole school joins.').waitFor()
  await other.getByText('ws_acme gets 60 seats.').waitFor()
  expect(await accessibilityProblems(other)).toEqual([])
  expect(await account()).toMatchObject({ seats: 9 })
  await other.keyboard.press('a')
  const dialog = other.getByRole('dialog', { name: 'Approve this action?' })
  await dialog.getByRole('button', { name: 'Approve Set seats' }).click()
  await sheet().getByText('Confirmed by the product').first().waitFor({ timeout: 60_000 })
  expect(await account()).toMatchObject({ seats: 60 })
  await other.context().close()
  await page.keyboard.press('Escape')
})

test('what cannot be undone wants the key typed, and what has not started is taken back', async () => {
  await sheet().waitFor({ state: 'detached' })
  await choose('Delete account')
  await sheet().getByText('This cannot be undone.', { exact: true }).waitFor()
  const button = sheet().getByRole('button', { name: 'Delete account', exact: true })
  expect(await button.getAttribute('aria-disabled')).toBe('true')
  await sheet().getByLabel('Type ws_acme to confirm').fill('ws_acme')
  expect(await button.getAttribute('aria-disabled')).toBeNull()
  await page.keyboard.press('Escape')
  await sheet().waitFor({ state: 'detached' })

  await choose('Set seats')
  await sheet().getByLabel('Seats').fill('70')
  await sheet().getByRole('button', { name: 'Ask for approval: Set seats' }).click()
  await sheet().getByRole('button', { name: 'Take it back' }).click()
  await sheet().getByText('“Set seats” for ws_acme was taken back before it started.').waitFor()
  expect(await account()).toMatchObject({ seats: 60, access: 'granted' })
  await page.keyboard.press('Escape')
})

test('an admin declares an action, whose test call the product takes, and sees each secret once', async () => {
  const own = await world.open('/settings/product')
  await own.getByRole('button', { name: 'Declare an action' }).click()
  const form = own.getByRole('dialog', { name: 'New action' })
  await form.getByLabel('Title').fill('Reset quota')
  expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('reset_quota')
  await form.getByLabel('What will happen').fill('The month of {account} starts again.')
  await form.getByRole('button', { name: 'Add a parameter' }).click()
  await form.getByRole('group', { name: 'this parameter' }).getByLabel('Label').fill('Why')
  await form.getByLabel('Address that does it').fill(`${outside}/product/act`)
  await form.getByLabel('Address that says what became of it').fill(`${outside}/product/status`)
  await form.getByRole('button', { name: 'Declare an action' }).click()
  await form.getByText('effect: {account} is no parameter.').waitFor()
  await form.getByLabel('What will happen').fill('The month of {key} starts again, because {why}.')
  expect(await accessibilityProblems(own)).toEqual([])
  await form.getByRole('button', { name: 'Declare an action' }).click()
  await form.getByRole('button', { name: 'Test call' }).click()
  await form.getByText('The product answered as it should.').waitFor()
  await own.keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })
  await own.getByRole('row', { name: /Reset quota/ }).waitFor()

  await own.getByRole('button', { name: 'Make anew the secret for our calls' }).click()
  await own.getByRole('dialog', { name: 'Make this secret anew?' }).getByRole('button', { name: 'Make anew' }).click()
  const once = own.getByRole('dialog', { name: 'Put this into your product' })
  await once.getByText(/^whsec_/).waitFor()
  await once.getByRole('button', { name: 'Done' }).click()
  await once.waitFor({ state: 'detached' })
  expect(await own.getByText(/whsec_/).count()).toBe(0)

  await own
    .getByRole('row', { name: /Reset quota/ })
    .getByRole('button')
    .click()
  const edit = own.getByRole('dialog', { name: 'Reset quota', exact: true })
  await edit.getByRole('button', { name: 'Test call' }).click()
  await edit.getByText('The product does not know who asks.').waitFor()
  await edit.getByRole('button', { name: 'Take away' }).click()
  await own.getByRole('dialog', { name: 'Take Reset quota away?' }).getByRole('button', { name: 'Take away' }).click()
  await edit.waitFor({ state: 'detached' })
  await own.getByRole('row', { name: /Reset quota/ }).waitFor({ state: 'detached' })
  await own.context().close()
})

test('a list is looked at before it is taken in, and says which of its rows cannot be read', async () => {
  const own = await world.open('/settings/product')
  const csv = [
    'key,kind,name,email,plan,seats,occurred_at',
    'stu_1,contact,Lu Moreau,lu@study.test,Student,1,',
    'stu_2,contact,Al Reed,al@study.test,Student,many,',
    'ws_acme,workspace,Acme,ann@acme.test,Workspace,1,2020-01-01T00:00:00Z',
  ].join('\n')
  const file = { name: 'students.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await own.locator('input[type="file"]').setInputFiles(file)
  const preview = own.getByRole('region', { name: 'What it changes' })
  await preview.getByText('Line 3, seats').waitFor()
  await preview.getByText('Older than known, left aside').waitFor()
  expect(await accessibilityProblems(own)).toEqual([])
  const entitlements = () =>
    world.desk.api<{ items: { key: string; source: string; seats: number }[] }>('GET', '/entitlements')
  expect((await entitlements()).body.items.map(({ key }) => key)).toEqual(['ws_acme'])
  await own.getByRole('button', { name: 'Take in 1 row' }).click()
  await own.getByText('1 row taken in').waitFor()
  expect((await entitlements()).body.items).toMatchObject([
    { key: 'stu_1', source: 'csv' },
    { key: 'ws_acme', seats: 60 },
  ])
  await own.context().close()
  // A definition was refused above.
  expect(world.complaints.filter((line) => !line.includes('400 (Bad Request)'))).toEqual([])
})
