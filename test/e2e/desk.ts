import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout } from 'node:timers/promises'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { launchBrowser } from './browser.ts'

export type Person = { name: string; email: string; password: string }

/** A whole desk with its outside world, and a browser in which its first admin is signed in. */
export type BrowserDesk = {
  desk: RunningDesk
  browser: Browser
  admin: Person
  /** A new window of the first admin. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>
  /** A new window of somebody else, who joins with these roles. */
  openAs(person: Person, roles: string[], path: string): Promise<Page>
  /** A customer writes; resolves when the desk has taken the mail. */
  mailIn(mail: Record<string, unknown>): Promise<{ messageId: string }>
  /** What a customer received so far, oldest first. */
  received(address: string): Promise<ReceivedMail[]>
  /** Things the pages said in their consoles that no page should say. */
  complaints: string[]
  remove(): Promise<void>
}

export type ReceivedMail = { id: string; subject: string; text: string; html: string | null; messageId: string }

/** Starts a desk on free ports, makes its first admin by the printed link, as a person would, and signs in. */
export async function startBrowserDesk(env: Record<string, string> = {}): Promise<BrowserDesk> {
  const desk = await startRunningDesk(env)
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await desk.remove()
    throw error
  })
  const complaints: string[] = []
  const admin = { name: 'Mia Berg', email: 'mia@desk.test', password: 'four quiet words here' }
  const setupUrl = /first admin: (\S+)/.exec(desk.said().stdout)?.[1] ?? ''
  const state = await firstSignIn(browser, setupUrl, admin)
  const newPage = async (options: BrowserContextOptions) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text())
    })
    return page
  }
  return {
    desk,
    browser,
    admin,
    complaints,
    async open(path, options = {}) {
      const page = await newPage({ storageState: state, ...options })
      await page.goto(desk.url() + path)
      return page
    },
    async openAs(person, roles, path) {
      const { body } = await desk.api<{ invitationUrl: string }>('POST', '/agents', {
        name: person.name,
        email: person.email,
        roles,
      })
      const page = await newPage({})
      await page.goto(body.invitationUrl)
      await page.getByLabel('Password').first().fill(person.password)
      await page.getByRole('button', { name: 'Save the password' }).click()
      await until(() => signedIn(page.context()), `the session of ${person.name}`)
      await page.goto(desk.url() + path)
      return page
    },
    async mailIn(mail) {
      const { body } = await desk.world<{ accepted: boolean; response: string; messageId: string }>(
        'POST',
        '/mail/send',
        { to: 'support@localhost', ...mail },
      )
      if (!body.accepted) throw new Error(`The desk refused the mail: ${body.response}`)
      return body
    },
    async received(address) {
      const { body } = await desk.world<{ items?: ReceivedMail[] }>(
        'GET',
        `/mail/mailboxes/${address}/messages?direction=received`,
      )
      return body.items ?? []
    },
    async remove() {
      await browser.close()
      await desk.remove()
    },
  }
}

async function signedIn(context: BrowserContext): Promise<boolean> {
  return (await context.cookies()).some(({ name }) => name.includes('session'))
}

async function firstSignIn(browser: Browser, setupUrl: string, admin: Person) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(setupUrl)
  await page.getByLabel('Your name').fill(admin.name)
  await page.getByLabel('Your e-mail address').fill(admin.email)
  await page.getByLabel('Password').first().fill(admin.password)
  await page.getByRole('button', { name: 'Make the admin account' }).click()
  // Whatever set-up offers next, the session is there.
  await until(() => signedIn(context), 'the session of the first admin')
  const state = await context.storageState()
  await context.close()
  return state
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds wrong with a page by WCAG 2.2 AA and its best practices: the rule and the first element, one line each.
 * The page is looked at once it has come to rest: half faded in, any text has too little contrast.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const deadline = Date.now() + 5_000
  for (;;) {
    await atRest(page)
    const found: unknown = await page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].target.join(' ') + ' ' + nodes[0].failureSummary))`,
    )
    const problems = found as string[]
    if (problems.length === 0 || Date.now() > deadline) return problems
    await setTimeout(500)
  }
}

/** Resolves when nothing on the page moves any more, but for what never ends (a spinner). */
async function atRest(page: Page): Promise<void> {
  const deadline = Date.now() + 30_000
  const still = `document.getAnimations().every(({ playState, effect }) =>
    playState !== 'running' || effect?.getComputedTiming().endTime === Infinity)`
  // Asked from here each time: what waits inside the page would evaluate text there, which its policy forbids.
  while (!(await page.evaluate(still))) {
    if (Date.now() > deadline) throw new Error('the page does not come to rest')
    await setTimeout(50)
  }
}
