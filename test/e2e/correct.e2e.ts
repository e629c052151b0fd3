import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk } from './desk.ts'

let world: BrowserDesk
let page: Page
const numbers = new Map<string, number>()

beforeAll(async () => {
  world = await startBrowserDesk()
  page = await world.open('/inbox')
  const ann = { from: 'ann@acme.test', fromName: 'Ann Rivera' }
  const first = await world.mailIn({ ...ann, subject: 'Charged twice', text: 'I see two charges.\n' })
  await world.mailIn({
    ...ann,
    subject: 'Re: Charged twice',
    text: 'And how do I add a seat?\n',
    inReplyTo: first.messageId,
  })
  await world.mailIn({ from: 'kai@ito.test', fromName: 'Kai Ito', subject: 'Billed two times', text: 'Same here.\n' })
  const { body } = await world.desk.api<{ items: { number: number; subject: string }[] }>('GET', '/tickets?limit=10')
  for (const { number, subject } of body.items) numbers.set(subject, number)
})
afterAll(() => world?.remove())

const list = () => page.getByRole('region', { name: 'Tickets', exact: true })
const conversation = () => page.getByRole('region', { name: 'Conversation' })
const letters = () => conversation().getByRole('article')

async function open(subject: string) {
  await list().getByText(subject, { exact: true }).click()
  await conversation().getByRole('heading', { name: subject }).waitFor()
}

test('a message is split into a new ticket by keyboard, and comes back by the toast', async () => {
  await open('Charged twice')
  await letters().nth(1).waitFor()
  await letters().nth(1).getByRole('button', { name: 'More about this message' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Split into a new ticket' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Split into a new ticket' })
  await dialog.getByText('Its customer is Ann Rivera, who wrote it.').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByLabel('Subject').fill('Adding a seat')
  await page.keyboard.press('Enter')
  await page.getByText(/^Split into #\d+$/).waitFor()
  await list().getByText('Adding a seat').waitFor()
  await conversation()
    .getByText(/^Part of it was split into #\d+$/)
    .waitFor()
  await conversation()
    .getByText(/Messages split into/)
    .waitFor()
  expect(await letters().count()).toBe(1)
  await page.getByRole('button', { name: /^Undo \(/ }).click()
  await letters().nth(1).waitFor()
  await list().getByText('Adding a seat').waitFor({ state: 'detached' })
})

test('Escape leaves a correction as it never was, and the keys where they were', async () => {
  // The menu is long gone when a window that is slow to load comes: the focus goes back to the button all the same.
  await page.route(/\/move-dialog-/, async (route) => {
    await setTimeout(1000)
    await route.continue()
  })
  await open('Charged twice')
  const more = letters().first().getByRole('button', { name: 'More about this message' })
  await more.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Move to another ticket' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Move to another ticket' })
  await dialog.getByRole('combobox', { name: 'Ticket' }).waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).focus()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await letters().first().locator('button:focus').and(more).waitFor()

  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Choose several messages' }).press('Enter')
  const bar = conversation().getByRole('region', { name: 'Chosen messages' })
  await bar.getByText('1 message chosen').waitFor()
  const box = letters().first().getByRole('checkbox', { name: 'Choose this message' })
  await letters().first().locator('input:focus').and(box).waitFor()
  await page.keyboard.press('Escape')
  await bar.waitFor({ state: 'detached' })
  await conversation().getByRole('heading', { name: 'Charged twice' }).waitFor()
})

test('a mail with another subject asks for a ticket of its own, which comes back, and is kept where it is', async () => {
  const first = await world.mailIn({
    from: 'joe@acme.test',
    subject: 'Where are my invoices',
    text: 'Where are they?\n',
  })
  await world.mailIn({
    from: 'joe@acme.test',
    subject: 'Answers in Swedish',
    text: 'Something else: since this week answers to my Swedish documents come back in English. Can I pin the language?\n',
    inReplyTo: first.messageId,
  })
  await open('Where are my invoices')
  const bar = conversation().getByRole('status').filter({ hasText: 'Different subject: “Answers in Swedish”' })
  await bar.getByRole('button', { name: 'Split into its own ticket' }).click()
  await page.getByText(/^Split into #\d+$/).waitFor()
  await list().getByText('Answers in Swedish').waitFor()
  await bar.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Undo \(/ }).click()
  await list().getByText('Answers in Swedish').waitFor({ state: 'detached' })
  await bar.waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await bar.getByRole('button', { name: 'Keep here' }).click()
  await bar.waitFor({ state: 'detached' })
  expect(await letters().count()).toBe(2)
})

test('a ticket is merged into another, warned of the other customer, and the line in the conversation undoes it', async () => {
  await open('Billed two times')
  await conversation().getByRole('button', { name: 'More', exact: true }).click()
  // The red of danger that can be read, not the library's.
  const remove = page.getByRole('menuitem', { name: 'Delete ticket' })
  expect(await remove.evaluate((entry) => entry.ownerDocument.defaultView?.getComputedStyle(entry).color)).toBe(
    'rgb(179, 38, 30)',
  )
  await page.getByRole('menuitem', { name: 'Merge into another ticket' }).click()
  const dialog = page.getByRole('dialog', { name: 'Merge into another ticket' })
  await dialog.getByRole('combobox', { name: 'Ticket' }).fill(String(numbers.get('Charged twice')))
  await page.getByRole('option', { name: /Charged twice/ }).click()
  await dialog.getByText(/^Different customers: Kai Ito/).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await conversation().getByRole('heading', { name: 'Charged twice' }).waitFor()
  await letters().nth(2).waitFor()
  await list().getByText('Billed two times').waitFor({ state: 'detached' })
  const line = conversation().getByText(/Merged in/)
  await line.getByRole('link', { name: `#${numbers.get('Billed two times')}` }).click()
  await conversation()
    .getByText(/^Merged into/)
    .first()
    .waitFor()
  await conversation().getByRole('button', { name: 'Undo: Merged into' }).click()
  await conversation().getByText('Same here.').waitFor()
  await list().getByText('Billed two times').waitFor()
})

test('several messages are chosen and moved, and the sender is changed to a new contact', async () => {
  await open('Charged twice')
  await letters().first().getByRole('button', { name: 'More about this message' }).click()
  await page.getByRole('menuitem', { name: 'Choose several messages' }).click()
  const bar = conversation().getByRole('region', { name: 'Chosen messages' })
  await bar.getByText('1 message chosen').waitFor()
  await bar.getByRole('button', { name: 'Move' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move to another ticket' })
  await dialog.getByRole('combobox', { name: 'Ticket' }).fill('Billed')
  await page.getByRole('option', { name: /Billed two times/ }).click()
  await dialog.getByRole('button', { name: 'Move' }).click()
  await page.getByText(/^Moved to #\d+$/).waitFor()
  await open('Billed two times')
  await conversation().getByText('I see two charges.').waitFor()
  await conversation().getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Change sender' }).click()
  const sender = page.getByRole('dialog', { name: 'Change sender' })
  await sender.getByRole('combobox', { name: 'Who really wrote' }).fill('lea@ito.test')
  await page.getByRole('option', { name: 'New contact lea@ito.test' }).click()
  await sender.getByRole('button', { name: 'Change sender' }).click()
  await page.getByText('Sender changed', { exact: true }).first().waitFor()
  expect(world.complaints).toEqual([])
})
