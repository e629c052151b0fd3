import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { createMailPort } from '#server/channels/email/mail-port.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { bytesOf, createLetterWorld, type LetterWorld } from '#test/letters.ts'
import { deleteTicket } from './actions/delete-ticket.ts'
import { mergeTickets } from './actions/merge-tickets.ts'
import { moveMessages } from './actions/move-messages.ts'
import { purgeDeleted } from './actions/purge-deleted.ts'
import { relinkSender } from './actions/relink-sender.ts'
import { rerunItem } from './actions/rerun-item.ts'
import { splitTicket } from './actions/split-ticket.ts'
import { undoCorrection } from './actions/undo-correction.ts'
import { changeImport } from './imports/change-import.ts'
import { startImport } from './imports/start-import.ts'
import { ensureMailbox, mailboxesFor } from './index.ts'
import { jobs } from './jobs.ts'
import { custodyCounts } from './views/custody-counts.ts'
import { readImportView } from './views/imports.ts'

const port = createMailPort({ target: { host: '127.0.0.1', port: 9, secure: false } })
let unreadable = false
let t: LetterWorld
let folder: string
beforeAll(async () => {
  t = await createLetterWorld({
    read: (...mail) => (unreadable ? Promise.resolve({ ok: false, reason: 'It is broken.' }) : port.read(...mail)),
  })
  folder = await mkdtemp(join(tmpdir(), 'mainstay-import-'))
  Object.assign(t.world.ports, { imports: { folder } })
  await ensureMailbox(t.desk(), 'sales@desk.test', 'Sales')
})
afterAll(async () => {
  await t?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Holds what every source shows against its receipts; resolves to the receipts by disposition. */
async function agreed(after: string): Promise<Record<string, number>> {
  const { counts, sources } = await custodyCounts(t.mia)
  const { rows } = await t.world.pool.query<{ source_id: string; disposition: string; n: number }>(
    'select source_id, disposition, count(*)::int as n from receipts group by 1, 2',
  )
  const all: Record<string, number> = {}
  for (const { id, counts: shown } of sources)
    for (const [disposition, n] of Object.entries(shown)) {
      const row = rows.find((one) => idOf('box', one.source_id) === id && one.disposition === disposition)
      expect([after, id, disposition, n]).toEqual([after, id, disposition, row?.n ?? 0])
      all[disposition] = (all[disposition] ?? 0) + n
    }
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(Object.values(counts).reduce((sum, n) => sum + n, 0))
  return all
}

async function importFile(name: string, letters: Parameters<typeof bytesOf>[0][]): Promise<Id<'imp'>> {
  const dated = letters.map(
    (letter) =>
      `From ann@old.test Mon Mar  3 10:00:00 2025\n${bytesOf(letter).toString().replaceAll('\r\n', '\n')}\n\n`,
  )
  await writeFile(join(folder, name), dated.join(''))
  const [box] = await mailboxesFor(t.desk(), ['sales@desk.test'])
  const id = await startImport(t.desk(), { mailboxId: box?.id as Id<'box'>, file: name })
  await t.drain(jobs)
  return id
}

test('the counts of every source equal its receipts after whatever corrects, takes away or tries again', async () => {
  const both = { envelope: { to: ['support@desk.test', 'sales@desk.test'] } }
  const one = await t.filed({ id: 'one@customer.test', ...both })
  const two = await t.filed({ from: 'Bob <bob@customer.test>' })
  const [first] = await t.messages(one)
  const second = (await t.arrive({ answers: first?.providerId ?? '', text: 'And this?' })).messageId as Id<'msg'>
  await t.arrive({ id: 'one@customer.test', ...both })
  await t.arrive({ from: 'support@desk.test' })
  unreadable = true
  for (const n of [1, 2]) await t.arrive({ id: `parked-${n}@customer.test`, text: `Parked ${n}` })
  unreadable = false
  const arrived = await agreed('arrival')
  expect(arrived).toMatchObject({ appended: 1, duplicate: 2, suppressed: 1, parked: 2 })

  const split = await splitTicket(t.mia, one, { messageIds: [second] })
  expect(await agreed('split')).toEqual(arrived)
  await undoCorrection(t.mia, split)
  expect(await agreed('undone split')).toEqual(arrived)
  await moveMessages(t.mia, one, { messageIds: [second], toTicketId: two })
  await relinkSender(t.mia, two, { email: 'cem@customer.test' })
  expect(await agreed('move and sender')).toEqual(arrived)
  const merge = await mergeTickets(t.mia, two, { into: one })
  expect(await agreed('merge')).toEqual(arrived)
  await undoCorrection(t.mia, merge)
  expect(await agreed('undone merge')).toEqual(arrived)

  const parked = await t.world.pool.query(`select id from receipts where disposition = 'parked' order by id`)
  await rerunItem(t.mia, idOf('itm', parked.rows[0].id))
  expect(await agreed('run again')).toMatchObject({ parked: 1 })

  const before = await agreed('before the import')
  const letters = [1, 2, 3].map((n) => ({ id: `old-${n}@old.test`, from: `old${n}@old.test`, text: `Old ${n}` }))
  const imported = await importFile('old.mbox', [...letters, { id: 'one@customer.test' }])
  expect(await readImportView(t.desk(), imported)).toMatchObject({ state: 'done', read: 4 })
  const brought = await agreed('import')
  expect(Object.values(brought).reduce((sum, n) => sum + n, 0)).toBe(
    Object.values(before).reduce((sum, n) => sum + n, 0) + 4,
  )
  await changeImport(t.desk(), imported, 'undo')
  await t.drain(jobs)
  expect(await agreed('undone import')).toEqual(before)

  const doomed = await t.filed({ from: 'Dora <dora@customer.test>' })
  const whole = await agreed('one more')
  await deleteTicket(t.mia, doomed)
  t.clock.advance({ hours: 24 * 31 })
  expect(await purgeDeleted(t.desk())).toBe(1)
  expect(await agreed('purge')).toEqual(whole)
  expect((await t.world.pool.query('select from tickets where id = $1', [uuidOf(doomed)])).rowCount).toBe(0)
})
