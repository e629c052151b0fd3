import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Import } from '#contract/imports.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'

let desk: RunningDesk
let mailboxId: string
beforeAll(async () => {
  desk = await startRunningDesk()
  await mkdir(join(desk.dataDir, 'import'), { recursive: true })
  mailboxId = (await desk.api<{ items: { id: string }[] }>('GET', '/mailboxes')).body.items[0]?.id ?? ''
})
afterAll(() => desk.remove())

/** Mails of three to a conversation. */
function archive(name: string, n: number): string {
  return Array.from({ length: n }, (_, index) => {
    const refs = index % 3 === 0 ? [] : [`In-Reply-To: <${name}.${index - (index % 3)}@old.test>`]
    const head = ['From: Ann <ann@old.test>', 'To: support@localhost', `Subject: Number ${index}`]
    return [
      `From ann@old.test Mon Mar  3 10:00:00 2025`,
      ...head,
      `Message-ID: <${name}.${index}@old.test>`,
      ...refs,
      'Date: Mon, 03 Mar 2025 10:00:00 +0000',
      '',
      `Text number ${index}. `.repeat(20),
      '',
      '',
    ].join('\n')
  }).join('')
}

async function start(name: string, n: number): Promise<string> {
  await writeFile(join(desk.dataDir, 'import', name), archive(name, n))
  const { body, status } = await desk.api<Import>('POST', '/imports', { mailboxId, file: name })
  if (status !== 201) throw new Error(`the import was not started: ${JSON.stringify(body)}`)
  return body.id
}
const state = async (id: string) => (await desk.api<Import>('GET', `/imports/${id}`)).body
const done = (id: string) =>
  until(
    async () => {
      const now = await state(id)
      return now.state !== 'running' && now
    },
    'the import to end',
    120,
  )

/** Every mail of it is in custody once and in a ticket. */
async function expectWhole(name: string, n: number): Promise<void> {
  const tickets = new Set<string>()
  let items = 0
  for (let cursor = ''; ;) {
    const query = new URLSearchParams({ subject: 'Number', limit: '100', ...(cursor && { cursor }) })
    const { body } = await desk.api<{
      items: { providerId: string; ticketId: string }[]
      nextCursor: string | null
    }>('GET', `/custody/items?${query}`)
    for (const item of body.items.filter(({ providerId }) => providerId.startsWith(`${name}.`))) {
      items++
      tickets.add(item.ticketId)
    }
    if (!body.nextCursor) break
    cursor = body.nextCursor
  }
  expect([items, tickets.size]).toEqual([n, Math.ceil(n / 3)])
}

test('killed before a commit, an import neither loses nor doubles a mail', async () => {
  await desk.stop()
  await desk.start({ MAINSTAY_FAILPOINT: 'import.before_commit:3' })
  const id = await start('before.mbox', 150)
  await desk.ended()
  await desk.start()
  expect(await state(id)).toMatchObject({ read: 50 })
  expect(await done(id)).toMatchObject({ state: 'done', read: 150, filed: 150, duplicates: 0, parked: 0 })
  await expectWhole('before.mbox', 150)
}, 180_000)

test('killed at any moment, again and again, it ends with every mail once', async () => {
  const id = await start('random.mbox', 600)
  for (const ms of [150, 420, 300]) {
    await sleep(ms)
    await desk.kill()
    await desk.start()
  }
  expect(await done(id)).toMatchObject({ state: 'done', read: 600, filed: 600, duplicates: 0, parked: 0 })
  await expectWhole('random.mbox', 600)
}, 240_000)

test('2,000 mails are imported; how fast is only told', async () => {
  const began = performance.now()
  const id = await start('many.mbox', 2000)
  expect(await done(id)).toMatchObject({ read: 2000, filed: 2000 })
  console.log(`imported ${Math.round(2000 / ((performance.now() - began) / 1000))} mails per second`)
}, 240_000)
