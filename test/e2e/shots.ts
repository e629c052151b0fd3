import type { BrowserContext, Page } from 'playwright-core'
import { paths } from '#web/desk/paths.ts'
import { ask } from './demo-desk.ts'

/** What the pictures are taken of; found in the demo company, so that no picture is of an empty page. */
export type Subjects = { ticket: string; charge: string; emulators: string | null; account: string }

export type Shot = {
  name: string
  /** Whose window; nobody's for what stands before sign-in. */
  role: 'lead' | 'admin' | null
  path: (subjects: Subjects) => string | null
  /** What is done on the page before the picture; `wide` is false at 400 px. */
  act?: (page: Page, subjects: Subjects, wide: boolean) => Promise<void>
}

const facts = async (page: Page, wide: boolean): Promise<void> => {
  if (!wide) await page.getByRole('button', { name: 'Facts' }).click()
}
const openTicket = (subjects: Subjects): string => paths.ticket(subjects.ticket)

/** The main screens, in the order a newcomer meets them. */
export const shots: Shot[] = [
  { name: 'sign-in', role: null, path: () => paths.signIn() },
  { name: 'queue', role: 'lead', path: () => paths.view('next') },
  {
    name: 'conversation',
    role: 'lead',
    path: openTicket,
    act: (page) => page.locator('.ProseMirror').waitFor(),
  },
  {
    name: 'composer',
    role: 'lead',
    path: openTicket,
    async act(page) {
      await page.locator('.ProseMirror').waitFor()
      await page.keyboard.press('r')
      await page.locator('.ProseMirror').click()
      // What an earlier picture left as a draft is replaced.
      await page.keyboard.press('Control+a')
      await page.keyboard.type('Thanks for writing. I looked at both payments and one of them was ours to give back.')
    },
  },
  {
    name: 'facts',
    role: 'lead',
    path: openTicket,
    async act(page, { charge }, wide) {
      await facts(page, wide)
      await page.locator(`[data-charge="${charge}"]`).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'explainer',
    role: 'lead',
    path: openTicket,
    async act(page, { charge }, wide) {
      await facts(page, wide)
      await page.locator(`[data-charge="${charge}"]`).getByRole('button', { name: /why/i }).click()
      await page.getByText('In words for the customer').waitFor()
    },
  },
  {
    name: 'refund-drawer',
    role: 'lead',
    path: openTicket,
    async act(page, { charge }, wide) {
      await facts(page, wide)
      await page
        .locator(`[data-charge="${charge}"]`)
        .getByRole('button', { name: /refund/i })
        .click()
      const drawer = page.getByRole('dialog').last()
      await drawer.getByRole('combobox', { name: 'Cause' }).or(drawer.getByLabel('Cause')).first().click()
      await page.getByRole('option').first().click()
      await drawer.getByText('What will happen').waitFor()
    },
  },
  { name: 'approvals', role: 'lead', path: () => paths.approvals() },
  { name: 'customers', role: 'lead', path: ({ account }) => paths.account(account) },
  {
    name: 'custody',
    role: 'lead',
    path: () => paths.custody(),
    async act(page, _subjects, wide) {
      if (wide)
        await page.getByRole('region', { name: 'Parked' }).getByRole('listitem').first().getByRole('link').click()
    },
  },
  {
    name: 'custody-item',
    role: 'lead',
    path: () => paths.custodyOf('all'),
    async act(page) {
      await page.getByRole('region', { name: 'Everything' }).getByRole('listitem').first().getByRole('link').click()
      await page.getByText('Message-ID', { exact: true }).waitFor()
    },
  },
  { name: 'report', role: 'lead', path: () => paths.insights({ days: '90' }) },
  {
    name: 'report-tickets',
    role: 'lead',
    path: () => paths.figure('first_reply_human', { days: '90' }),
    async act(page) {
      await page
        .getByRole('row')
        .filter({ has: page.getByRole('cell', { name: 'Counted' }) })
        .first()
        .getByRole('link', { name: /Arithmetic of/ })
        .click()
      await page.getByRole('dialog').getByText('All intervals').waitFor()
    },
  },
  { name: 'settings-people', role: 'admin', path: () => paths.settingsOf('agents') },
  { name: 'settings-hours', role: 'admin', path: () => paths.settingsOf('hours') },
  { name: 'settings-refunds', role: 'admin', path: () => paths.settingsOf('refunds') },
  { name: 'settings-general', role: 'admin', path: () => paths.settingsOf('desk') },
  { name: 'settings-mailboxes', role: 'admin', path: () => paths.settingsOf('mailboxes') },
  { name: 'settings-audit', role: 'admin', path: () => paths.settingsOf('audit') },
  { name: 'outside-world', role: null, path: ({ emulators }) => emulators },
]

type Row = { id: string; requester: { id: string }; accountId: string | null }
type Billing = { customers: { charges: { id: string; status: string; refunds: unknown[]; dispute: unknown }[] }[] }

/** A ticket whose customer paid something that nobody gave back yet, and the charge; the account of anybody. */
export async function findSubjects(context: BrowserContext, url: string): Promise<Subjects> {
  const { items } = await ask<{ items: Row[] }>(context, url, '/tickets?view=all&limit=100')
  const me = await ask<{ emulatorsUrl: string | null }>(context, url, '/me')
  const accounts = await ask<{ items: { id: string }[] }>(context, url, '/accounts')
  for (const { id, requester } of items) {
    const billing = await ask<Billing>(context, url, `/contacts/${requester.id}/billing`)
    const charge = billing.customers
      .flatMap(({ charges }) => charges)
      .find(({ status, refunds, dispute }) => status === 'succeeded' && refunds.length === 0 && !dispute)
    if (charge)
      return { ticket: id, charge: charge.id, emulators: me.emulatorsUrl, account: accounts.items[0]?.id ?? '' }
  }
  throw new Error('No ticket of the demo company has a charge that could be refunded.')
}
