import { afterEach, beforeEach, expect, test } from 'vitest'
import { runFeedNow } from '#modules/inbox/feeds/save-feed.ts'
import { runMailFeeds } from '#server/roles/mail-feeds.ts'
import { createFeedWorld, storedMail, type FeedWorld } from './feed-world.ts'
import { folderOf, startScriptedServer, type ScriptedServer } from './scripted-server.ts'

let t: FeedWorld
let server: ScriptedServer | undefined
beforeEach(async () => {
  t = await createFeedWorld({ silenceMs: 1500 })
})
afterEach(async () => {
  await t.close()
  await server?.stop()
  server = undefined
})

const names = (n: number, from = 0) => Array.from({ length: n }, (_, index) => `mail${from + index}`)
const past = { backfillSince: '2026-01-01T00:00:00Z', readSent: false }
const within = { timeout: 30_000, interval: 50 }
const ids = async () => (await t.messages()).map(({ provider_id }) => provider_id).toSorted()
const idsOf = (all: readonly string[]) => all.map((name) => `${name}@customer.test`).toSorted()

/** Reads again after every failure, as the desk does. */
async function readUntilDone(): Promise<number> {
  for (let failures = 0; ; failures++) {
    try {
      await t.read()
      return failures
    } catch (error) {
      if (failures > 20) throw error
    }
  }
}

test.each(['cutAtCommand', 'cutWithin'] as const)(
  'the connection breaks at every command in turn (%s): every mail is there once',
  async (fault) => {
    const all = names(6)
    server = await startScriptedServer({ INBOX: folderOf(all.map((name) => storedMail(name))) })
    await t.connect(server, past)
    await t.read()
    expect(await ids()).toEqual(idsOf(all))
    const commands = server.commands.length
    expect(commands).toBeGreaterThan(6)
    for (let n = 0; n < commands; n++) {
      const fresh = names(2, 100 * (n + 1))
      for (const name of fresh) server.append('INBOX', storedMail(name))
      all.push(...fresh)
      server.faults[fault] = n
      await readUntilDone()
      delete server.faults[fault]
    }
    expect(await ids()).toEqual(idsOf(all))
    expect(await t.dispositions()).toEqual({ ticketed: all.length })
    expect(await t.items()).toEqual({ received: all.length })
  },
)

test('mails that the server lists and does not hand out are named, told of, and read when it does', async () => {
  server = await startScriptedServer({ INBOX: folderOf(names(5).map((name) => storedMail(name))) })
  const inbox = server.folders.get('INBOX')
  if (inbox) inbox.withheld = new Set([2, 4])
  await t.connect(server, past)
  await t.read()
  expect(await ids()).toHaveLength(3)
  const health = await t.health()
  expect(health).toMatchObject({
    state: 'drift',
    missing: [
      { folder: 'INBOX', uid: 2, messageId: 'mail1@customer.test' },
      { folder: 'INBOX', uid: 4 },
    ],
  })
  expect(health.sentence).toBe('2 mails on the server could not be read.')
  expect(await t.events('feed.mail_missing')).toMatchObject([{ count: 2, first: 2, last: 4 }])
  delete inbox?.withheld
  t.clock.advance({ minutes: 61 })
  await t.read()
  expect(await ids()).toEqual(idsOf(names(5)))
  expect(await t.health()).toMatchObject({ state: 'ok', missing: [] })
})

test('mails that a listing left out are found by the hourly comparison, and by asking for it', async () => {
  server = await startScriptedServer({ INBOX: folderOf([]) })
  await t.connect(server, { readSent: false })
  await t.read()
  const inbox = server.folders.get('INBOX')
  if (inbox) inbox.unlisted = new Set([2])
  for (const name of names(3)) server.append('INBOX', storedMail(name))
  await t.read()
  expect(await ids()).toHaveLength(2)
  // The server announces three and lists two: that is told, although nobody can say which.
  await runFeedNow(t.desk(), t.mailboxId)
  await t.read()
  expect(await t.health()).toMatchObject({
    state: 'drift',
    sentence: 'The server announced 1 mail more than it listed.',
  })
  delete inbox?.unlisted
  await runFeedNow(t.desk(), t.mailboxId)
  await t.read()
  expect(await ids()).toEqual(idsOf(names(3)))
  expect(await t.events('feed.drift_found')).toMatchObject([{ unlisted: 1 }, { found: 1, recorded: 3, unlisted: 0 }])
  expect(await t.health()).toMatchObject({ state: 'ok', folders: [{ serverCount: 3, recordedCount: 3 }] })
})

test('a mail that is deleted before it is read is gone and not missing', async () => {
  server = await startScriptedServer({ INBOX: folderOf(names(3).map((name) => storedMail(name))) })
  const inbox = server.folders.get('INBOX')
  if (inbox) inbox.withheld = new Set([2])
  await t.connect(server, past)
  await t.read()
  expect(await t.items()).toEqual({ received: 2, missing: 1 })
  if (inbox) inbox.uids = [1, 3]
  t.clock.advance({ minutes: 61 })
  await t.read()
  expect(await t.items()).toEqual({ received: 2, gone: 1 })
  expect(await t.health()).toMatchObject({ state: 'ok' })
})

test('a mail that breaks the connection is parked after some tries and holds up nothing behind it', async () => {
  server = await startScriptedServer({ INBOX: folderOf(names(6).map((name) => storedMail(name))) })
  const inbox = server.folders.get('INBOX')
  if (inbox) inbox.deadly = new Set([3])
  await t.connect(server, past)
  expect(await readUntilDone()).toBe(4)
  expect(await ids()).toEqual(idsOf(names(6).filter((name) => name !== 'mail2')))
  expect(await t.dispositions()).toEqual({ ticketed: 5, parked: 1 })
  const { rows } = await t.world.pool.query(`select provider_id, reason from receipts where disposition = 'parked'`)
  expect(rows).toMatchObject([
    { provider_id: 'mail2@customer.test', reason: expect.stringMatching(/4 times/) as string },
  ])
})

test('a mail of more than 50 MB is parked with its reason and not fetched', async () => {
  server = await startScriptedServer({ INBOX: folderOf(names(3).map((name) => storedMail(name))) })
  const inbox = server.folders.get('INBOX')
  const mail = inbox?.mail
  if (inbox && mail) inbox.mail = (uid) => ({ ...mail(uid), ...(uid === 2 ? { size: 73 * 1024 * 1024 } : {}) })
  await t.connect(server, past)
  await t.read()
  expect(await t.dispositions()).toEqual({ ticketed: 2, parked: 1 })
  expect(server.fetched).toEqual([1, 3])
  const { rows } = await t.world.pool.query<{ reason: string }>(
    `select reason from receipts where disposition = 'parked'`,
  )
  expect(rows[0]?.reason).toMatch(/larger than 50 MB \(73 MB\)/)
})

test('mails that come in while others are fetched are read too', async () => {
  const scripted = await startScriptedServer({ INBOX: folderOf(names(120).map((name) => storedMail(name))) })
  server = scripted
  const inbox = scripted.folders.get('INBOX')
  const mail = inbox?.mail
  let added = 0
  if (inbox && mail)
    inbox.mail = (uid) => {
      if (added < 5 && scripted.fetched.length > added * 10)
        scripted.append('INBOX', storedMail(`mail${120 + added++}`))
      return uid <= 120 ? mail(uid) : { uid, raw: storedMail(`mail${uid - 1}`) }
    }
  await t.connect(server, past)
  await t.read()
  await t.read()
  expect(await ids()).toEqual(idsOf(names(125)))
})

test('a conversation that lies in the mailbox becomes one ticket, although mails are filed side by side', async () => {
  const mails = names(60).map((name, n) =>
    storedMail(name, n % 3 === 0 ? {} : { headers: `In-Reply-To: <mail${n - 1}@customer.test>` }),
  )
  server = await startScriptedServer({ INBOX: folderOf(mails) })
  await t.connect(server, past)
  await t.read()
  expect(await t.dispositions()).toEqual({ ticketed: 20, appended: 40 })
})

test('a server numbered anew, which gives old numbers to other mails, loses and doubles nothing', async () => {
  server = await startScriptedServer({ INBOX: folderOf(names(4).map((name) => storedMail(name))) })
  await t.connect(server, past)
  await t.read()
  const other = ['mail3', 'mail7', 'mail1', 'mail0', 'mail8', 'mail2']
  server.folders.set(
    'INBOX',
    folderOf(
      other.map((name) => storedMail(name)),
      2,
    ),
  )
  await t.read()
  await t.read()
  expect(await ids()).toEqual(idsOf(['mail0', 'mail1', 'mail2', 'mail3', 'mail7', 'mail8']))
  expect(await t.dispositions()).toEqual({ ticketed: 6, duplicate: 4 })
})

test('numbers that go back under the same UIDVALIDITY are taken for a folder numbered anew', async () => {
  server = await startScriptedServer({ INBOX: folderOf(names(4).map((name) => storedMail(name))) })
  await t.connect(server, past)
  await t.read()
  server.folders.set('INBOX', folderOf(['mail9', 'mail0'].map((name) => storedMail(name))))
  await t.read()
  expect(await ids()).toEqual(idsOf(['mail0', 'mail1', 'mail2', 'mail3', 'mail9']))
})

test('a server that falls silent is left, and read again when it speaks', async () => {
  server = await startScriptedServer({ INBOX: folderOf([]) })
  await t.connect(server, { readSent: false })
  const feeds = runMailFeeds(t.world, { pollMs: 500, watchMs: 50 })
  try {
    await expect.poll(async () => (await t.health()).state, within).toBe('ok')
    server.faults.isSilent = true
    server.append('INBOX', storedMail('unheard'))
    await expect.poll(async () => (await t.health()).state, within).toBe('failing')
    expect((await t.health()).sentence).toMatch(/has said nothing|did not answer|said nothing/)
    server.faults.isSilent = false
    await expect.poll(ids, within).toEqual(idsOf(['unheard']))
    await expect.poll(async () => (await t.health()).state, within).toBe('ok')
    expect(await t.events('feed.failing')).toHaveLength(1)
    expect(await t.events('feed.recovered')).toHaveLength(1)
  } finally {
    await feeds.stop()
  }
})

test('without IDLE the mailbox is looked at again and again', async () => {
  server = await startScriptedServer({ INBOX: folderOf([]) })
  server.faults.hasIdle = false
  await t.connect(server, { readSent: false })
  const feeds = runMailFeeds(t.world, { pollMs: 200, watchMs: 50 })
  try {
    await expect.poll(async () => (await t.health()).state, within).toBe('ok')
    server.append('INBOX', storedMail('polled'))
    await expect.poll(ids, within).toEqual(idsOf(['polled']))
    expect(server.commands.some((command) => command.startsWith('IDLE'))).toBe(false)
  } finally {
    await feeds.stop()
  }
})

test('the database goes away while mail is read: nothing is lost and nothing doubles', async () => {
  const scripted = await startScriptedServer({ INBOX: folderOf(names(60).map((name) => storedMail(name))) })
  server = scripted
  const inbox = scripted.folders.get('INBOX')
  const mail = inbox?.mail
  let broken = 0
  if (inbox && mail)
    inbox.mail = (uid) => {
      if (scripted.fetched.length > 15 * (broken + 1) && broken < 3) {
        broken++
        void t.world.pool
          .query(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
          )
          .catch(() => {})
      }
      return mail(uid)
    }
  await t.connect(server, past)
  await readUntilDone()
  expect(broken).toBe(3)
  expect(await ids()).toEqual(idsOf(names(60)))
  expect(await t.dispositions()).toEqual({ ticketed: 60 })
})
