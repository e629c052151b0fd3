import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '#test/running-desk.ts'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk } from './desk.ts'

let world: BrowserDesk
let page: Page

beforeAll(async () => {
  world = await startBrowserDesk()
  const { body } = await world.desk.api<{ version: number }>('GET', '/settings')
  await world.desk.api('PATCH', '/settings', { undoSeconds: 6, version: body.version })
  page = await world.open('/inbox')
})
afterAll(() => world?.remove())

const list = () => page.getByRole('region', { name: 'Tickets' })
const conversation = () => page.getByRole('region', { name: 'Conversation' })
const editor = () => page.locator('.ProseMirror')

/** Opens a ticket from the list and waits until it can be read. */
async function open(subject: string) {
  await list().getByText(subject).click()
  await conversation().getByRole('heading', { name: subject }).waitFor()
  await editor().waitFor()
}

test('an empty desk says what will appear and how to make the first one', async () => {
  await list().getByText('Nobody is waiting').waitFor()
})

test('a mail appears by itself and opens as the letter it is', async () => {
  await world.mailIn({
    from: 'ann@acme.test',
    fromName: 'Ann Rivera',
    subject: 'Charged twice in November',
    text: 'I see two charges of 49.00.\n\nAnn\n',
  })
  await list().getByText('Charged twice in November').waitFor()
  await page.getByRole('link', { name: /^Next\s*1$/ }).waitFor()
  await open('Charged twice in November')
  const letter = conversation().getByRole('article', { name: 'Message from Ann Rivera' })
  await letter.getByText('I see two charges of 49.00.').waitFor()
  await letter.getByText(/^Sent by .+, verified$/).waitFor()
})

test('a forged sender is called one beside the name', async () => {
  await world.mailIn({
    from: 'eve@bank.test',
    fromName: 'Eve',
    subject: 'Change my address',
    text: 'Please.',
    spoofed: true,
  })
  await open('Change my address')
  await conversation()
    .getByText(/^Pretends to be /)
    .waitFor()
})

test('a reply can be taken back before it leaves, is a draft again, and then reaches the customer', async () => {
  await open('Charged twice in November')
  await page.keyboard.press('r')
  await page.keyboard.type('The second one was ours.')
  await page.keyboard.press('Control+Enter')
  const reply = conversation().getByRole('article', { name: 'Reply by Mia Berg' })
  await reply.getByText(/Leaves in/).waitFor()
  await page.getByRole('button', { name: /^Undo \(/ }).click()
  await reply.waitFor({ state: 'detached' })
  await editor().getByText('The second one was ours.').waitFor()
  expect(await world.received('ann@acme.test')).toHaveLength(0)

  await editor().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' It is given back.')
  await page.keyboard.press('Control+Enter')
  await until(async () => (await editor().textContent()) === '', 'an empty composer')
  await reply.getByText('Sent', { exact: true }).waitFor({ timeout: 60_000 })
  const mails = await world.received('ann@acme.test')
  expect(mails).toHaveLength(1)
  expect(mails[0]?.text).toContain('The second one was ours. It is given back.')
  expect(mails[0]?.subject).toBe('Re: Charged twice in November')
})

test('a mail is forwarded and a reply sent again to several, each by a sheet that says who is missing', async () => {
  const sheet = page.getByRole('dialog')
  const name = async (...addresses: string[]) => {
    for (const address of addresses) {
      await sheet.getByRole('combobox', { name: 'To', exact: true }).fill(address)
      await page.keyboard.press('Enter')
    }
  }
  const letter = conversation().getByRole('article', { name: 'Message from Ann Rivera' })
  await letter.getByRole('button', { name: 'Forward' }).click()
  await until(() => sheet.getByRole('button', { name: 'Forward' }).isDisabled(), 'nobody to send to')
  await name('desk@bank.test')
  await sheet.getByLabel('Your note').fill('Is this yours?')
  await sheet.getByRole('button', { name: 'Forward' }).click()
  await sheet.waitFor({ state: 'detached' })

  const reply = conversation().getByRole('article', { name: 'Reply by Mia Berg' }).first()
  await reply.getByRole('button', { name: 'Details' }).click()
  await until(() => sheet.getByRole('button', { name: 'Send to these' }).isDisabled(), 'nobody to send to')
  await name('one@acme.test', 'two@acme.test')
  await sheet.getByRole('button', { name: 'Send to these' }).click()
  await sheet.waitFor({ state: 'detached' })
  for (const address of ['desk@bank.test', 'one@acme.test', 'two@acme.test'])
    await until(async () => (await world.received(address)).length === 1, `one mail to ${address}`)
})

test('a note is marked as one and never leaves', async () => {
  await page.keyboard.press('Escape')
  await page.goto(`${world.desk.url()}/inbox/all`)
  await open('Charged twice in November')
  await page.keyboard.press('n')
  await conversation().getByText('A note never leaves this desk').waitFor()
  await page.keyboard.type('secret-of-the-house')
  await page.keyboard.press('Control+Enter')
  const note = conversation().getByRole('article', { name: 'Note by Mia Berg' })
  await note.getByText('note', { exact: true }).waitFor()
  const { body } = await world.desk.world('GET', '/mail/mailboxes')
  expect(JSON.stringify(body)).not.toContain('secret-of-the-house')
  for (const mail of await world.received('ann@acme.test'))
    expect(`${mail.text} ${mail.html}`).not.toContain('secret-of-the-house')
})

test('what is typed survives a reload, saved or not', async () => {
  await page.keyboard.press('r')
  await page.keyboard.type('half a thought')
  await conversation().getByText('saved', { exact: true }).waitFor()
  await page.keyboard.type(' and one more')
  await page.reload()
  await editor().getByText('half a thought and one more').waitFor()
})

test('the first try to send stops when the customer wrote in the meantime', async () => {
  const [first] = await world.received('ann@acme.test')
  await world.desk.world('POST', '/mail/reply', { messageId: first?.messageId, from: 'ann@acme.test', text: 'Wait' })
  await conversation().getByText('1 new message since you started.').waitFor()
  const answer = conversation().getByRole('article', { name: 'Message from ' }).last().frameLocator('iframe')
  await answer.getByText('Wait').waitFor()
  expect(await answer.getByText('It is given back').isVisible()).toBe(false)
  await answer.getByText(/\d+ quoted lines/).click()
  await answer.getByText('It is given back').waitFor()
  await editor().click()
  await page.keyboard.press('Control+Enter')
  await conversation()
    .getByText(/send again to send anyway/)
    .waitFor()
  expect(
    await conversation()
      .getByText(/Leaves in/)
      .count(),
  ).toBe(0)
  await page.keyboard.press('Control+Enter')
  await conversation()
    .getByText(/Leaves in/)
    .waitFor()
})

test('without a network nothing is sent and nothing is lost', async () => {
  await page.goto(`${world.desk.url()}/inbox/next`)
  await open('Change my address')
  await page.context().setOffline(true)
  await page.keyboard.press('r')
  await page.keyboard.type('words in a tunnel')
  await conversation().getByText('kept in this browser').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('The desk cannot be reached').waitFor()
  await page.context().setOffline(false)
  await conversation().getByText('saved', { exact: true }).waitFor()
  expect(await editor().textContent()).toBe('words in a tunnel')
  expect(
    await conversation()
      .getByText(/Leaves in/)
      .count(),
  ).toBe(0)
})

test('earlier letters come in above without moving what is read', async () => {
  const { body } = await world.desk.api<{ id: string }>('POST', '/tickets', {
    subject: 'A long thread',
    direction: 'inbound',
    requester: { email: 'long@acme.test' },
    message: { text: 'The first of many' },
  })
  for (let i = 0; i < 40; i++)
    await world.desk.api('POST', `/tickets/${body.id}/messages`, { kind: 'note', text: `Note number ${i}.` })
  await page.goto(`${world.desk.url()}/inbox/all/${body.id}`)
  await conversation().getByText('Note number 39.').waitFor()
  const earlier = conversation().getByRole('button', { name: 'Show earlier messages' })
  await earlier.scrollIntoViewIfNeeded()
  const place = async () => (await conversation().getByText('Note number 15.').boundingBox())?.y
  const before = await place()
  await earlier.click()
  await conversation().getByText('The first of many').waitFor()
  // Where the button was, something else may stand now; what was read stays where it was.
  expect(Math.abs(((await place()) ?? 0) - (before ?? 0))).toBeLessThan(60)
})

test('owner, priority, tags and the solve go by keys, and j goes on to the next', async () => {
  await page.goto(`${world.desk.url()}/inbox/next`)
  await open('Charged twice in November')
  await page.keyboard.press('p')
  await page.getByRole('menuitem', { name: 'Urgent' }).click()
  await conversation().getByText('Priority set to urgent').waitFor()
  await page.keyboard.press('t')
  await page.getByPlaceholder('Add a tag').fill('refund')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await conversation().getByText('Tags are now refund').waitFor()
  await page.keyboard.press('e')
  await conversation()
    .getByText(/Status set to solved/)
    .waitFor()
  await list().getByText('Charged twice in November').waitFor({ state: 'detached' })
  // It stood last, since nothing was due on it; the last of those that remain is next.
  await page.keyboard.press('j')
  await conversation().getByRole('heading', { name: 'A long thread' }).waitFor()
  await page.goBack()
  await until(() => Promise.resolve(page.url().endsWith('/inbox/next')), 'the view without a ticket')
})

test('an address leads a colleague to the same ticket, and an unknown one says so', async () => {
  const { body } = await world.desk.api<{ items: { id: string; subject: string }[] }>('GET', '/tickets?view=all')
  const ticket = body.items.find(({ subject }) => subject === 'Change my address')
  const viewer = await world.openAs(
    { name: 'Vera Lind', email: 'vera@desk.test', password: 'other quiet words here' },
    ['viewer'],
    `/inbox/next/${ticket?.id}`,
  )
  await viewer.getByRole('heading', { name: 'Change my address' }).waitFor()
  await viewer.getByText('Your role reads tickets. An agent, a lead or an admin can reply.').waitFor()
  expect(await viewer.locator('.ProseMirror').count()).toBe(0)
  await viewer.goto(`${world.desk.url()}/inbox/next/tkt_01m81mjd33f9wbh5p2aw9t5j9z`)
  await viewer.getByText('This ticket cannot be shown').waitFor()
  await viewer.context().close()
})

test('search finds words in messages and marks them', async () => {
  await page.keyboard.press('/')
  await page.getByRole('searchbox', { name: 'Search' }).fill('charges')
  await page.locator('mark', { hasText: 'charges' }).first().waitFor()
})

test.each(['light', 'dark'] as const)('queue and conversation have no accessibility problem in %s', async (scheme) => {
  const window = await world.open('/inbox/all', { colorScheme: scheme })
  await window.getByText('Charged twice in November').first().click()
  await window.locator('.ProseMirror').waitFor()
  await window.getByRole('region', { name: 'Facts' }).getByText('Past tickets').waitFor()
  await window.mouse.move(0, 0)
  await window.getByRole('tooltip').waitFor({ state: 'detached' })
  expect(await accessibilityProblems(window)).toEqual([])
  await window.context().close()
})

test('on a phone one pane shows at a time, with a way back', async () => {
  const phone = await world.open('/inbox/all', { viewport: { width: 400, height: 800 } })
  await phone.getByText('Change my address').click()
  await phone.getByRole('region', { name: 'Conversation' }).waitFor()
  expect(await phone.getByRole('region', { name: 'Tickets' }).count()).toBe(0)
  await phone.getByRole('button', { name: 'Back to the list' }).click()
  await phone.getByRole('region', { name: 'Tickets' }).waitFor()
  expect(await accessibilityProblems(phone)).toEqual([])
  await phone.context().close()
})

test('no page complained in its console', () => {
  // An unknown ticket and a lost network are part of the story, and the browser reports them by itself.
  expect(world.complaints.filter((line) => !/status of 40[34]|INTERNET_DISCONNECTED/.test(line))).toEqual([])
})
