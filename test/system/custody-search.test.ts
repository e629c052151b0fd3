import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustodyItem } from '#contract/custody.ts'
import type { Id } from '#contract/ids.ts'
import { rerunParked } from '#modules/inbox/actions/rerun-parked.ts'
import { addMailbox } from '#modules/inbox/actions/save-mailbox.ts'
import { mailboxesFor } from '#modules/inbox/index.ts'
import { requireCustodyContent, listCustodyItems } from '#modules/inbox/views/custody-items.ts'
import { readCustodyDetail } from '#modules/inbox/views/custody-detail.ts'
import { listCustodyRerunItems, readCustodyRerun } from '#modules/inbox/views/custody-reruns.ts'
import { parkedReasons } from '#modules/inbox/views/parked-reasons.ts'
import { createTeam } from '#modules/team/actions/save-team.ts'
import { uuidOf } from '#platform/ids.ts'
import { createMailTestWorld, support, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
let billing: Id<'box'>
let team: Id<'tea'>

const raw = (id: string, subject: string, more: string[] = [], body = 'Hello?') =>
  [
    `From: Ann <ann@customer.test>`,
    `To: ${support}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    ...more,
    '',
    body,
  ].join('\r\n')
const nested = (id: string) =>
  raw(
    id,
    'Too deep',
    Array.from({ length: 150 }, (_, depth) => [
      `Content-Type: multipart/mixed; boundary=b${depth}`,
      '',
      `--b${depth}`,
    ]).flat(),
  )

beforeAll(async () => {
  t = await createMailTestWorld()
  const { teamId } = (await mailboxesFor(t.desk(), [support]))[0] ?? {}
  billing = await addMailbox(t.desk(), { address: 'billing@desk.test', ...(teamId ? { teamId } : {}) })
  team = teamId as Id<'tea'>
  const arrive = async (mail: string, options: { from?: string; to?: string } = {}) => {
    t.clock.advance({ minutes: 10 })
    expect(await t.writeRaw(mail, options)).toMatch(/^250 /)
  }
  await arrive(raw('one@customer.test', 'Refund for November'))
  await arrive(raw('one@customer.test', 'Refund for November'))
  await arrive(raw('two@customer.test', '100% off_er in December').replace('ann@customer', 'Kai@Mail.Acme'))
  await arrive(raw('three@customer.test', 'Refund again'), { to: 'billing@desk.test' })
  await arrive(nested('deep.1@customer.test'))
  await arrive(nested('deep.2@customer.test'))
})
afterAll(() => t.close())

const found = async (query: object) => (await listCustodyItems(t.mia, query)).items
const ids = async (query: object) => (await found(query)).map(({ providerId }) => providerId?.split(/[.@]/)[0])

test.each<[string, object, string[]]>([
  ['a whole address', { sender: 'ann@customer.test' }, ['deep', 'deep', 'three', 'one', 'one']],
  ['an address in other case', { sender: 'KAI@mail.acme.test' }, ['two']],
  ['a domain', { sender: 'mail.acme.test' }, ['two']],
  ['a part of an address', { sender: 'ai@mai' }, ['two']],
  ['a percent sign that is no wildcard', { subject: '100%' }, ['two']],
  ['an underscore that is no wildcard', { subject: 'o_f' }, []],
  ['subject words in any order', { subject: 'november refund' }, ['one', 'one']],
  ['a recipient', { recipient: 'billing@desk' }, ['three']],
  ['a Message-ID with brackets', { messageId: '<two@customer.test>' }, ['two']],
  ['a Message-ID without', { messageId: 'two@customer.test' }, ['two']],
  ['a disposition', { disposition: 'duplicate' }, ['one']],
  ['sender and disposition', { sender: 'customer.test', disposition: 'duplicate' }, ['one']],
  ['a subject and a mailbox', { subject: 'refund', sourceId: 'billing' }, ['three']],
  ['times', { from: '2026-11-02T09:25:00Z', to: '2026-11-02T09:45:00Z' }, ['three', 'two']],
  ['a flag', { flagged: 'true' }, []],
  ['nobody', { sender: 'nobody@nowhere.test' }, []],
])('items are found by %s', async (_what, query, wanted) => {
  expect(await ids('sourceId' in query ? { ...query, sourceId: billing } : query)).toEqual(wanted)
})

test('a search is paged without losing or repeating an item', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listCustodyItems(t.mia, { sender: 'customer.test', limit: 1, ...(cursor && { cursor }) })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual((await found({ sender: 'customer.test' })).map(({ id }) => id))
})

test('one item tells its envelope, its history, what it repeats and what repeats it', async () => {
  await t.drainInbox()
  const [again, first] = (await found({ messageId: 'one@customer.test' })) as [CustodyItem, CustodyItem]
  const detail = await readCustodyDetail(t.mia, first.id)
  expect(detail).toMatchObject({
    envelope: { from: 'ann@customer.test', to: [support] },
    contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    history: [{ disposition: 'ticketed', actor: { kind: 'system' } }],
    threading: { rule: expect.stringContaining('no_match') },
    auth: { spf: expect.any(String) },
    duplicates: [{ id: again.id }],
    duplicateOf: null,
  })
  expect((await readCustodyDetail(t.mia, again.id)).duplicateOf?.id).toBe(first.id)
})

test('all that is parked for one reason is tried again by one job, which says what each became', async () => {
  const [{ reason, count } = { reason: '', count: 0 }] = (await parkedReasons(t.mia)).items
  expect(count).toBe(2)
  const id = await rerunParked(t.mia, reason)
  expect(await readCustodyRerun(t.mia, id)).toMatchObject({ state: 'running', total: 2, tried: 0 })
  await t.drainInbox()
  expect(await readCustodyRerun(t.mia, id)).toMatchObject({ state: 'done', tried: 2, became: { parked: 2 } })
  const { items } = await listCustodyRerunItems(t.mia, id, {})
  expect(items.map(({ item }) => item.reruns)).toEqual([1, 1])
  const { history } = await readCustodyDetail(t.mia, items[0]?.item.id as Id<'itm'>)
  expect(history.map(({ disposition, actor }) => [disposition, actor.name])).toEqual([
    ['parked', null],
    ['parked', 'Mia'],
  ])
  await expect(rerunParked(t.mia, 'no such reason')).rejects.toThrow('Nothing is parked for this reason')
})

test('who may not see a ticket learns that its mail arrived and neither sender, subject nor content', async () => {
  const other = await createTeam(t.desk(), { name: 'Secret' })
  const [item] = (await found({ messageId: 'three@customer.test' })) as [CustodyItem]
  await t
    .desk()
    .connection.query('update tickets set team_id = $1 where id = $2', [uuidOf(other), uuidOf(item.ticketId as string)])
  const outsider = t.mia.as({ ...t.mia.actor, visible: [team] })
  const [seen] = (await listCustodyItems(outsider, { messageId: 'three@customer.test' })).items
  expect(seen).toMatchObject({
    hidden: true,
    from: null,
    subject: null,
    ticketId: null,
    ticketNumber: null,
    messageId: null,
  })
  expect(await readCustodyDetail(outsider, item.id)).toMatchObject({ envelope: null, attachments: [], threading: null })
  for (const query of [{ sender: 'ann@customer.test' }, { subject: 'again' }, { recipient: 'billing' }])
    expect((await listCustodyItems(outsider, query)).items.map(({ id }) => id)).not.toContain(item.id)
  await expect(requireCustodyContent(outsider, item.id)).rejects.toThrow('a team you are not in')
})
