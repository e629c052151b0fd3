import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attacks } from '#server/channels/email/message/attacks.fixture.ts'
import { until } from '#test/running-desk.ts'
import { startBrowserDesk, type BrowserDesk } from './desk.ts'

let world: BrowserDesk
let page: Page
let canary: Server
let canaryUrl: string
/** What something that ran or loaded would leave behind. */
const seen: string[] = []

beforeAll(async () => {
  canary = createServer((request, response) => {
    seen.push(`request ${request.url}`)
    response.setHeader('access-control-allow-origin', '*').end('top.pwned = true')
  })
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done))
  canaryUrl = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`
  world = await startBrowserDesk()
  page = await world.open('/inbox')
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => seen.push(`window ${popup.url()}`))
})
afterAll(async () => {
  await world?.remove()
  canary?.close()
})

/** The attack, calling our canary and changing the page around it when it can. */
const armed = (attack: string) =>
  attack.replaceAll('https://evil.example', canaryUrl).replaceAll('alert(1)', '(top.pwned=true,alert(1))')

async function ticketOf(subject: string): Promise<string> {
  return until(async () => {
    const { body } = await world.desk.api<{ items: { id: string; subject: string }[] }>('GET', '/tickets?limit=100')
    return body.items.find((ticket) => ticket.subject === subject)?.id
  }, `the ticket ${subject}`)
}

const parentState = async () =>
  (await page.evaluate('({ pwned: String(window.pwned), path: location.pathname, base: document.baseURI })')) as {
    pwned: string
    path: string
    base: string
  }

test('the detectors see a script that runs in a frame without our walls', async () => {
  const open = await world.browser.newPage()
  open.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  const planted = armed('<script>alert(1)</script><img src=https://evil.example/control>')
  await open.setContent(`<iframe srcdoc="${planted.replaceAll('"', '&quot;')}"></iframe>`)
  await until(
    () => Promise.resolve(seen.includes('dialog 1') && seen.includes('request /control')),
    'the planted attack',
  )
  expect(await open.evaluate('window.pwned')).toBe(true)
  await open.close()
  seen.length = 0
})

/** As many letters of one conversation are looked at together. */
const together = 5

test(`none of ${attacks.length} attacks does anything in the conversation`, async () => {
  expect(attacks.length).toBeGreaterThanOrEqual(75)
  const failed: string[] = []
  let framed = 0
  for (let first = 0; first < attacks.length; first += together) {
    const group = attacks.slice(first, first + together)
    const subject = `Attacks from number ${first}.`
    for (const [nth, attack] of group.entries())
      await world.mailIn({ from: 'eve@hostile.test', raw: letterWith(attack, subject, first, nth) })
    const path = `/inbox/all/${await ticketOf(subject)}`
    await page.goto(world.desk.url() + path)
    const letters = page.getByRole('article', { name: 'Message from Eve' })
    await letters.nth(group.length - 1).waitFor()
    for (const [nth, attack] of group.entries()) {
      const letter = letters.nth(nth)
      await letter.locator('iframe').or(letter.getByText('Hello there')).first().waitFor()
      const frame = letter.locator('iframe')
      if ((await frame.count()) === 0) continue
      framed++
      const inside = frame.contentFrame()
      await inside
        .getByText(`Hello there, number ${first + nth}.`)
        .first()
        .waitFor()
      const sandbox = (await frame.getAttribute('sandbox')) ?? 'none'
      const policy = await inside.locator('meta[http-equiv="Content-Security-Policy"]').first().getAttribute('content')
      if (/allow-(?:scripts|forms|top-navigation|modals)|none/.test(sandbox))
        failed.push(`${attack}: sandbox ${sandbox}`)
      if (!policy?.includes("default-src 'none'")) failed.push(`${attack}: policy ${policy}`)
    }
    const state = await parentState()
    if (state.pwned !== 'undefined' || state.path !== path || !state.base.startsWith(world.desk.url()))
      failed.push(`${group.join(' or ')}: ${JSON.stringify(state)}`)
    failed.push(...seen.splice(0).map((trace) => `${group.join(' or ')}: ${trace}`))
  }
  expect(failed).toEqual([])
  // Nearly all are shown as HTML; a frame that is not there would prove nothing.
  expect(framed).toBeGreaterThan(attacks.length - 5)
})

/** The attack as a mail; those of a group answer its first one. */
function letterWith(attack: string, subject: string, first: number, nth: number): string {
  return [
    'From: Eve <eve@hostile.test>',
    'To: support@localhost',
    `Subject: ${nth > 0 ? 'Re: ' : ''}${subject}`,
    `Message-ID: <attack-${first + nth}@hostile.test>`,
    ...(nth > 0 ? [`In-Reply-To: <attack-${first}@hostile.test>`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(`<p>Hello there, number ${first + nth}.</p>${armed(attack)}`)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n'),
  ].join('\r\n')
}
