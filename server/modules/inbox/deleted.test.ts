import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { uuidOf } from '#platform/ids.ts'
import { ageableBlobs } from '#test/ageable-blobs.ts'
import { createLetterWorld, type LetterWorld } from '#test/letters.ts'
import { deleteTicket, restoreTicket } from './actions/delete-ticket.ts'
import { purgeDeleted } from './actions/purge-deleted.ts'
import { sweepBlobs } from './actions/sweep-blobs.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { readTicket } from './index.ts'
import { jobs } from './jobs.ts'
import { countViews } from './views/count-views.ts'
import { listCustodyItems } from './views/custody-items.ts'
import { listDeletedTickets } from './views/list-deleted-tickets.ts'
import { listMessages } from './views/list-messages.ts'
import { listTicketEvents } from './views/list-ticket-events.ts'
import { listTickets } from './views/list-tickets.ts'
import { readDraft } from './views/read-draft.ts'
import { searchTickets } from './views/search-tickets.ts'
import { ticketNumbers, ticketRequester } from './views/ticket-requester.ts'
import { writeMessage } from './actions/write-message.ts'

let t: LetterWorld
beforeAll(async () => {
  t = await createLetterWorld()
})
afterAll(() => t.close())

test('a deleted ticket is in no list, search or count, and comes back as it was', async () => {
  const ticketId = await t.filed({ subject: 'Zebra crossing', text: 'Where is the zebra?' })
  await t.drain(jobs)
  const { number } = await t.ticket(ticketId)
  const before = await countViews(t.mia)
  await deleteTicket(t.mia, ticketId)
  const seen = [
    ...(await listTickets(t.mia, { view: 'next' })).items,
    ...(await listTickets(t.mia, { view: 'all' })).items,
    ...(await listTickets(t.mia, {})).items,
    ...(await searchTickets(t.mia, 'zebra', 20)).items.map(({ ticket }) => ticket),
    ...(await searchTickets(t.mia, String(number), 20)).items.map(({ ticket }) => ticket),
    ...(await searchTickets(t.mia, 'ann@customer.test', 20)).items.map(({ ticket }) => ticket),
  ]
  expect(seen.map(({ id }) => id)).not.toContain(ticketId)
  const counted = (await countViews(t.mia)).items.find(({ id }) => id === 'next')?.count
  expect(counted).toBe((before.items.find(({ id }) => id === 'next')?.count ?? 0) - 1)
  for (const read of [
    () => readTicket(t.mia, ticketId),
    () => listMessages(t.mia, ticketId, {}),
    () => listTicketEvents(t.mia, ticketId, {}),
    () => readDraft(t.mia, ticketId),
    () => writeMessage(t.mia, ticketId, { kind: 'note', text: 'x' }),
    () => updateTicket(t.mia, ticketId, { status: 'solved' }),
    () => deleteTicket(t.mia, ticketId),
  ])
    await expect(read()).rejects.toThrow(/no such|not found|does not exist/i)
  expect(await ticketRequester(t.mia, ticketId)).toBeUndefined()
  expect((await ticketNumbers(t.mia, [ticketId])).size).toBe(0)
  const items = (await listCustodyItems(t.mia, {})).items
  expect(items.map((item) => item.ticketId)).not.toContain(ticketId)
  expect((await listDeletedTickets(t.mia, {})).items).toMatchObject([{ id: ticketId, subject: 'Zebra crossing' }])
  await restoreTicket(t.mia, ticketId)
  expect(await t.ticket(ticketId)).toMatchObject({ subject: 'Zebra crossing', status: 'new' })
  expect((await listDeletedTickets(t.mia, {})).items).toEqual([])
})

test('every statement that reads tickets leaves out deleted ones, or says here why not', () => {
  // Each of these works below what a person may see: it acts on one ticket it was handed, or on the ledger.
  const below = new Set([
    'actions/rate.ts',
    'actions/index-message.ts',
    'reply-recipients.ts',
    'audible.ts',
    'views/custody-row.ts',
    'views/ticket-row.ts',
    'imports/undo-import.ts',
    // A mail that bounced is marked whether or not its ticket was deleted.
    'store/reported-messages.ts',
  ])
  const root = import.meta.dirname
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  )
  const leaks = files.filter((path) => {
    const source = readFileSync(join(root, path), 'utf8')
    const reads = /(?<!delete )(?:from|join) tickets\b(?! where id = (?:\$1|any))/.test(source)
    return reads && !/visibleTickets|deleted_at/.test(source) && !below.has(path)
  })
  expect(leaks).toEqual([])
})

test('mail of a deleted ticket never comes back: neither the same mail again nor an answer to it', async () => {
  const letter = { id: 'gone-1@customer.test', subject: 'Gone' }
  const ticketId = await t.filed(letter)
  const ours = await t.answer(ticketId)
  await deleteTicket(t.mia, ticketId)
  const again = await t.arrive(letter)
  expect(again).toMatchObject({ ticketId: null, messageId: null })
  expect(await t.lastReceipt()).toMatchObject({ disposition: 'duplicate' })
  const next = await t.filed({ subject: 'Re: Gone', answers: ours.providerId ?? '' })
  expect(next).not.toBe(ticketId)
  expect((await t.lastReceipt()).reason).toMatch(/which was deleted and stays so: a new ticket/)
})

test('after the days of the setting it is gone for good, and its mail still known', async () => {
  const letter = { id: 'purged-1@customer.test', subject: 'Purged' }
  const ticketId = await t.filed(letter)
  await deleteTicket(t.mia, ticketId)
  t.clock.advance({ hours: 24 * 29 })
  expect(await rowsOf(ticketId)).toBe(1)
  await purgeDeleted(t.desk())
  expect(await rowsOf(ticketId)).toBe(1)
  t.clock.advance({ hours: 25 })
  expect(await purgeDeleted(t.desk())).toBeGreaterThan(0)
  expect(await rowsOf(ticketId)).toBe(0)
  const { rows } = await t.world.pool.query(
    `select r.id, w.receipt_id from receipts r left join raw_items w on w.receipt_id = r.id where r.provider_id = $1`,
    [letter.id],
  )
  expect(rows).toMatchObject([{ receipt_id: null }])
  await t.arrive(letter)
  expect(await t.lastReceipt()).toMatchObject({ disposition: 'duplicate' })
  await expect(restoreTicket(t.mia, ticketId)).rejects.toThrow(/no such/i)
})

test('files go in the night after their tickets were purged, unless another attachment has the same content', async () => {
  const blobs = await ageableBlobs(t)
  const withFiles = async (...contents: string[]) => {
    const ticketId = await t.filed({
      headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
      text: [
        ...contents.flatMap((content) => ['--b', 'Content-Disposition: attachment; filename=a.bin', '', content]),
        '--b--',
        '',
      ].join('\r\n'),
    })
    expect((await t.messages(ticketId))[0]?.attachments).toHaveLength(contents.length)
    return ticketId
  }
  const purged = await withFiles('only here', 'in both')
  await withFiles('in both')
  await blobs.age()
  await sweepBlobs(t.desk())
  expect(await blobs.names()).toHaveLength(2)
  await deleteTicket(t.mia, purged)
  t.clock.advance({ hours: 24 * 31 })
  await purgeDeleted(t.desk())
  expect(await sweepBlobs(t.desk())).toBe(1)
  expect(await blobs.names()).toHaveLength(1)
  await blobs.remove()
})

test('a ticket with a reply that is about to leave is not deleted', async () => {
  const ticketId = await t.filed({})
  await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Soon.' })
  await expect(deleteTicket(t.mia, ticketId)).rejects.toThrow(/about to leave/)
})

test('an agent deletes their own tickets and takes that back within the hour; later a lead does', async () => {
  const leo = await t.agent('Leo', ['agent'])
  const ticketId = await t.filed({})
  await expect(deleteTicket(leo, ticketId)).rejects.toThrow(/lead can delete any/)
  await updateTicket(leo, ticketId, { assigneeId: leo.actor.agentId })
  await deleteTicket(leo, ticketId)
  await restoreTicket(leo, ticketId)
  await deleteTicket(leo, ticketId)
  t.clock.advance({ hours: 2 })
  await expect(restoreTicket(leo, ticketId)).rejects.toThrow(/lead or an admin/)
  await restoreTicket(t.mia, ticketId)
})

async function rowsOf(ticketId: Id<'tkt'>): Promise<number> {
  const found = await t.world.pool.query('select from tickets where id = $1', [uuidOf(ticketId)])
  return found.rowCount ?? 0
}
