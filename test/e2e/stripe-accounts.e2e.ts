import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stripeByKey } from '#test/billing/stripe-by-key.ts'
import { startStripeWorld, type StripeWorld } from '#test/billing/stripe-world.ts'
import { accessibilityProblems, startBrowserDesk, type BrowserDesk } from './desk.ts'

let first: StripeWorld
let second: StripeWorld
let address: Awaited<ReturnType<typeof stripeByKey>>
let world: BrowserDesk
let page: Page

beforeAll(async () => {
  first = await startStripeWorld(Date.now())
  second = await startStripeWorld(Date.now())
  await second.control('POST', '/account', { id: 'acct_2Second' })
  await second.stripe.customers.create({ email: 'ada@example.com', name: 'Ada Rivera' })
  address = await stripeByKey({ sk_test_first: first.base, sk_test_second: second.base })
  world = await startBrowserDesk({ STRIPE_API_BASE: address.base, STRIPE_SECRET_KEY: 'sk_test_first' })
  page = await world.open('/settings/stripe')
})
afterAll(async () => {
  await world?.remove()
  address?.close()
  await first?.close()
  await second?.close()
})

const button = (name: string) => page.getByRole('button', { name })
const dialog = () => page.getByRole('dialog')
const accounts = () => page.getByRole('table', { name: 'Accounts' })

test('an account is connected by its key, looked at, and disconnected again', async () => {
  await accounts().getByText('First account').waitFor()
  expect(await button('Disconnect First account').count()).toBe(0)
  await button('Connect an account').click()
  await dialog().getByLabel('Name').fill('Second shop')
  await dialog().getByLabel('Secret or restricted key').fill('sk_test_wrong')
  await button('Connect it').click()
  await dialog().getByText('Invalid API Key provided').waitFor()
  await dialog().getByLabel('Secret or restricted key').fill('sk_test_second')
  await button('Connect it').click()
  await accounts().getByText('acct_2Second', { exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'Account shown below' }).click()
  await page.getByRole('option', { name: 'Second shop' }).click()
  await page.waitForURL(/account=acct_2Second_test/)
  await page.getByText('/hooks/stripe/acct_2Second_test').waitFor()
  // One customer and nothing else is there.
  await page.getByText('1 objects were read.').waitFor({ timeout: 30_000 })
  expect(await accessibilityProblems(page)).toEqual([])
  await button('Disconnect Second shop').click()
  await dialog().getByRole('button', { name: 'Disconnect' }).click()
  await accounts().getByText('acct_2Second', { exact: true }).waitFor({ state: 'detached' })
  expect(await page.getByRole('combobox', { name: 'Account shown below' }).count()).toBe(0)
  expect(world.complaints.filter((line) => !line.includes('400'))).toEqual([])
})
