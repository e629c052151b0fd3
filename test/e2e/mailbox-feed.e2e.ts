import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storedMail } from '#test/imap/feed-world.ts'
import { folderOf, startScriptedServer, type ScriptedServer } from '#test/imap/scripted-server.ts'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk } from './desk.ts'

let world: BrowserDesk
let server: ScriptedServer
let page: Page

beforeAll(async () => {
  const past = Array.from({ length: 12 }, (_, n) => storedMail(`past${n}`))
  server = await startScriptedServer({ INBOX: folderOf(past), Sent: folderOf([]) })
  world = await startBrowserDesk()
  page = await world.open('/settings/mailboxes')
})
afterAll(async () => {
  await world?.remove()
  await server?.stop()
})

const sheet = () => page.getByRole('dialog')
const isFocused = (button: Locator) => button.evaluate((element) => element === element.ownerDocument.activeElement)
const inSight = (words: Locator) =>
  words.evaluate((element) => {
    const { top, left } = element.getBoundingClientRect()
    return element.contains(element.ownerDocument.elementFromPoint(left + 1, top + 1))
  })

test('a server that does not answer and a password that is missing are said beside the button and the field', async () => {
  const opener = page.getByRole('button', { name: 'Read support@localhost by IMAP' })
  await opener.click()
  await sheet().getByLabel('Host').fill('127.0.0.1')
  await sheet().getByRole('textbox', { name: 'Port' }).fill('1')
  await sheet().getByRole('button', { name: 'Try the connection' }).click()
  await sheet().getByText('Give the password for this server and user.').waitFor()
  await sheet().getByRole('textbox', { name: 'Password' }).fill('any')
  await sheet().getByRole('button', { name: 'Try the connection' }).click()
  const answer = sheet().getByText('Nothing answers at 127.0.0.1 on port 1.')
  await answer.waitFor()
  expect(await inSight(answer)).toBe(true)
  await page.keyboard.press('Escape')
  await sheet().waitFor({ state: 'detached' })
  expect(await isFocused(opener)).toBe(true)
})

test('another mail server is kept once a test has passed, or when somebody wants it anyway', async () => {
  const { items } = (await world.desk.api<{ items: { id: string }[] }>('GET', '/mailboxes')).body
  const kept = async () =>
    (await world.desk.api<{ server: { port: number } | null }>('GET', `/mailboxes/${items[0]?.id}/sender`)).body.server
  const opener = page.getByRole('button', { name: 'Sending from support@localhost' })
  await opener.click()
  const own = sheet().getByRole('switch', { name: 'Use a mail server of its own' })
  await own.check({ force: true })
  await sheet().getByLabel('Host').fill('127.0.0.1')
  await sheet().getByRole('textbox', { name: 'Port' }).fill('1')
  const testAndSave = sheet().getByRole('button', { name: 'Test and save' })
  await testAndSave.click()
  await sheet().getByText('Mail cannot leave', { exact: true }).waitFor()
  const why = sheet().getByText('Nothing answers at 127.0.0.1 on port 1.')
  expect(await inSight(why)).toBe(true)
  await sheet().getByText('Nothing was saved: mail still leaves as before.').waitFor()
  expect(await kept()).toBeNull()
  expect(await accessibilityProblems(page)).toEqual([])
  await sheet().getByRole('button', { name: 'Save anyway' }).click()
  await testAndSave.waitFor({ state: 'detached' })
  expect(await kept()).toMatchObject({ port: 1 })
  await sheet().getByRole('button', { name: 'Test sending' }).click()
  await sheet().getByText('Mail cannot leave as it is set now.').waitFor()
  await own.uncheck({ force: true })
  await testAndSave.click()
  await sheet().getByText('Mail can leave').waitFor()
  await testAndSave.waitFor({ state: 'detached' })
  expect(await kept()).toBeNull()
  await page.keyboard.press('Escape')
  await sheet().waitFor({ state: 'detached' })
  expect(await isFocused(opener)).toBe(true)
})

test('an admin tries a connection, connects the mailbox and sees how it stands', async () => {
  await page.getByRole('button', { name: 'Read support@localhost by IMAP' }).click()
  await sheet().getByLabel('Host').fill('127.0.0.1')
  await sheet().getByRole('textbox', { name: 'Port' }).fill(String(server.port))
  await sheet().getByRole('combobox', { name: 'Encryption' }).click()
  await page.getByRole('option', { name: 'TLS where the server offers it' }).click()
  await sheet().getByRole('textbox', { name: 'Port' }).fill(String(server.port))
  await sheet().getByLabel('User name').fill(server.user)
  await sheet().getByRole('textbox', { name: 'Password' }).fill('not this one')
  await sheet().getByRole('button', { name: 'Try the connection' }).click()
  await sheet()
    .getByText(/refused the sign-in/)
    .waitFor()
  await sheet().getByRole('textbox', { name: 'Password' }).fill(server.password)
  await sheet().getByRole('button', { name: 'Try the connection' }).click()
  await sheet().getByText('It works. 2 folders, 12 mails in INBOX. The Sent folder is Sent.').waitFor()
  await sheet().getByLabel('Also read mail that arrived since').fill('2026-01-01')
  await sheet().getByRole('button', { name: 'Connect', exact: true }).click()
  await sheet().getByText('up to date').waitFor({ timeout: 30_000 })
  await sheet().getByText('INBOX: 12 of 12 recorded').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the custody page says how the mailboxes stand, worst first, and what to do', async () => {
  await page.goto(`${world.desk.url()}/custody`)
  const strip = page.getByTitle('Show how the mailboxes stand')
  await strip.getByText('1 mailbox is well').waitFor()
  await server.stop()
  await strip.getByText('cannot be read').waitFor({ timeout: 40_000 })
  await strip.click()
  await sheet()
    .getByText(/Nothing answers at 127\.0\.0\.1|broke the connection off/)
    .waitFor()
  await sheet().getByText('It is tried again by itself. Mail waits on its server; nothing is lost.').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
})
