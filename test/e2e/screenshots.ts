import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { demoIsWhole, findDemoDesk, signInAs, type DemoDesk } from './demo-desk.ts'
import { findSubjects, shots, type Shot, type Subjects } from './shots.ts'

const folder = fileURLToPath(new URL('../../screenshots', import.meta.url))
const widths = [1440, 400] as const
const schemes = ['light', 'dark'] as const
type State = BrowserContextOptions['storageState']

/** Names given on the command line choose among the screens. */
const chosen = process.argv.slice(2)

const desk = await findDemoDesk()
const browser = await launchBrowser()
let failed = 0
try {
  const states = { lead: await signInAs(browser, desk, 'lead'), admin: await signInAs(browser, desk, 'admin') }
  const asking = await browser.newContext({ storageState: states.lead })
  await demoIsWhole(asking, desk.url)
  const subjects = await findSubjects(asking, desk.url)
  await mkdir(folder, { recursive: true })
  for (const shot of shots.filter(({ name }) => chosen.length === 0 || chosen.includes(name)))
    for (const width of widths)
      for (const scheme of schemes)
        await take(browser, desk, shot, subjects, { width, scheme, state: shot.role ? states[shot.role] : undefined })
  // The demo's agent did not mean to write that reply.
  await asking.request.delete(`${desk.url}/api/v1/tickets/${subjects.ticket}/draft`, { headers: { origin: desk.url } })
} finally {
  await browser.close()
  await desk.remove()
}
process.exitCode = failed > 0 ? 1 : 0

type Look = { width: number; scheme: 'light' | 'dark'; state: State }

/** One picture in a window of its own. What went wrong is said and the others are still taken. */
async function take(browser: Browser, { url }: DemoDesk, shot: Shot, subjects: Subjects, look: Look): Promise<void> {
  const { width, scheme, state } = look
  const path = shot.path(subjects)
  if (path === null) return
  const context = await browser.newContext({
    viewport: { width, height: width > 640 ? 900 : 800 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    ...(state ? { storageState: state } : {}),
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const file = `${shot.name}-${width}-${scheme}.png`
  try {
    await page.goto(path.startsWith('http') ? path : url + path)
    await settled(page)
    await shot.act?.(page, subjects, width > 640)
    await settled(page)
    process.stdout.write(`${file}\n`)
  } catch (error) {
    failed += 1
    process.stdout.write(`${file}: ${(error as Error).message.split('\n')[0]}\n`)
  }
  await page.screenshot({ path: join(folder, file) })
  await context.close()
}

/** No grey rows are left and what was typed or pressed is drawn; the live stream keeps the network from ever being idle. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.waitForTimeout(600)
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'hidden' })
}
