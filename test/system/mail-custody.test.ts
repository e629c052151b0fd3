import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustodyItem } from '#contract/custody.ts'
import { createDesk, systemActor } from '#server/desk.ts'
import { addMailbox } from '#modules/inbox/actions/save-mailbox.ts'
import { rerunItem } from '#modules/inbox/actions/rerun-item.ts'
import { mailboxesFor, readTicket, receiveMail } from '#modules/inbox/index.ts'
import { custodyCounts } from '#modules/inbox/views/custody-counts.ts'
import { listCustodyItems } from '#modules/inbox/views/custody-items.ts'
import { listMessages } from '#modules/inbox/views/list-messages.ts'
import { createMailTestWorld, support, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
beforeAll(async () => {
  t = await createMailTestWorld()
  const { teamId } = (await mailboxesFor(t.desk(), [support]))[0] ?? {}
  await addMailbox(t.desk(), { address: 'billing@desk.test', ...(teamId ? { teamId } : {}) })
})
afterAll(() => t.close())

const items = async (query: object = {}) => (await listCustodyItems(t.mia, query)).items
const counts = async () => (await custodyCounts(t.mia)).counts

/** What the newest item became. */
async function newest(): Promise<CustodyItem> {
  const [item] = await items({ limit: 1 })
  if (!item) throw new Error('nothing arrived')
  return item
}

/** One second after another, so that the newest is the last. */
function arrive(raw: string): Promise<string> {
  t.clock.advance({ seconds: 1 })
  return t.writeRaw(raw)
}

let number = 0
const head = (more: string[] = []) => [
  'From: Ann <ann@customer.test>',
  `To: ${support}`,
  `Subject: Bad mail ${++number}`,
  ...more,
]
const withId = (more: string[] = []) => head([`Message-ID: <bad.${number + 1}@customer.test>`, ...more])
const mail = (headers: string[], body = 'Hello?') => [...headers, '', body].join('\r\n')

test.each<[string, () => string]>([
  ['NUL bytes', () => mail(withId(['X-Odd: a\0b']), 'before\0after')],
  ['10,000 headers', () => mail(withId(Array.from({ length: 10_000 }, (_, index) => `X-Header-${index}: value`)))],
  [
    'a character set it does not have',
    () => mail(withId(['Content-Type: text/plain; charset=no-such-set']), 'na\xefve \xff'),
  ],
  [
    'text that is not what it says',
    () => mail(withId(['Content-Type: text/plain; charset=utf-8']), '\xc3\x28 \xed\xa0\x80 \xf8'),
  ],
  ['no From', () => mail(withId().slice(1))],
  ['no Message-ID', () => mail(head())],
  ['a From without an address', () => mail(['From: "undisclosed" <>', ...withId().slice(1)])],
  ['nothing in it', () => ''],
  ['only a body', () => '\r\nHello?'],
  ['a Message-ID of 5,000 characters', () => mail(head([`Message-ID: <${'x'.repeat(5000)}@customer.test>`]))],
  ['a Message-ID of wide characters', () => mail(head([`Message-ID: <${'\xe6\xbc\xa2'.repeat(330)}@customer.test>`]))],
])('a mail with %s is taken, and its people can be answered or not, but nothing breaks', async (_what, make) => {
  expect(await arrive(make())).toMatch(/^250 /)
  const item = await newest()
  expect(['ticketed', 'parked']).toContain(item.disposition)
  if (item.ticketId) expect((await listMessages(t.mia, item.ticketId, {})).items).toHaveLength(1)
})

test('a mail nested too deep is parked with the reason, found by its Message-ID, and stays parked when tried again', async () => {
  const nested = Array.from({ length: 150 }, (_, depth) => [
    `Content-Type: multipart/mixed; boundary=b${depth}`,
    '',
    `--b${depth}`,
  ]).flat()
  expect(await arrive([...withId(), ...nested, '', 'deep'].join('\r\n'))).toMatch(/^250 /)
  const [item] = await items({ messageId: `<bad.${number}@customer.test>` })
  if (!item) throw new Error('it is not found')
  expect(item).toMatchObject({ disposition: 'parked', ticketId: null, reruns: 0 })
  expect(item.reason).toMatch(/^The mail /)
  await rerunItem(t.mia, item.id)
  expect(await newest()).toMatchObject({ id: item.id, disposition: 'parked', reruns: 1 })
})

test('an over-size mail is refused before it is taken', async () => {
  const before = await counts()
  expect(await arrive(mail(withId(), 'x'.repeat(6 * 1024 * 1024)))).toMatch(/^552 /)
  expect(await counts()).toEqual(before)
})

test('the same mail again is a duplicate with its own row; the same id with other words is a message of its own', async () => {
  const headers = withId()
  const before = await counts()
  await arrive(mail(headers, 'one'))
  await arrive(mail(headers, 'one'))
  await arrive(mail(headers, 'two'))
  const found = await items({ messageId: `<bad.${number}@customer.test>` })
  expect(found.map(({ disposition, flagged }) => ({ disposition, flagged }))).toEqual([
    { disposition: 'ticketed', flagged: true },
    { disposition: 'duplicate', flagged: false },
    { disposition: 'ticketed', flagged: false },
  ])
  expect(await counts()).toMatchObject({ ticketed: before.ticketed + 2, duplicate: before.duplicate + 1 })
})

test('without a Message-ID the same bytes twice are one mail, and "hello?" twice from two mails are two', async () => {
  const headers = head()
  const before = await counts()
  await arrive(mail(headers))
  await arrive(mail(headers))
  await arrive(mail([...headers, 'Date: Mon, 2 Nov 2026 10:00:00 +0000']))
  expect(await counts()).toMatchObject({ ticketed: before.ticketed + 2, duplicate: before.duplicate + 1 })
})

test('the same mail at once on many connections is one ticket', async () => {
  const raw = mail(withId())
  const before = await counts()
  const answers = await Promise.all(Array.from({ length: 6 }, () => arrive(raw)))
  expect(answers.every((answer) => answer.startsWith('250'))).toBe(true)
  expect(await counts()).toMatchObject({ ticketed: before.ticketed + 1, duplicate: before.duplicate + 5 })
})

test('a mail to two mailboxes is two receipts whose tickets know of each other', async () => {
  const headers = withId()
  const { accepted } = await t.write({
    from: 'ann@customer.test',
    to: [support, 'billing@desk.test'],
    raw: mail(headers),
  })
  expect(accepted).toBe(true)
  const found = await items({ messageId: `<bad.${number}@customer.test>` })
  expect(found.map(({ source }) => source.title).sort()).toEqual(['billing@desk.test', support])
  const [one, other] = found.map(({ ticketId }) => ticketId)
  if (!one || !other) throw new Error('both have tickets')
  expect((await readTicket(t.mia, one)).links).toMatchObject([{ kind: 'same_mail', ticketId: other }])
})

test('what can be read but not filed is parked, and becomes a ticket when it is tried again', async () => {
  const failing = () => {
    throw new TypeError('a bug of ours')
  }
  const ports = { ...t.world.ports, mail: { ...t.world.ports.mail, placePictures: failing } }
  const desk = createDesk({ ...t.world, ports }, systemActor)
  const envelope = { from: 'ann@customer.test', to: [support], ip: null, helo: null }
  const raw = Buffer.from(mail(withId(['Content-Type: text/html']), '<p>Hello?</p>'))
  const before = await counts()
  t.clock.advance({ seconds: 1 })
  await receiveMail(desk, { raw, mailboxes: await mailboxesFor(desk, [support]), envelope })
  const parked = await newest()
  expect(parked).toMatchObject({ disposition: 'parked', reason: expect.stringContaining('a bug of ours') })
  expect(parked.providerId).toBe(`bad.${number}@customer.test`)

  await rerunItem(t.mia, parked.id)
  const filed = await newest()
  expect(filed).toMatchObject({ id: parked.id, disposition: 'ticketed', reruns: 1, ticketId: expect.any(String) })
  expect(await counts()).toMatchObject({ parked: before.parked, ticketed: before.ticketed + 1 })
  await expect(rerunItem(t.mia, parked.id)).rejects.toThrow('this one is ticketed')
  await t.drainInbox()
  const { rows } = await t.world.pool.query('select from receipt_work')
  expect(rows).toEqual([])
})

test('nothing is stored of a mail that cannot be committed, and its sender is told to come again', async () => {
  const before = await counts()
  const full = t.world.blobs.put
  t.world.blobs.put = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
  const attachment = { name: 'a.txt', type: 'text/plain', base64: Buffer.from('hello').toString('base64') }
  const wanted = { from: 'ann@customer.test', subject: 'With a file', text: 'Here.', attachments: [attachment] }
  expect((await t.write(wanted)).response).toMatch(/^451 /)
  t.world.blobs.put = full
  expect(await counts()).toEqual(before)
  expect((await t.write(wanted)).response).toMatch(/^250 /)
})

test('the list is paged, filtered and finds by header value with or without brackets', async () => {
  const first = await listCustodyItems(t.mia, { limit: 3 })
  const second = await listCustodyItems(t.mia, { limit: 3, cursor: first.nextCursor ?? '' })
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(6)
  const { providerId } = (await items({ disposition: 'ticketed' }))[0] ?? {}
  expect(await items({ messageId: `<${providerId}>` })).toEqual(await items({ messageId: providerId }))
  expect(new Set((await items({ disposition: 'parked' })).map(({ disposition }) => disposition))).toEqual(
    new Set(['parked']),
  )
})
