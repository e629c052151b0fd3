import type { Page } from 'playwright-core'
import type { Stripe } from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#server/adapters/stripe/client.ts'
import { until } from '#test/running-desk.ts'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk, type Person } from './desk.ts'

const ole: Person = { name: 'Ole Agent', email: 'ole@desk.test', password: 'four quiet words here' }

let world: BrowserDesk
let stripe: Stripe
let page: Page
let customer: string

beforeAll(async () => {
  world = await startBrowserDesk()
  const outside = /outside world .* is at (\S+)/.exec(world.desk.said().stdout)?.[1] ?? ''
  stripe = createClient({ secretKey: 'sk_test_outside', base: `${outside}/stripe` })
  customer = await subscriber('Ann Rivera', 'ann@acme.test')
  const mail = { from: 'ann@acme.test', fromName: 'Ann Rivera', subject: 'The export', text: 'It was down on Monday.' }
  await world.mailIn(mail)
  page = await world.openAs(ole, ['agent'], '/inbox/all')
  await page.getByRole('region', { name: 'Tickets' }).getByText('The export').click()
  await facts().getByRole('button', { name: 'Confirm' }).click()
})
afterAll(() => world?.remove())

const facts = () => page.getByRole('region', { name: 'Facts' })

/** Somebody with a monthly plan of 49.00 USD. */
async function subscriber(name: string, email: string): Promise<string> {
  const card = 'pm_card_visa'
  const { id } = await stripe.customers.create({
    name,
    email,
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  })
  const product = await stripe.products.create({ name: 'Pro' })
  const recurring = { interval: 'month' } as const
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 4900, recurring })
  await stripe.subscriptions.create({ customer: id, items: [{ price: price.id }] })
  return id
}

test('credit is given with a reason, by keyboard alone, and confirmed by Stripe', async () => {
  await facts().getByRole('button', { name: 'Give credit' }).press('Enter')
  const own = page.getByRole('dialog', { name: 'Credit' })
  const amount = own.getByLabel('How much')
  await until(
    () => page.evaluate(`document.activeElement?.getAttribute('aria-label') === 'How much'`) as Promise<boolean>,
    'the focus in the amount',
  )
  await page.keyboard.type('12,50')
  await own
    .getByText(/could mean 12\.50 or 1250/)
    .first()
    .waitFor()
  await amount.fill('12.50')
  await own.getByText(/12\.50 USD are credited to the customer’s balance and taken off their next invoice/).waitFor()
  await own.getByText('Nobody: it is within what you may give alone.').waitFor()
  const give = own.getByRole('button', { name: 'Credit 12.50 USD' })
  expect(await give.getAttribute('aria-disabled')).toBe('true')
  await own.getByLabel('Reason').fill('The export was down on Monday.')
  expect(await accessibilityProblems(page)).toEqual([])
  // Our styles come before the library's wherever the bundle puts them: the action stands at the foot of the sheet.
  const [foot, sheet] = [await give.boundingBox(), await own.boundingBox()]
  expect((sheet?.y ?? 0) + (sheet?.height ?? 0) - (foot?.y ?? 0) - (foot?.height ?? 0)).toBeLessThan(20)
  await own.getByRole('button', { name: 'Credit 12.50 USD', disabled: false }).press('Enter')
  await own.getByText('Confirmed by Stripe').first().waitFor({ timeout: 60_000 })
  await own.getByText('12.50 USD was credited to the balance.').waitFor()
  await own.getByText('The export was down on Monday.').waitFor()
  const { data } = await stripe.customers.listBalanceTransactions(customer)
  expect(data.map((entry) => entry.amount)).toEqual([-1250])
  await page.keyboard.press('Escape')
  await own.waitFor({ state: 'detached' })
  await page.getByText('12.50 USD credited to the balance, confirmed by Stripe').waitFor()
})

test('a subscription is cancelled at the end of its period, then at once, and the sheet says what each means', async () => {
  const running = async () => (await stripe.subscriptions.list({ customer, status: 'all' })).data[0]
  const own = page.getByRole('dialog', { name: 'Cancellation' })
  const when = (name: string) => own.getByRole('radio', { name })
  const ask = () =>
    facts()
      .getByRole('button', { name: /^Cancel Pro/ })
      .click()
  await ask()
  await own
    .getByText(/^Access stays until .*, when what is paid runs out; then the subscription ends and does not renew\./)
    .waitFor()
  expect(await when('When what is paid runs out').isChecked()).toBe(true)
  await when('When what is paid runs out').press('ArrowDown')
  await own.getByText(/^The subscription and its access end at once\. Nothing is refunded or credited/).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await when('Now').press('ArrowUp')
  await own.getByRole('button', { name: 'Cancel at the end of the period', disabled: false }).click()
  await own.getByText('Confirmed by Stripe').first().waitFor({ timeout: 60_000 })
  expect(await running()).toMatchObject({ status: 'active', cancel_at_period_end: true })
  await page.keyboard.press('Escape')
  await facts()
    .getByText(/cancelled and ending on/i)
    .waitFor()

  await ask()
  await until(() => when('Now').isChecked(), 'the only way left')
  await own.getByRole('button', { name: 'Cancel now', disabled: false }).click()
  await own.getByText('The subscription was cancelled.').waitFor({ timeout: 60_000 })
  expect(await running()).toMatchObject({ status: 'canceled' })
  await page.keyboard.press('Escape')
  await facts()
    .getByText(/^Ended on/)
    .waitFor()
  expect(
    await facts()
      .getByRole('button', { name: /^Cancel Pro/ })
      .count(),
  ).toBe(0)
})

test.each([
  ['light', 1440],
  ['dark', 400],
] as const)('both sheets can be used by everybody, %s at %d px', async (colorScheme, width) => {
  const subscription = (await stripe.subscriptions.list({ customer, status: 'all' })).data[0]?.id ?? ''
  const { body } = await world.desk.api<{ items: { id: string }[] }>('GET', '/tickets?view=all')
  const ticket = `${world.desk.url()}/inbox/all/${body.items[0]?.id}`
  const own = await world.open('/inbox/all', { colorScheme, viewport: { width, height: 860 } })
  await own.goto(`${ticket}?billing=credit:${customer}`)
  const credit = own.getByRole('dialog', { name: 'Credit' })
  await credit.getByLabel('How much').fill('250')
  await credit.getByText('A lead or finance.').first().waitFor()
  await credit.getByRole('button', { name: 'Ask for approval of 250.00 USD' }).waitFor()
  expect(await accessibilityProblems(own)).toEqual([])
  await own.goto(`${ticket}?billing=cancellation:${subscription}`)
  const cancellation = own.getByRole('dialog', { name: 'Cancellation' })
  // It has ended: the sheet says so and orders nothing.
  await cancellation.getByText('This subscription has ended already.').waitFor()
  expect(await cancellation.getByRole('button', { name: /^Cancel/ }).getAttribute('aria-disabled')).toBe('true')
  expect(await accessibilityProblems(own)).toEqual([])
  expect(await own.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false)
  await own.context().close()
})

test('no page complained', () => {
  expect(world.complaints).toEqual([])
})
