import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '#test/running-desk.ts'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk } from './desk.ts'
import { totpCode } from './totp.ts'

let world: BrowserDesk
let page: Page

beforeAll(async () => {
  world = await startBrowserDesk()
  page = await world.open('/settings/account')
})
afterAll(() => world?.remove())

const button = (name: string | RegExp, on = page) => on.getByRole('button', { name })
const dialog = (on = page) => on.getByRole('dialog')
const show = (path: string) => page.goto(world.desk.url() + path)

type Settings = { version: number; companyName: string; closedAfterDays: number; undoSeconds: number }
const settings = async () => (await world.desk.api<Settings>('GET', '/settings')).body

test('the first admin protects the account with codes and signs in with one', async () => {
  await button('Set up codes').click()
  await dialog().getByLabel('Confirm your password').fill(world.admin.password)
  await button('Show the QR code').click()
  await dialog().getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  const secret = (await dialog().locator('code').textContent()) ?? ''
  await dialog().getByLabel('Code from the app').fill('000000')
  await button('Switch codes on').click()
  await dialog().getByRole('alert').filter({ hasText: 'The code is wrong' }).waitFor()
  await dialog().getByLabel('Code from the app').fill(totpCode(secret, Date.now()))
  await button('Switch codes on').click()
  await dialog().getByText('Keep your recovery codes').waitFor()
  expect(await dialog().getByRole('listitem').count()).toBe(10)
  await button('I have kept them').click()
  await page.getByText('Sign-in asks for a code from your authenticator app.').waitFor()

  const elsewhere = await world.browser.newPage()
  await elsewhere.goto(`${world.desk.url()}/sign-in`)
  await elsewhere.getByLabel('E-mail address').fill(world.admin.email)
  await elsewhere.getByLabel('Password').first().fill(world.admin.password)
  await button('Sign in', elsewhere).click()
  // The code of the running half minute was spent on switching codes on.
  await elsewhere.getByLabel('Code', { exact: true }).fill(totpCode(secret, Date.now() + 30_000))
  await button('Check the code', elsewhere).click()
  await elsewhere.getByRole('navigation', { name: 'Rooms' }).waitFor()

  await button('Sign out elsewhere').click()
  await dialog().getByRole('button', { name: 'Sign out elsewhere' }).click()
  await page.getByText('Signed out everywhere else').waitFor()
  await elsewhere.reload()
  await elsewhere.getByLabel('Password').first().waitFor()
  await elsewhere.close()
})

test('an invitation link is shown once, makes an account, and its role decides what it may set', async () => {
  await show('/settings/agents')
  await button('Invite somebody').click()
  await dialog().getByLabel('Name').fill('Ken Ito')
  await dialog().getByLabel('E-mail address').fill(world.admin.email)
  await button('Make the invitation link').click()
  await dialog().getByText('There is already an agent with this address.').waitFor()
  await dialog().getByLabel('E-mail address').fill('ken@desk.test')
  await button('Make the invitation link').click()
  const link = (await dialog().locator('code').textContent()) ?? ''
  expect(link).toContain('/invitation?token=')
  await button('Done').click()
  await page
    .getByRole('row', { name: /Ken Ito/ })
    .getByText('Invited')
    .waitFor()

  const ken = await (await world.browser.newContext()).newPage()
  await ken.goto(link)
  await ken.getByLabel('Password').first().fill('some more quiet words')
  await button('Save the password', ken).click()
  await button('Not now', ken).click()
  await ken.getByRole('navigation', { name: 'Rooms' }).waitFor()
  await page
    .getByRole('row', { name: /Ken Ito/ })
    .getByText('Active')
    .waitFor()

  await ken.goto(`${world.desk.url()}/settings/desk`)
  await ken.getByText('This needs the role Admin. Yours: Agent.').waitFor()
  expect(await ken.getByLabel('Company name').isDisabled()).toBe(true)
  await ken.getByRole('link', { name: 'People' }).last().click()
  const invite = button('Invite somebody', ken)
  expect(await invite.getAttribute('aria-disabled')).toBe('true')
  await invite.hover()
  await ken.getByRole('tooltip').filter({ hasText: 'This needs the role Admin. Yours: Agent.' }).waitFor()
  await invite.focus()
  await ken.keyboard.press('Enter')
  expect(await dialog(ken).count()).toBe(0)
  await ken.getByRole('link', { name: 'API keys' }).click()
  await ken.getByText('API keys are for admins').waitFor()
  await ken.getByRole('link', { name: 'Audit' }).click()
  await ken.getByText('This needs the role Lead, Finance, or Admin. Yours: Agent.').waitFor()
  await ken.context().close()

  await button('More for Ken Ito').click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await dialog().getByRole('button', { name: 'Disable' }).click()
  await page
    .getByRole('row', { name: /Ken Ito/ })
    .getByText('Disabled')
    .waitFor()
})

test('business hours say what is wrong with them and are saved when nothing is', async () => {
  await show('/settings/hours')
  const from = page.getByLabel('Monday, window 1, from')
  await from.fill('18:30')
  await page.getByText('A window ends before it starts.').waitFor()
  await page.getByText('Settle what is marked before saving.').waitFor()
  await from.fill('830')
  await from.blur()
  expect(await from.inputValue()).toBe('08:30')
  await button('Add a window on Saturday').click()
  await page.getByLabel('Saturday, window 1, from').fill('24')
  await page.getByLabel('Saturday, window 1, from').blur()
  await page.getByText('Write times like 09:00; 24:00 ends a day.').waitFor()
  await button('Remove window 1 on Saturday').click()
  await page.getByLabel('Date').fill('2027-01-01')
  await button('Add the day').click()
  await page.getByLabel('First reply due within').fill('3')
  await page.keyboard.press('Control+s')
  await page.getByText('Saved', { exact: true }).waitFor()
  const { body } = await world.desk.api<{
    hours: { weekly: Record<string, { from: string }[]>; holidays: string[] }
    firstReplySeconds: number
  }>('GET', '/calendar')
  expect(body.hours.weekly['1']?.[0]?.from).toBe('08:30')
  expect(body.hours.holidays).toContain('2027-01-01')
  expect(body.firstReplySeconds % 3).toBe(0)
})

test('two people in the same settings: nobody’s change is lost silently', async () => {
  await show('/settings/desk')
  await page.getByLabel('Company name').fill('Acme Desk')
  const { version } = await settings()
  await world.desk.api('PATCH', '/settings', { closedAfterDays: 21, version })
  await page.getByText('Changed meanwhile by ADMIN_API_KEY. Your changes are not saved yet.').waitFor()
  await page.getByText('Choose above whose changes stand.').waitFor()
  await button('Put mine on top').click()
  expect(await page.getByLabel('Close solved tickets after').inputValue()).toBe('21 days')
  await button(/^Save changes/).click()
  await page.getByText('Saved', { exact: true }).waitFor()
  expect(await settings()).toMatchObject({ companyName: 'Acme Desk', closedAfterDays: 21 })

  await page.getByLabel('Hold replies back for').fill('99')
  await page.getByText('Between 0 and 60 seconds.').waitFor()
  await button('Discard').click()
  await page.locator('label', { hasText: 'Solo mode' }).click()
  await dialog().getByText('Approve your own refunds?').waitFor()
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  expect(await page.getByRole('switch', { name: 'Solo mode' }).isChecked()).toBe(false)
})

test('a key’s secret is shown once, works, and stops working when revoked', async () => {
  await show('/settings/keys')
  await button('Make a key').click()
  await dialog().getByLabel('Name').fill('Nightly export')
  await button('Make the key').click()
  const secret = (await dialog().locator('code').textContent()) ?? ''
  const statusWith = async () =>
    (await fetch(`${world.desk.url()}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } })).status
  expect(await statusWith()).toBe(200)
  await button('Done').click()
  const row = page.getByRole('row', { name: /Nightly export/ })
  await row.waitFor()
  expect(await page.content()).not.toContain(secret)
  await button('Revoke Nightly export').click()
  await dialog().getByRole('button', { name: 'Revoke', exact: true }).click()
  await row.waitFor({ state: 'detached' })
  expect(await statusWith()).toBe(401)
})

test('a mailbox and a team’s signature are set, with a preview of what the customer reads', async () => {
  await show('/settings/teams')
  await page
    .getByRole('button', { name: /^Edit / })
    .first()
    .click()
  await dialog().getByLabel('Signature').fill('Mia from Acme')
  await dialog().getByRole('region', { name: 'How a reply ends' }).getByText('Mia from Acme').waitFor()
  await button('Save changes').click()
  await page.getByRole('cell', { name: 'Mia from Acme' }).waitFor()

  await show('/settings/mailboxes')
  await button('Add a mailbox').click()
  await dialog().getByLabel('Address', { exact: true }).fill('not an address')
  await dialog().getByRole('button', { name: 'Add a mailbox' }).click()
  await dialog().getByText('Must be a mail address').waitFor()
  await dialog().getByLabel('Address', { exact: true }).fill('billing@acme.test')
  await dialog()
    .getByRole('switch', { name: /^Acknowledge/ })
    .check()
  await dialog().getByLabel('Text', { exact: true }).fill('We read it today.')
  const preview = dialog().getByRole('region', { name: 'What the customer reads' })
  await preview.getByText('We read it today.').waitFor()
  await preview.getByText('Mia from Acme').waitFor()
  await dialog().getByRole('button', { name: 'Add a mailbox' }).click()
  await page.getByRole('row', { name: /billing@acme.test/ }).waitFor()
  const taken = await world.mailIn({ from: 'ann@post.test', to: 'billing@acme.test', subject: 'Hi', text: 'Hello' })
  expect(taken.messageId).toBeTruthy()
  const [answer] = await until(async () => {
    const mails = await world.received('ann@post.test')
    return mails.length > 0 && mails
  }, 'the acknowledgement')
  expect(answer?.text).toContain('We read it today.')
})

test('the audit ledger names who did what and filters by both', async () => {
  await show('/settings/audit')
  await page.getByRole('cell', { name: 'API key revoked' }).first().waitFor()
  await page.getByRole('combobox', { name: 'Event' }).fill('settings')
  await page.getByRole('option', { name: 'Settings changed' }).click()
  await page.getByRole('cell', { name: 'API key revoked' }).waitFor({ state: 'detached' })
  await page.getByRole('cell', { name: /fields companyName/ }).waitFor()
  expect(page.url()).toContain('type=settings.changed')
  expect(await page.getByRole('row').count()).toBeGreaterThan(2)
})

const sections = ['account', 'desk', 'mailboxes', 'hours', 'refunds', 'agents', 'teams', 'keys', 'audit']

test.each(['light', 'dark'] as const)('settings have no accessibility problem in %s', async (scheme) => {
  const window = await world.open('/settings/account', { colorScheme: scheme })
  const found: Record<string, string[]> = {}
  for (const section of sections) {
    await window.goto(`${world.desk.url()}/settings/${section}`)
    await window.getByRole('heading', { level: 1 }).waitFor()
    await window.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
    const problems = await accessibilityProblems(window)
    if (problems.length > 0) found[section] = problems
  }
  expect(found).toEqual({})
  await window.context().close()
})

test('no page complained in its console', () => {
  // A wrong code and an address that is taken are refused above, which the browser reports by itself.
  expect(world.complaints.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
})
