import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk } from './desk.ts'

let world: BrowserDesk
beforeAll(async () => {
  world = await startBrowserDesk()
})
afterAll(() => world?.remove())

test('an address that does not work is said where a reply is written, asked about, and lifted', async () => {
  await world.mailIn({ from: 'ann@customer.test', subject: 'Charged twice', text: 'I was charged twice.' })
  const { body } = await world.desk.api<{ items: { id: string }[] }>('GET', '/tickets?view=next')
  const ticketId = body.items[0]?.id ?? ''
  await world.desk.api('POST', '/addresses/suppressed', { email: 'ann@customer.test', why: 'wrong' })
  const page = await world.open(`/inbox/all/${ticketId}`)

  await page.getByText('Does not work', { exact: true }).waitFor()
  const bar = page.getByRole('status').filter({ hasText: 'Mail to ann@customer.test does not arrive.' })
  await bar.waitFor()
  await page.locator('.ProseMirror').click()
  await page.keyboard.type('One of both was ours.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Send it anyway, or use another address.').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])

  await bar.getByRole('button', { name: 'Send anyway' }).click()
  await page.getByText('It will be sent anyway.').waitFor()
  await page.locator('.ProseMirror').click()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('article', { name: 'Reply by Mia Berg' }).waitFor()

  await page.goto(`${world.desk.url()}/settings/addresses`)
  await page.getByRole('row').filter({ hasText: 'Somebody here said that it is wrong.' }).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Add address' }).click()
  await page.getByLabel('E-mail address').fill('quiet@customer.test')
  await page.getByRole('combobox', { name: 'Why' }).click()
  await page.getByRole('option', { name: 'It wants no automatic mail' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Add address' }).click()
  await page.getByRole('row').filter({ hasText: 'quiet@customer.test' }).waitFor()
  await page.getByRole('button', { name: 'Allow again: ann@customer.test' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Allow again' }).click()
  await page.getByRole('row').filter({ hasText: 'ann@customer.test' }).waitFor({ state: 'detached' })
})
