import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hasDovecot, startDovecot, withoutDovecot, type Dovecot } from './dovecot.ts'
import { createFeedWorld, storedMail, type FeedWorld } from './feed-world.ts'
import { pauseFeed, runFeedNow } from '#modules/inbox/feeds/save-feed.ts'
import { testFeed } from '#modules/inbox/feeds/test-feed.ts'
import { writeMessage } from '#modules/inbox/actions/write-message.ts'
import { runMailFeeds } from '#server/roles/mail-feeds.ts'
import { idOf } from '#platform/ids.ts'

if (!hasDovecot) console.log(withoutDovecot)

describe.skipIf(!hasDovecot)('a mailbox on Dovecot', () => {
  let dovecot: Dovecot
  let t: FeedWorld
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot?.remove())
  beforeEach(async () => {
    const client = await dovecot.client()
    for (const path of ['INBOX', 'Sent', 'Archive']) {
      await client.mailboxOpen(path)
      if (client.mailbox && client.mailbox.exists > 0) await client.messageDelete('1:*')
    }
    await client.logout()
    t = await createFeedWorld()
    return () => t.close()
  })

  test('only mail that comes after the connection is read, and nothing is marked', async () => {
    await dovecot.append('INBOX', storedMail('old'))
    await t.connect(dovecot)
    await t.read()
    expect(await t.messages()).toEqual([])
    await dovecot.append('INBOX', storedMail('new'))
    await t.read()
    await t.read()
    expect(await t.messages()).toMatchObject([{ kind: 'inbound', provider_id: 'new@customer.test' }])
    const client = await dovecot.client()
    await client.mailboxOpen('INBOX')
    const seen = await client.fetchAll('1:*', { flags: true })
    await client.logout()
    expect(seen.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== '\\Recent'))).toEqual([[], []])
  })

  test('back-fill reads the chosen past with its own dates and acknowledges nothing of it', async () => {
    await t.world.pool.query('update sources set auto_acknowledge = true')
    t.clock.set('2026-11-20T09:00:00Z')
    await dovecot.append('INBOX', storedMail('before'), new Date('2026-10-01T12:00:00Z'))
    await dovecot.append('INBOX', storedMail('wanted'), new Date('2026-11-03T12:00:00Z'))
    await t.connect(dovecot, { backfillSince: '2026-11-01T00:00:00Z' })
    await t.read()
    await dovecot.append('INBOX', storedMail('new', { from: 'Bob <bob@customer.test>' }))
    await t.read()
    await t.drainInbox()
    const { rows } = await t.world.pool.query<{ provider_id: string; created_at: Temporal.Instant }>(
      `select provider_id, created_at from messages where kind = 'inbound' order by created_at`,
    )
    expect(rows.map((row) => [row.provider_id, row.created_at.toString()])).toEqual([
      ['wanted@customer.test', '2026-11-03T12:00:00Z'],
      ['new@customer.test', '2026-11-20T09:00:00Z'],
    ])
    expect((await t.messages()).filter(({ kind }) => kind === 'auto')).toHaveLength(1)
    expect(await t.health()).toMatchObject({ state: 'ok', backlog: 0 })
    expect(await t.events('feed.older_read')).toContainEqual(expect.objectContaining({ count: 1 }))
  })

  test('an earlier past can be asked for later; what is there already stays one', async () => {
    await dovecot.append('INBOX', storedMail('october'), new Date('2026-10-02T12:00:00Z'))
    await dovecot.append('INBOX', storedMail('november'), new Date('2026-11-01T12:00:00Z'))
    await t.connect(dovecot, { backfillSince: '2026-10-30T00:00:00Z' })
    await t.read()
    expect(await t.messages()).toHaveLength(1)
    await t.connect(dovecot, { backfillSince: '2026-09-01T00:00:00Z' })
    await t.read()
    expect((await t.messages()).map(({ provider_id }) => provider_id).toSorted()).toEqual([
      'november@customer.test',
      'october@customer.test',
    ])
    expect(await t.dispositions()).toEqual({ ticketed: 2 })
  })

  test('the same mail by SMTP and out of the mailbox is one message', async () => {
    await t.connect(dovecot)
    await t.read()
    const mail = storedMail('both')
    await t.writeRaw(mail.replace(/^(Return-Path|Delivered-To|Received):.*\r\n/gm, ''))
    await dovecot.append('INBOX', mail)
    await t.read()
    expect(await t.messages()).toHaveLength(1)
    expect(await t.dispositions()).toEqual({ ticketed: 1, duplicate: 1 })
  })

  test('several folders are read, each with its own cursor', async () => {
    await t.connect(dovecot, { folders: ['INBOX', 'Archive'] })
    await t.read()
    await dovecot.append('INBOX', storedMail('one'))
    await dovecot.append('Archive', storedMail('two'))
    await t.read()
    expect(await t.dispositions()).toEqual({ ticketed: 2 })
  })

  test('a folder numbered anew is gone through again: nothing doubles and nothing is lost', async () => {
    const day = (at: string) => new Date(`2026-${at}T12:00:00Z`)
    const client = await dovecot.client()
    await client.mailboxCreate('Support')
    await dovecot.append('Support', storedMail('never wanted'), day('09-01'))
    await t.connect(dovecot, { folders: ['Support'] })
    await t.read()
    for (const name of ['a', 'b', 'c']) await dovecot.append('Support', storedMail(name), day('11-03'))
    await t.read()
    expect(await t.messages()).toHaveLength(3)
    // As when a mailbox is restored from a backup.
    await client.mailboxDelete('Support')
    await client.mailboxCreate('Support')
    await client.logout()
    await dovecot.append('Support', storedMail('never wanted'), day('09-01'))
    for (const name of ['c', 'd', 'a', 'b']) await dovecot.append('Support', storedMail(name), day('11-03'))
    await t.read()
    await t.read()
    expect(await t.messages()).toHaveLength(4)
    expect(await t.dispositions()).toEqual({ ticketed: 4, duplicate: 3 })
    expect((await t.events('feed.folder_opened')).map(({ change }) => change)).toContain('renumbered')
    expect(await t.health()).toMatchObject({ state: 'ok' })
  })

  test('an answer from a mail program is the agent’s reply, stops the clock and is never delivered', async () => {
    await t.connect(dovecot)
    await t.read()
    await dovecot.append('INBOX', storedMail('question'))
    await t.read()
    const answer = (name: string, from: string) =>
      storedMail(name, {
        from,
        to: 'ann@customer.test',
        headers: 'In-Reply-To: <question@customer.test>\r\nReferences: <question@customer.test>',
        text: 'Here is your answer.',
      })
    await dovecot.append('Sent', answer('answer', 'Mia <mia@desk.test>'))
    await dovecot.append('Sent', storedMail('private', { from: 'Mia <mia@desk.test>', to: 'mum@home.test' }))
    await t.read()
    await t.read()
    const all = await t.messages()
    expect(all).toHaveLength(2)
    const [question, reply] = [all.find(({ kind }) => kind === 'inbound'), all.find(({ kind }) => kind === 'reply')]
    expect(reply).toMatchObject({ kind: 'reply', author_name: 'Mia', ticket_id: question?.ticket_id })
    const { rows } = await t.world.pool.query(`select target, state from ticket_clocks where target = 'first_reply'`)
    expect(rows).toEqual([{ target: 'first_reply', state: 'fulfilled' }])
    expect((await t.world.pool.query('select from deliveries')).rowCount).toBe(0)
    expect(await t.items()).toEqual({ received: 1, sent_filed: 1, sent_other: 1 })
    // The customer answers that mail: it belongs to the same ticket.
    await dovecot.append('INBOX', storedMail('thanks', { headers: 'In-Reply-To: <answer@customer.test>' }))
    await t.read()
    const thanks = (await t.messages()).find(({ provider_id }) => provider_id === 'thanks@customer.test')
    expect(thanks).toMatchObject({ kind: 'inbound', ticket_id: question?.ticket_id })
  })

  test('a mail of ours in the Sent folder settles a delivery that nobody could know about', async () => {
    await t.connect(dovecot)
    await t.read()
    await dovecot.append('INBOX', storedMail('question'))
    await t.read()
    const [question] = await t.messages()
    const ticketId = idOf('tkt', question?.ticket_id ?? '')
    const messageId = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'An answer.' })
    await t.world.pool.query(`update deliveries set state = 'unknown'`)
    const own = (await t.messages()).find(({ kind }) => kind === 'reply')?.provider_id
    await dovecot.append(
      'Sent',
      `From: support@desk.test\r\nTo: ann@customer.test\r\nMessage-ID: <${own}>\r\nSubject: x\r\n\r\nAn answer.\r\n`,
    )
    await t.read()
    const { rows } = await t.world.pool.query('select state from deliveries')
    expect(rows).toEqual([{ state: 'sent' }])
    expect(await t.events('delivery.settled')).toEqual([{ messageId, arrived: true, evidence: 'sent_folder' }])
    expect((await t.messages()).filter(({ kind }) => kind === 'reply')).toHaveLength(1)
  })

  test('trying a connection names the folders, or says in a sentence what is wrong', async () => {
    await dovecot.append('INBOX', storedMail('one'))
    const { host, port, user, password } = dovecot
    const auth = (word: string) => ({ kind: 'password' as const, password: word })
    const input = { host, port, security: 'offered' as const, user, auth: auth(password) }
    const good = await testFeed(t.desk(), t.mailboxId, input)
    expect(good).toMatchObject({ works: true, problem: null })
    expect(good.folders).toContainEqual({ path: 'INBOX', messages: 1, isSent: false })
    expect(good.folders).toContainEqual({ path: 'Sent', messages: 0, isSent: true })
    const said = async (change: object) => (await testFeed(t.desk(), t.mailboxId, { ...input, ...change })).problem
    expect(await said({ auth: auth('wrong') })).toMatch(/refused the sign-in/)
    expect(await said({ port: 1 })).toBe('Nothing answers at 127.0.0.1 on port 1.')
    expect(await said({ folders: ['Nowhere'] })).toMatch(/does not open the folder Nowhere/)
    expect(await said({ security: 'starttls' })).toMatch(/STARTTLS/)
    expect(await said({ security: 'tls' })).toMatch(/does not speak TLS/)
  })

  test('a running desk hears of new mail at once, by IDLE, and a pause stops it', async () => {
    await t.connect(dovecot)
    const feeds = runMailFeeds(t.world, { pollMs: 120_000, watchMs: 50 })
    const count = async () => (await t.messages()).length
    const within = { timeout: 20_000, interval: 50 }
    try {
      await expect.poll(async () => (await t.health()).state, within).toBe('ok')
      await dovecot.append('INBOX', storedMail('first'))
      await expect.poll(count, within).toBe(1)
      await dovecot.append('INBOX', storedMail('second'))
      await expect.poll(count, within).toBe(2)
      await pauseFeed(t.desk(), t.mailboxId, true)
      expect(await t.health()).toMatchObject({ state: 'paused' })
      await expect(runFeedNow(t.desk(), t.mailboxId)).rejects.toThrow(/paused/)
      await pauseFeed(t.desk(), t.mailboxId, false)
      await dovecot.append('INBOX', storedMail('third'))
      await expect.poll(count, within).toBe(3)
    } finally {
      await feeds.stop()
    }
  })

  test('of two processes one reads the mailbox, and the other takes over when it ends', async () => {
    await t.connect(dovecot)
    const options = { pollMs: 200, watchMs: 50 }
    const one = runMailFeeds(t.world, options)
    const two = runMailFeeds(t.world, options)
    const within = { timeout: 20_000, interval: 50 }
    await expect.poll(async () => (await t.health()).state, within).toBe('ok')
    const { rows } = await t.world.pool.query(
      `select from pg_locks where locktype = 'advisory' and classid = 1836021 and granted`,
    )
    expect(rows).toHaveLength(1)
    await one.stop()
    await dovecot.append('INBOX', storedMail('after'))
    await expect.poll(async () => (await t.messages()).length, within).toBe(1)
    await two.stop()
  })

  test('the secret of a connection is sealed, and does not go to another server', async () => {
    await t.connect(dovecot)
    const { rows } = await t.world.pool.query<{ all: string }>('select feeds::text as all from feeds')
    expect(rows[0]?.all).not.toContain(dovecot.password)
    const { user, port } = dovecot
    const elsewhere = {
      host: 'localhost',
      port,
      user,
      security: 'offered' as const,
      auth: { kind: 'password' as const },
    }
    await expect(testFeed(t.desk(), t.mailboxId, elsewhere)).rejects.toThrow(/give the password/)
    expect(await testFeed(t.desk(), t.mailboxId, { ...elsewhere, host: dovecot.host })).toMatchObject({ works: true })
  })

  test('a refused sign-in is told once, in words', async () => {
    await t.connect({ ...dovecot, password: 'wrong' })
    const feeds = runMailFeeds(t.world, { pollMs: 1000, watchMs: 50 })
    await expect.poll(async () => (await t.health()).state, { timeout: 20_000 }).toBe('failing')
    await feeds.stop()
    expect(await t.health()).toMatchObject({ sentence: expect.stringMatching(/refused the sign-in/) as string })
    expect(await t.events('feed.failing')).toMatchObject([{ refused: true }])
  })
})
