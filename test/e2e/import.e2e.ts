import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk } from './desk.ts'

let world: BrowserDesk
let page: Page
beforeAll(async () => {
  world = await startBrowserDesk()
  page = await world.open('/settings/import')
})
afterAll(() => world?.remove())

const mail = (n: number) =>
  [
    'From ann@old.test Mon Mar  3 10:00:00 2025',
    `From: Ann Rivera <ann${n}@old.test>`,
    'To: support@localhost',
    `Subject: Old question ${n}`,
    `Message-ID: <x${n}@old.test>`,
    'Date: Mon, 03 Mar 2025 10:00:00 +0000',
    '',
    'Hello?',
    '',
    '',
  ].join('\n')
const archive = [1, 2, 3].map(mail).join('')

test('older mail is sent as a file, counted, found as closed tickets, and taken away again', async () => {
  await page.getByText('Nothing was imported yet').waitFor()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'mbox file' }).click()
  await (await chooser).setFiles({ name: 'old.mbox', mimeType: 'application/mbox', buffer: Buffer.from(archive) })
  await page.getByRole('button', { name: 'Start the import' }).click()
  await page.getByText('3 mails read · 3 filed · 0 here already · 0 parked').waitFor()
  await page.getByText('Done', { exact: true }).waitFor()
  await page.mouse.move(1200, 20)
  await page.getByRole('tooltip').waitFor({ state: 'hidden' })
  expect(await accessibilityProblems(page)).toEqual([])
  await page.goto(`${world.desk.url()}/custody?sender=ann2%40old.test`)
  await page
    .getByRole('region', { name: 'Everything' })
    .getByRole('link', { name: /Old question 2/ })
    .click()
  await page.getByText('Imported from old.mbox as a closed ticket.').first().waitFor()
  await page.goto(`${world.desk.url()}/settings/import`)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await page.getByText('3 mails taken away').waitFor()
  const { body } = await world.desk.api<{ items: unknown[] }>('GET', '/custody/items?sender=old.test')
  expect(body.items).toEqual([])
  expect(world.complaints).toEqual([])
})

test('a file that is no mbox stops with the reason, and nothing of it is filed', async () => {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'mbox file' }).click()
  await (await chooser).setFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('milk, bread\n') })
  await page.getByRole('button', { name: 'Start the import' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'list.txt' })
  await row.getByText('Stopped', { exact: true }).waitFor()
  await row.getByText(/the file is no mbox/).waitFor()
  await row.getByText('0 mails read', { exact: false }).waitFor()
})
