import { afterAll, beforeAll, expect, test } from 'vitest'
import { setFolder, feedFoldersOf } from '#modules/inbox/store/feed-folders.ts'
import { createFeedWorld, storedMail, type FeedWorld } from './feed-world.ts'
import { startScriptedServer, type ScriptedServer } from './scripted-server.ts'

const mails = 200_000
const last = 300

let t: FeedWorld
let server: ScriptedServer
/** The most bodies the server has handed out above those that are recorded. */
let mostAhead = 0

beforeAll(async () => {
  t = await createFeedWorld()
  server = await startScriptedServer({
    INBOX: {
      uidValidity: 7,
      // Three numbers per mail, as in a mailbox that is cleaned up now and then.
      uidNext: mails * 3 + 1,
      uids: Array.from({ length: mails }, (_, index) => index * 3 + 1),
      mail: (uid) => ({ uid, raw: storedMail(`mail${uid}`) }),
    },
  })
})
afterAll(async () => {
  await server.stop()
  await t.close()
})

test('of 200,000 mails only those that come are read', async () => {
  await t.connect(server, { readSent: false })
  await t.read()
  for (let n = 0; n < 3; n++) server.append('INBOX', storedMail(`new${n}`))
  await t.read()
  await t.read()
  expect(server.fetched).toHaveLength(3)
  expect(await t.dispositions()).toEqual({ ticketed: 3 })
})

test('its past is read in pages that go on where they were, and no mail is fetched twice', async () => {
  await t.connect(server, { readSent: false, backfillSince: '2026-01-01T00:00:00Z' })
  const watching = setInterval(() => {
    void t.world.pool
      .query<{ n: number }>('select count(*) as n from feed_items')
      .then(({ rows }) => (mostAhead = Math.max(mostAhead, server.fetched.length - (rows[0]?.n ?? 0))))
      .catch(() => {})
  }, 5)
  // Two hundred thousand take minutes; the first pages, a leap, and the last ones show the same.
  server.faults.cutAtCommand = 30
  await expect(t.read()).rejects.toThrow()
  const [folder] = await feedFoldersOf(t.desk(), t.mailboxId)
  expect(folder?.olderTotal).toBe(mails)
  expect(folder?.olderDone).toBeGreaterThan(200)
  if (folder) await setFolder(t.desk(), folder, { olderNext: (mails - last) * 3 + 1 })
  await t.world.pool.query('update feed_folders set reconciled_at = $1', [t.desk().now().toString()])
  await t.read()
  clearInterval(watching)
  const fetched = server.fetched.length
  expect(new Set(server.fetched).size).toBe(fetched)
  expect(mostAhead).toBeLessThanOrEqual(100)
  expect((await t.items()).received).toBe(fetched)
  // Started again there is nothing to do, and no number is asked for again.
  server.commands.length = 0
  await t.read()
  expect(server.fetched).toHaveLength(fetched)
  expect(server.commands.filter((command) => command.startsWith('UID FETCH'))).toEqual([])
}, 300_000)
