import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { deliver } from '#modules/inbox/actions/deliver.ts'
import { leave } from '#modules/inbox/actions/leave.ts'
import { writeMessage } from '#modules/inbox/actions/write-message.ts'
import { readMessage } from '#modules/inbox/views/list-messages.ts'
import { idOf } from '#platform/ids.ts'
import { createMailTestWorld, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
beforeAll(async () => {
  t = await createMailTestWorld()
  await t.world.pool.query(
    `update settings_versions set data = data || '{"domainMailsPerMinute": 3, "domainMailsAtOnce": 2}'`,
  )
})
afterAll(() => t.close())
beforeEach(async () => {
  await t.outside('DELETE', '/faults')
  t.clock.advance({ hours: 2 })
})

let people = 0

/** A reply that has left, to somebody at these domains. */
async function reply(...domains: string[]): Promise<Id<'msg'>> {
  const customer = `ann${++people}@writer${people}.test`
  await t.write({ from: customer, subject: 'Charged twice', text: 'I see two charges.' })
  const { rows } = await t.world.pool.query<{ ticket_id: string }>(
    'select ticket_id from receipts where from_address = $1',
    [customer],
  )
  const to = domains.map((domain) => ({ email: `bob${people}@${domain}` }))
  const messageId = await writeMessage(t.mia, idOf('tkt', rows[0]!.ticket_id), { kind: 'reply', text: 'Hello.', to })
  await leave(t.desk(), messageId)
  return messageId
}

const attempt = (messageId: Id<'msg'>) => deliver(t.desk(), messageId, 'a worker')
const delivery = async (messageId: Id<'msg'>) => (await readMessage(t.mia, messageId)).delivery
const states = (ids: Id<'msg'>[]) => Promise.all(ids.map(async (id) => (await delivery(id))?.state))
const fault = (kind: string, more: object = {}) => t.outside('POST', '/faults', { kind, ...more })

test('a domain gets no more mails a minute than allowed; the others wait for their turn without an attempt', async () => {
  const ids: Id<'msg'>[] = []
  for (let mail = 0; mail < 5; mail++) ids.push(await reply('slow.test'))
  const other = await reply('other.test')
  for (const id of [...ids, other]) await attempt(id)
  expect(await states(ids)).toEqual(['sent', 'sent', 'sent', 'queued', 'queued'])
  expect(await states([other])).toEqual(['sent'])
  const waiting = await delivery(ids[4]!)
  expect(waiting).toMatchObject({ attempts: 0, error: expect.stringContaining('no more than 3 mails a minute') })
  expect(waiting?.retryAt).toBe(t.clock.now().add({ minutes: 1 }).toString())
  await attempt(ids[4]!)
  expect(await states(ids)).toEqual(['sent', 'sent', 'sent', 'queued', 'queued'])
  t.clock.advance({ minutes: 1 })
  for (const id of ids) await attempt(id)
  expect(await states(ids)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent'])
})

test('a domain that asks for less is left alone, longer each time, until it takes a mail; others are not held up', async () => {
  await fault('rate_limit', { match: { recipient: '@busy.test' }, times: 2 })
  const [first, second, other] = [await reply('busy.test'), await reply('busy.test'), await reply('free.test')]
  await attempt(first)
  expect(await delivery(first)).toMatchObject({
    state: 'queued',
    attempts: 1,
    error: expect.stringMatching(/^450 4\.7\.28/),
  })
  await attempt(second)
  expect(await delivery(second)).toMatchObject({
    attempts: 0,
    error: expect.stringContaining('busy.test asked for less mail'),
  })
  await attempt(other)
  expect(await states([other])).toEqual(['sent'])

  t.clock.advance({ minutes: 1 })
  await attempt(second)
  expect(await delivery(second)).toMatchObject({ state: 'queued', attempts: 1 })
  t.clock.advance({ minutes: 1 })
  await attempt(second)
  expect(await delivery(second)).toMatchObject({ state: 'queued', attempts: 1 })
  t.clock.advance({ minutes: 1 })
  await attempt(second)
  await attempt(first)
  expect(await states([first, second])).toEqual(['sent', 'sent'])
  const { rows } = await t.world.pool.query(`select refusals, not_before from domain_paces where domain = 'busy.test'`)
  expect(rows).toEqual([{ refusals: 0, not_before: null }])
})

test('greylisting concerns one letter, not its domain', async () => {
  await fault('greylist', { match: { recipient: '@grey.test' }, times: 1 })
  const [first, second] = [await reply('grey.test'), await reply('grey.test')]
  await attempt(first)
  await attempt(second)
  expect(await states([first, second])).toEqual(['queued', 'sent'])
})

test('a mail to a held domain and a free one reaches the free one now and the other later, each once', async () => {
  await fault('rate_limit', { match: { recipient: '@held.test' }, times: 1 })
  await attempt(await reply('held.test'))
  const both = await reply('held.test', 'open.test')
  await attempt(both)
  expect(await delivery(both)).toMatchObject({ state: 'queued', error: expect.stringContaining('held.test') })
  const { providerId } = await readMessage(t.mia, both)
  expect(await t.arrived(providerId ?? '')).toBe(1)
  t.clock.advance({ minutes: 5 })
  await attempt(both)
  expect(await delivery(both)).toMatchObject({ state: 'sent', error: null })
  const { items } = await t.outside<{ items: { envelope: { to: string[] } }[] }>(
    'GET',
    `/received?messageId=${providerId}`,
  )
  expect(items.map(({ envelope }) => envelope.to[0]?.split('@')[1])).toEqual(['open.test', 'held.test'])
})

test('the open recipient refused for good does not end the wait of the held one', async () => {
  await fault('rate_limit', { match: { recipient: '@held2.test' }, times: 1 })
  await attempt(await reply('held2.test'))
  await fault('refuse_recipient', { match: { recipient: '@gone.test' } })
  const both = await reply('held2.test', 'gone.test')
  await attempt(both)
  expect(await delivery(both)).toMatchObject({ state: 'queued' })
  t.clock.advance({ minutes: 5 })
  await attempt(both)
  expect(await delivery(both)).toMatchObject({ state: 'sent', error: expect.stringContaining('gone.test') })
})

test('no more than so many are handed over to a domain at once, and a slow one leaves the others their places', async () => {
  await fault('slow', { match: { recipient: '@sleepy.test' }, times: 2, delayMs: 700 })
  const ids = [await reply('sleepy.test'), await reply('sleepy.test'), await reply('sleepy.test')]
  const running = ids.slice(0, 2).map(attempt)
  const places = () =>
    t.world.pool.query(`select from paced_deliveries where domain = 'sleepy.test' and worker is not null`)
  await expect.poll(async () => (await places()).rowCount).toBe(2)
  await attempt(ids[2]!)
  expect(await delivery(ids[2]!)).toMatchObject({
    state: 'queued',
    attempts: 0,
    error: expect.stringContaining('being handed over'),
  })
  const other = await reply('awake.test')
  await attempt(other)
  expect(await states([other])).toEqual(['sent'])
  await Promise.all(running)
  expect((await places()).rowCount).toBe(0)
  t.clock.advance({ seconds: 3 })
  await attempt(ids[2]!)
  expect(await states(ids)).toEqual(['sent', 'sent', 'sent'])
  expect((await t.world.pool.query('select from paced_deliveries')).rowCount).toBe(0)
})
