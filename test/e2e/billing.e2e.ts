import type { Page } from 'playwright-core'
import type { Stripe } from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#server/adapters/stripe/client.ts'
import { until } from '#test/running-desk.ts'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk, type Person } from './desk.ts'

const lea: Person = { name: 'Lea Lead', email: 'lea@desk.test', password: 'four quiet words here' }
const finn: Person = { name: 'Finn Ance', email: 'finn@desk.test', password: 'four quiet words here' }

let world: BrowserDesk
let stripe: Stripe
/** The window of the lead, who does the work here. */
let page: Page
let charges: { pro: string; extra: string; onboarding: string }

beforeAll(async () => {
  world = await startBrowserDesk()
  const outside = /outside world .* is at (\S+)/.exec(world.desk.said().stdout)?.[1] ?? ''
  stripe = createClient({ secretKey: 'sk_test_outside', base: `${outside}/stripe` })
  const ann = await customer('Ann Rivera', 'ann@acme.test')
  charges = {
    pro: ann.charge,
    extra: await pay(ann, 4900, 'Pro (charged again)'),
    onboarding: await pay(ann, 49_000, 'Onboarding package'),
  }
  const dee = await customer('Dee Sputed', 'dee@consumer.test')
  await world.desk.world('POST', '/stripe/disputes', { charge: dee.charge })
  await world.mailIn({
    from: 'ann@acme.test',
    fromName: 'Ann Rivera',
    subject: 'Charged twice',
    text: 'I see 49.00 two times.',
  })
  await world.mailIn({ from: 'dee@consumer.test', fromName: 'Dee Sputed', subject: 'Not mine', text: 'Money back.' })
  page = await world.openAs(lea, ['lead'], '/inbox/all')
})
afterAll(() => world?.remove())

const facts = () => page.getByRole('region', { name: 'Facts' })
const sheet = () => page.getByRole('dialog', { name: 'Refund' })
const editor = () => page.locator('.ProseMirror')
const row = (description: string) => facts().getByRole('listitem').filter({ hasText: description })

/** Somebody with a monthly plan of 49.00 USD and its first charge. */
async function customer(name: string, email: string) {
  const card = 'pm_card_visa'
  const made = await stripe.customers.create({
    name,
    email,
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  })
  const product = await stripe.products.create({ name: 'Pro' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 4900,
    recurring: { interval: 'month' },
  })
  await stripe.subscriptions.create({ customer: made.id, items: [{ price: price.id }] })
  const { data } = await stripe.charges.list({ customer: made.id })
  return { id: made.id, charge: data[0]?.id ?? '' }
}

async function pay({ id }: { id: string }, amount: number, description: string): Promise<string> {
  const { data } = await stripe.paymentMethods.list({ customer: id })
  const intent = await stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    customer: id,
    payment_method: data[0]?.id ?? '',
    description,
    confirm: true,
    off_session: true,
  })
  return String(intent.latest_charge)
}

async function openTicket(subject: string) {
  await page.getByRole('region', { name: 'Tickets' }).getByText(subject).click()
  await page.getByRole('heading', { name: subject }).waitFor()
  await editor().waitFor()
}

/** Opens the drawer of a charge and chooses a cause; the policy has answered then. */
async function askPolicy(description: string, cause: string) {
  await row(description)
    .getByRole('button', { name: /^Refund of/ })
    .click()
  await sheet().getByRole('combobox', { name: 'Cause' }).click()
  await page.getByRole('option', { name: cause }).click()
  await sheet().getByRole('heading', { name: 'Who asks, and may they' }).waitFor()
}

const refunded = async (charge: string) => (await stripe.refunds.list({ charge })).data.map(({ amount }) => amount)

test('a proposed link says why, and shows their money once it is confirmed', async () => {
  await openTicket('Charged twice')
  await facts().getByText('Same address, ann@acme.test, verified by DMARC.').waitFor()
  expect(await row('Onboarding package').count()).toBe(0)
  await facts().getByRole('button', { name: 'Confirm' }).click()
  await row('Onboarding package').getByText('490.00 USD').waitFor()
  await row('Pro (charged again)').getByText('Visa 4242').waitFor()
  await facts()
    .getByText(/Active, next charge 49\.00 USD/)
    .waitFor()
})

test('a charge is explained by lines that close, and the words go into the reply', async () => {
  await row('Subscription creation').getByRole('button', { name: /^Why/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Why 49.00 USD was charged' })
  await dialog.getByText(/^= 49\.00 USD charged on .* to Visa 4242$/).waitFor()
  await dialog.getByRole('img', { name: 'The lines sum to the charge' }).waitFor()
  expect(page.url()).toContain(`billing=explain%3A${charges.pro}`)
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Insert into reply' }).click()
  await dialog.waitFor({ state: 'detached' })
  await editor()
    .getByText(/we charged 49\.00 USD to your Visa 4242/)
    .waitFor()
})

test('the drawer takes only what the policy allows, and Escape closes it alone', async () => {
  await askPolicy('Pro (charged again)', 'Charged twice')
  const amount = sheet().getByLabel('How much')
  await amount.fill('49.01')
  await sheet().getByText('At most 49.00 USD may go back.').first().waitFor()
  await amount.fill('12,50')
  await sheet()
    .getByText(/could mean 12\.50 or 1250/)
    .first()
    .waitFor()
  await amount.fill('12.50')
  await sheet().getByRole('button', { name: 'Refund 12.50 USD' }).waitFor()
  await amount.press('Escape')
  await sheet().waitFor({ state: 'detached' })
  expect(await page.getByRole('heading', { name: 'Charged twice' }).count()).toBe(1)
  await until(
    () =>
      page.evaluate(`document.activeElement?.getAttribute('aria-label') === 'Refund of 49.00 USD'`) as Promise<boolean>,
    'the focus back on the button',
  )
})

test('within the limit the refund goes through to Stripe’s confirmation, once, with the answer drafted', async () => {
  await askPolicy('Pro (charged again)', 'Charged twice')
  await sheet().getByText('The mail is from ann@acme.test by DMARC. The billing customer is their own.').waitFor()
  await sheet().getByText('Nobody: it is within what you may refund alone.').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await sheet().getByRole('button', { name: 'Refund 49.00 USD', exact: true }).dblclick()
  await sheet().getByText('Confirmed by Stripe').first().waitFor({ timeout: 60_000 })
  await sheet().getByText(/^re_/).waitFor()
  expect(await refunded(charges.extra)).toEqual([4900])
  await sheet().getByRole('button', { name: 'Insert into reply' }).click()
  await editor()
    .getByText(/We refunded 49\.00 USD to Visa 4242/)
    .waitFor()
  await row('Pro (charged again)')
    .getByText(/^Refunded /)
    .waitFor()
  await page.getByText(/49\.00 USD refunded, confirmed by Stripe/).waitFor()
})

test('above the limit somebody else must approve, and never the one who asked', async () => {
  await askPolicy('Onboarding package', 'Charged twice')
  await sheet().getByText('A lead or finance.').waitFor()
  await sheet().getByLabel('Note').fill('Bought by mistake.')
  await sheet().getByRole('button', { name: 'Ask for approval of 490.00 USD' }).click()
  await sheet().getByText('A refund of 490.00 USD waits for a lead to approve it.').waitFor()
  expect(await page.evaluate(`document.activeElement.closest('[role=dialog]') !== null`)).toBe(true)
  expect(await refunded(charges.onboarding)).toEqual([])
  await sheet().getByRole('link', { name: 'Open the approval' }).click()
  await page.locator('p', { hasText: 'You asked for this yourself; someone else must approve it.' }).waitFor()
  expect(await page.getByRole('button', { name: 'Approve' }).getAttribute('aria-disabled')).toBe('true')
  await page.keyboard.press('a')
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('a second person sees what the first saw, approves by one key, and the money moves', async () => {
  const other = await world.openAs(finn, ['finance'], '/billing/approvals')
  await other.getByRole('link', { name: /490\.00 USD/ }).waitFor()
  await other.keyboard.press('j')
  await other.getByText('Bought by mistake.').waitFor()
  await other.getByText('1 refund so far: 49.00 USD').waitFor()
  await other.getByText('the limit is 100.00 USD').first().waitFor()
  await other.keyboard.press('a')
  const dialog = other.getByRole('dialog', { name: 'Approve this refund?' })
  await dialog.getByRole('button', { name: 'Approve 490.00 USD' }).click()
  await other.getByText('Confirmed by Stripe').first().waitFor({ timeout: 60_000 })
  expect(await refunded(charges.onboarding)).toEqual([49_000])
  await other.getByText('Nothing waits for a decision').waitFor()
  await other.context().close()
})

test('a disputed charge is refused with the reason and what the customer may be told', async () => {
  await page.goto(`${world.desk.url()}/inbox/all`)
  await openTicket('Not mine')
  await facts().getByRole('button', { name: 'Confirm' }).click()
  await row('Subscription creation')
    .getByText(/Disputed/)
    .waitFor()
  await askPolicy('Subscription creation', 'Changed their mind')
  await sheet().getByText('disputed charges are never refunded').waitFor()
  await sheet()
    .getByText(/Your bank is already looking into the payment/)
    .waitFor()
  expect(await sheet().getByRole('button', { name: 'Refund', exact: true }).getAttribute('aria-disabled')).toBe('true')
  await page.keyboard.press('Escape')
})

test('a sender who may be forged reads a code back, and may then have billing changed', async () => {
  await world.mailIn({
    from: 'ann@acme.test',
    fromName: 'Ann Rivera',
    subject: 'And the rest',
    text: 'Please.',
    spoofed: true,
  })
  await openTicket('And the rest')
  await page.getByText(/^Pretends to be /).waitFor()
  await askPolicy('Subscription creation', 'Changed their mind')
  await sheet()
    .getByText(/failed DMARC/)
    .waitFor()
  await sheet()
    .getByRole('button', { name: /^Ask for approval of 49\.00 USD/ })
    .waitFor()
  await sheet().getByRole('button', { name: 'Send a code to the billing address' }).click()
  await sheet().getByRole('button', { name: 'Send the code' }).click()
  const field = sheet().getByLabel('The code the customer read back')
  await field.waitFor()
  const code = await until(async () => {
    const mails = await world.received('ann@acme.test')
    return mails.map(({ text }) => /\b\d{6}\b/.exec(text)?.[0]).findLast((found) => found !== undefined)
  }, 'the code in the customer’s mailbox')
  await field.fill(code === '123456' ? '654321' : '123456')
  await field.press('Enter')
  await sheet().getByText('This is not the code.').waitFor()
  await field.fill(code)
  await field.press('Enter')
  await sheet()
    .getByText(/Read back the code sent to the billing address on file/)
    .waitFor()
  await sheet().getByRole('button', { name: 'Refund 49.00 USD', exact: true }).waitFor()
  expect(await page.evaluate(`document.activeElement.closest('[role=dialog]') !== null`)).toBe(true)
  await page.keyboard.press('Escape')
  await sheet().waitFor({ state: 'detached' })
})

test('nobody linked: a customer is found by hand, with the reason that stays beside the link', async () => {
  await world.mailIn({ from: 'ann@home.test', fromName: 'Ann at home', subject: 'From home', text: 'It is me.' })
  await openTicket('From home')
  await facts().getByText('No Stripe customer linked').waitFor()
  await facts().getByRole('button', { name: 'Find a Stripe customer to link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Link a Stripe customer' })
  await dialog.getByLabel('Stripe customer', { exact: true }).fill('ann@acme')
  await dialog.getByRole('radio', { name: /Ann Rivera/ }).click()
  await dialog.getByLabel('How do you know it is them?').fill('She told me her last invoice.')
  await dialog.getByRole('button', { name: 'Link this customer' }).click()
  await row('Onboarding package').waitFor()
  await facts()
    .getByRole('button', { name: /^Stripe customer/ })
    .click()
  await facts()
    .getByText(/She told me her last invoice/)
    .waitFor()
})

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 400],
  ['dark', 400],
] as const)('facts, drawer, approvals and operations can be used by everybody, %s at %d px', async (scheme, width) => {
  const own = await world.open('/billing/approvals?state=approved', {
    colorScheme: scheme,
    viewport: { width, height: 860 },
  })
  await own.getByRole('link', { name: /490\.00 USD/ }).click()
  await own.getByRole('heading', { name: 'Refunded before' }).waitFor()
  expect(await accessibilityProblems(own)).toEqual([])
  await own.goto(`${world.desk.url()}/billing/operations`)
  await own
    .getByRole('link', { name: /49\.00 USD/ })
    .first()
    .click()
  await own.getByText('Confirmed by Stripe').first().waitFor()
  expect(await accessibilityProblems(own)).toEqual([])
  const { body } = await world.desk.api<{ items: { id: string; subject: string }[] }>('GET', '/tickets?view=all')
  const ticket = body.items.find(({ subject }) => subject === 'Charged twice')?.id ?? ''
  await own.goto(`${world.desk.url()}/inbox/all/${ticket}?billing=refund:${charges.pro}`)
  const dialog = own.getByRole('dialog', { name: 'Refund' })
  await dialog.getByRole('combobox', { name: 'Cause' }).click()
  await own.getByRole('option', { name: 'Goodwill' }).click()
  await dialog.getByRole('button', { name: /^(Refund|Ask for approval of) \d/ }).waitFor()
  expect(await accessibilityProblems(own)).toEqual([])
  expect(await own.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false)
  await own.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await own.keyboard.press('b')
  await own.getByRole('button', { name: /^Money/ }).waitFor()
  expect(await accessibilityProblems(own)).toEqual([])
  await own.context().close()
})

test('limits are saved as a new version, and two people saving at once both see it', async () => {
  const first = await world.open('/settings/refunds')
  const second = await world.open('/settings/refunds')
  const limit = (own: Page) => own.getByLabel('An agent alone, up to, in USD')
  await limit(second).fill('120')
  await limit(first).fill('150,5')
  await first
    .getByText(/could mean 150\.50 or 1505/)
    .first()
    .waitFor()
  await limit(first).fill('150')
  expect(await accessibilityProblems(first)).toEqual([])
  await first.getByRole('button', { name: 'Save as version 2' }).click()
  await first.getByRole('heading', { name: 'Refund limits, version 2' }).waitFor()
  await second.getByText(/Someone saved version 2 while you were typing/).waitFor()
  expect(await limit(second).inputValue()).toBe('120')
  await second.getByRole('button', { name: 'Save mine as version 3' }).click()
  await second.getByRole('heading', { name: 'Refund limits, version 3' }).waitFor()
  const { body } = await world.desk.api<{ limits: { autoLimit: Record<string, number> } }>('GET', '/policies/refund')
  expect(body.limits.autoLimit['USD']).toBe(120_00)
  await until(async () => (await limit(first).inputValue()) === '120.00', 'the newest limits in the other window')
  for (const own of [first, second]) await own.context().close()
})

test('a role without billing is told so instead of being shown nothing', async () => {
  const viewer = { name: 'Vi Ewer', email: 'vi@desk.test', password: 'four quiet words here' }
  const own = await world.openAs(viewer, ['viewer'], '/inbox/all')
  await own.getByRole('region', { name: 'Tickets' }).getByText('Charged twice').click()
  await own.getByText('Your role does not show billing. An admin can give you another one.').waitFor()
  await own.context().close()
})

test('no page complained', () => {
  // The browser reports every refused request by itself; ours are wanted.
  expect(world.complaints.filter((line) => !line.startsWith('Failed to load resource'))).toEqual([])
})
