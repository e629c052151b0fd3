import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Import } from '#contract/imports.ts'
import type { Id } from '#contract/ids.ts'
import { rerunItem } from '#modules/inbox/actions/rerun-item.ts'
import { updateTicket } from '#modules/inbox/actions/update-ticket.ts'
import { mailboxesFor } from '#modules/inbox/index.ts'
import { changeImport } from '#modules/inbox/imports/change-import.ts'
import { addChunk, startImport } from '#modules/inbox/imports/start-import.ts'
import { custodyCounts } from '#modules/inbox/views/custody-counts.ts'
import { listCustodyItems } from '#modules/inbox/views/custody-items.ts'
import { readImportView } from '#modules/inbox/views/imports.ts'
import { listMessages } from '#modules/inbox/views/list-messages.ts'
import { readTicket } from '#modules/inbox/views/read-ticket.ts'
import { kpiReport } from '#modules/insights/views/kpi-report.ts'
import { uuidOf } from '#platform/ids.ts'
import { createMailTestWorld, support, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
let folder: string
let mailboxId: Id<'box'>
beforeAll(async () => {
  t = await createMailTestWorld()
  folder = await mkdtemp(join(tmpdir(), 'mainstay-import-'))
  Object.assign(t.world.ports, { imports: { folder } })
  mailboxId = (await mailboxesFor(t.desk(), [support]))[0]?.id as Id<'box'>
  await t.desk().connection.query('update sources set auto_acknowledge = true')
})
afterAll(async () => {
  await t.close()
  await rm(folder, { recursive: true })
})

type Mail = { id: string; from?: string; to?: string; date?: string; subject?: string; refs?: string[]; body?: string }
const raw = ({
  id,
  from = 'Ann <ann@old.test>',
  to = support,
  date,
  subject = 'An old question',
  refs = [],
  body,
}: Mail) =>
  [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}@old.test>`,
    `Date: ${date ?? 'Mon, 03 Mar 2025 10:00:00 +0000'}`,
    ...(refs.length > 0
      ? [`In-Reply-To: <${refs.at(-1)}@old.test>`, `References: ${refs.map((ref) => `<${ref}@old.test>`).join(' ')}`]
      : []),
    '',
    body ?? `Text of ${id}.`,
    '',
  ].join('\n')
const mbox = (mails: readonly string[]) =>
  mails
    .map(
      (mail) =>
        `From ann@old.test Mon Mar  3 10:00:00 2025\n${mail.replace(/^(>*From )/gm, (line, _m, at: number) => (at === 0 ? line : `>${line}`))}\n`,
    )
    .join('')

async function run(name: string, content: string | null = null): Promise<Import> {
  if (content !== null) await writeFile(join(folder, name), content)
  const id = await startImport(t.desk(), { mailboxId, file: name })
  await t.drainInbox()
  return readImportView(t.desk(), id)
}

const count = async (table: string) => {
  const { rows } = await t.desk().connection.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n
}
const sizes = async () => ({
  tickets: await count('tickets'),
  messages: await count('messages'),
  contacts: await count('contacts'),
  receipts: await count('receipts'),
  raws: await count('raw_items'),
})
const ticketOf = async (id: string) => {
  const { items } = await listCustodyItems(t.mia, { messageId: `${id}@old.test` })
  return items.find(({ ticketId }) => ticketId !== null)?.ticketId as Id<'tkt'>
}

const history = mbox([
  // The answer stands before the question, as in many exports.
  raw({
    id: 'a2',
    from: `Support <${support}>`,
    to: 'Ann <ann@old.test>',
    refs: ['a1'],
    date: 'Mon, 03 Mar 2025 12:00:00 +0000',
  }),
  raw({ id: 'a1', body: 'From me to you\nFrom here' }),
  raw({ id: 'a3', refs: ['a1', 'a2'], date: 'Tue, 04 Mar 2025 09:00:00 +0000', subject: 'Other words' }),
  raw({ id: 'b1', from: 'kai@old.test', subject: 'An old question' }),
  raw({ id: 'c1', from: 'Mia <mia@desk.test>', to: 'zoe@old.test', subject: 'We wrote first' }),
])

test('conversations come as closed tickets with their dates, put together by their ids, and nobody is told', async () => {
  const before = await sizes()
  const imported = await run('old.mbox', history)
  expect(imported).toMatchObject({ state: 'done', read: 5, filed: 5, duplicates: 0, parked: 0 })
  expect(imported.done).toBe(imported.total)
  const ann = await ticketOf('a1')
  expect(await ticketOf('a2')).toBe(ann)
  expect(await ticketOf('a3')).toBe(ann)
  expect(await ticketOf('b1')).not.toBe(ann)
  const ticket = await readTicket(t.mia, ann)
  expect(ticket).toMatchObject({
    status: 'closed',
    tags: ['imported'],
    clocks: [],
    createdAt: '2025-03-03T10:00:00Z',
    requester: { email: 'ann@old.test' },
  })
  const { items } = await listMessages(t.mia, ann, {})
  expect(items.map(({ kind, createdAt }) => [kind, createdAt])).toEqual([
    ['inbound', '2025-03-03T10:00:00Z'],
    ['reply', '2025-03-03T12:00:00Z'],
    ['inbound', '2025-03-04T09:00:00Z'],
  ])
  expect(items[0]?.text).toContain('From me to you')
  const ours = await readTicket(t.mia, await ticketOf('c1'))
  expect(ours.requester.email).toBe('zoe@old.test')
  expect((await listMessages(t.mia, ours.id, {})).items[0]).toMatchObject({ kind: 'reply', author: { name: 'Mia' } })
  const after = await sizes()
  expect(after).toMatchObject({ tickets: (before.tickets ?? 0) + 3, receipts: (before.receipts ?? 0) + 5 })
  expect(await count('deliveries')).toBe(0)
  expect(await count('ticket_clocks')).toBe(0)
  expect(await count('receipt_work')).toBe(0)
  expect(await count(`contact_identities where verified <> 'none'`)).toBe(0)
})

test('figures name imported tickets and count none of them', async () => {
  const report = await kpiReport(t.desk(), { from: '2025-01-01', to: '2025-12-31' } as never)
  const first = report.kpis.find(({ definition }) => definition.id === 'first_reply_human')
  expect(first).toMatchObject({ n: 0 })
  expect(first?.excluded).toContainEqual({ reason: 'imported', n: 3 })
  expect(report.kpis.find(({ definition }) => definition.id === 'solved')?.n).toBe(0)
})

test('the same file again adds no ticket, message or contact, and custody says why', async () => {
  const before = await sizes()
  expect(await run('old.mbox')).toMatchObject({ read: 5, filed: 0, duplicates: 5, parked: 0 })
  expect(await sizes()).toEqual({ ...before, receipts: (before.receipts ?? 0) + 5 })
  const { counts } = await custodyCounts(t.mia)
  expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(await count('receipts'))
})

test('an answer to history opens a follow-up of it', async () => {
  const answer = [
    'From: ann@old.test',
    `To: ${support}`,
    'Subject: Re: Other words',
    'In-Reply-To: <a3@old.test>',
    'Message-ID: <now@old.test>',
    '',
    'Again.',
  ].join('\r\n')
  expect(await t.writeRaw(answer, { from: 'ann@old.test' })).toMatch(/^250 /)
  const followUp = await readTicket(t.mia, await ticketOf('now'))
  expect(followUp.status).toBe('new')
  expect(followUp.links).toContainEqual(expect.objectContaining({ kind: 'follow_up', ticketId: await ticketOf('a1') }))
})

test('undoing takes away what the import brought and keeps what was worked on', async () => {
  await t.drainInbox()
  const before = await sizes()
  const imported = await run(
    'undo.mbox',
    mbox([
      raw({ id: 'u1', from: 'una@undo.test' }),
      raw({ id: 'u2', from: 'uma@undo.test' }),
      raw({ id: 'a1', body: 'From me to you\nFrom here' }),
    ]),
  )
  expect(imported).toMatchObject({ filed: 2, duplicates: 1 })
  await updateTicket(t.mia, await ticketOf('u2'), { tags: ['imported', 'checked'] })
  await changeImport(t.desk(), imported.id, 'undo')
  await t.drainInbox()
  expect(await readImportView(t.desk(), imported.id)).toMatchObject({ state: 'undone', removed: 2, kept: 1 })
  expect(await ticketOf('u1')).toBeUndefined()
  expect(await readTicket(t.mia, await ticketOf('u2'))).toMatchObject({ status: 'closed' })
  const after = await sizes()
  for (const [table, n] of Object.entries(before))
    expect([table, after[table as keyof typeof after]]).toEqual([table, (n ?? 0) + 1])
  const { counts } = await custodyCounts(t.mia)
  expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(after.receipts)
  // What was taken away can be imported again.
  expect(await run('undo.mbox')).toMatchObject({ filed: 1, duplicates: 2 })
})

test('what cannot be read is parked with its reason', async () => {
  const deep = Array.from(
    { length: 400 },
    (_, level) => `Content-Type: multipart/mixed; boundary="b${level}"\n\n--b${level}`,
  ).join('\n')
  const imported = await run('broken.mbox', mbox([`Message-ID: <deep@old.test>\nMIME-Version: 1.0\n${deep}\n\ndeep\n`]))
  expect(imported).toMatchObject({ read: 1, parked: 1 })
  const [item] = (await listCustodyItems(t.mia, { messageId: 'deep@old.test' })).items
  expect(item).toMatchObject({ disposition: 'parked', reason: expect.stringContaining('broken.mbox') })
  // Once it can be read, it is history still: a closed ticket, and nobody is answered.
  const whole = raw({ id: 'deep', from: 'dan@deep.test' })
  await t
    .desk()
    .connection.query('update raw_items set bytes = $1 where receipt_id = $2', [
      Buffer.from(whole),
      uuidOf(item?.id as string),
    ])
  await t
    .desk()
    .connection.query('update receipts set size = $1 where id = $2', [whole.length, uuidOf(item?.id as string)])
  const deliveries = await count('deliveries')
  await rerunItem(t.mia, item?.id as Id<'itm'>)
  await t.drainInbox()
  expect(await readTicket(t.mia, await ticketOf('deep'))).toMatchObject({ status: 'closed', tags: ['imported'] })
  expect(await count('deliveries')).toBe(deliveries)
})

test('a Maildir is read from cur and new; deleted mail and drafts are left out', async () => {
  for (const part of ['cur', 'new', 'tmp']) await mkdir(join(folder, 'box', part), { recursive: true })
  await writeFile(join(folder, 'box/cur/1.a:2,S'), raw({ id: 'm1', from: 'max@dir.test' }))
  await writeFile(join(folder, 'box/cur/2.b:2,ST'), raw({ id: 'm2' }))
  await writeFile(join(folder, 'box/cur/3.c:2,D'), raw({ id: 'm3' }))
  await writeFile(join(folder, 'box/new/4.d'), raw({ id: 'm4', refs: ['m1'] }))
  await writeFile(join(folder, 'box/tmp/5.e'), raw({ id: 'm5' }))
  expect(await run('box')).toMatchObject({
    state: 'done',
    kind: 'maildir',
    total: 4,
    done: 4,
    read: 2,
    filed: 2,
    leftOut: 2,
  })
  expect(await ticketOf('m4')).toBe(await ticketOf('m1'))
})

test('a file that is no mbox is refused in words, and a name cannot leave the folder', async () => {
  expect(await run('letter.txt', 'Dear all,\n\nhello\n')).toMatchObject({
    state: 'failed',
    trouble: expect.stringContaining('no mbox'),
  })
  for (const file of ['../etc', '/etc/passwd', 'uploads', 'missing.mbox'])
    await expect(startImport(t.desk(), { mailboxId, file })).rejects.toThrow('there is no mbox file or Maildir')
})

test('an upload in pieces is imported when it is whole; a piece sent twice is one piece', async () => {
  const content = Buffer.from(mbox([raw({ id: 'p1', from: 'pia@up.test' })]))
  const id = await startImport(t.desk(), { mailboxId, upload: { name: 'mine.mbox', size: content.byteLength } })
  await addChunk(t.desk(), id, 0, content.subarray(0, 100))
  await addChunk(t.desk(), id, 0, content.subarray(0, 100))
  await expect(addChunk(t.desk(), id, 120, content.subarray(120))).rejects.toThrow('begins at 100')
  await addChunk(t.desk(), id, 100, content.subarray(100))
  await t.drainInbox()
  expect(await readImportView(t.desk(), id)).toMatchObject({ state: 'done', read: 1, filed: 1 })
})

test('a paused import goes on where it stood', async () => {
  const all = Array.from({ length: 60 }, (_, index) => raw({ id: `w${index}`, from: `w${index}@wait.test` }))
  await writeFile(join(folder, 'wait.mbox'), mbox(all))
  const id = await startImport(t.desk(), { mailboxId, file: 'wait.mbox' })
  await changeImport(t.desk(), id, 'pause')
  await t.drainInbox()
  expect(await readImportView(t.desk(), id)).toMatchObject({ state: 'paused', read: 0 })
  await changeImport(t.desk(), id, 'resume')
  await t.drainInbox()
  expect(await readImportView(t.desk(), id)).toMatchObject({ state: 'done', read: 60, filed: 60 })
})
