import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MailboxHealth } from '#contract/feeds.ts'
import { storedMail } from '#test/imap/feed-world.ts'
import { folderOf, startScriptedServer, type ScriptedServer } from '#test/imap/scripted-server.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'

const inPast = 300
let server: ScriptedServer
let desk: RunningDesk
let mailboxId: string

beforeAll(async () => {
  const past = Array.from({ length: inPast }, (_, n) => storedMail(`past${n}`))
  server = await startScriptedServer({ INBOX: folderOf(past), Sent: folderOf([]) })
  const user = encodeURIComponent(server.user)
  desk = await startRunningDesk({
    IMAP_URL: `imap://${user}:${encodeURIComponent(server.password)}@127.0.0.1:${server.port}`,
  })
  const { body } = await desk.api<{ items: { id: string }[] }>('GET', '/mailboxes')
  mailboxId = body.items[0]?.id ?? ''
})
afterAll(async () => {
  await desk?.remove()
  await server?.stop()
})

const health = async () => (await desk.api<{ mailboxes: MailboxHealth[] }>('GET', '/custody/health')).body.mailboxes[0]
const recorded = async () => (await health())?.recorded ?? 0

test('IMAP_URL gives the first mailbox its feed', async () => {
  expect((await until(health, 'the health'))?.by).toBe('imap')
  await until(async () => (await health())?.state === 'ok', 'the first reading')
  server.append('INBOX', storedMail('first'))
  await until(async () => (await recorded()) === 1, 'the first mail')
})

test('killed again and again while it reads, the desk has every mail once', async () => {
  const { feed } = (
    await desk.api<{ feed: { host: string; port: number; user: string } }>('GET', `/mailboxes/${mailboxId}/feed`)
  ).body
  const { host, port, user } = feed
  const answer = await desk.api('PUT', `/mailboxes/${mailboxId}/feed`, {
    host,
    port,
    user,
    security: 'offered',
    auth: { kind: 'password' },
    backfillSince: '2026-01-01T00:00:00Z',
  })
  expect(answer.status).toBe(200)
  await until(async () => (await recorded()) > 20, 'the past to be read')
  await desk.kill()
  for (const failpoint of ['ingest.before_commit:23', 'ingest.after_commit:31', 'ingest.before_commit:40']) {
    await desk.start({ MAINSTAY_FAILPOINT: failpoint })
    await desk.ended()
  }
  await desk.start()
  server.append('INBOX', storedMail('last'))
  await until(async () => (await recorded()) === inPast + 2, 'all of it', 60)
  const { body } = await desk.api<{ counts: Record<string, number> }>('GET', '/custody')
  expect(body.counts).toMatchObject({ ticketed: inPast + 2, duplicate: 0, parked: 0 })
  await desk.api('POST', `/mailboxes/${mailboxId}/feed/run`)
  const [inbox] = await until(async () => {
    const { folders, state } = (await health()) ?? {}
    return state === 'ok' && folders?.[0]?.serverCount === inPast + 2 && folders
  }, 'the comparison')
  expect(inbox).toMatchObject({ recordedCount: inPast + 2, unlisted: 0 })
}, 180_000)
