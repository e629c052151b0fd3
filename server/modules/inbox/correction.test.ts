import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import type { ViewId } from '#contract/inbox.ts'
import { createMailPort } from '#server/channels/email/mail-port.ts'
import { idOf } from '#platform/ids.ts'
import { createCorrectionWorld, strays, ticketOf, type CorrectionWorld } from '#test/correction-world.ts'
import { mergeTickets } from './actions/merge-tickets.ts'
import { moveMessages } from './actions/move-messages.ts'
import { relinkSender } from './actions/relink-sender.ts'
import { rerunItem } from './actions/rerun-item.ts'
import { saveDraft } from './actions/save-draft.ts'
import { splitTicket } from './actions/split-ticket.ts'
import { undoCorrection } from './actions/undo-correction.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { uploadAttachment } from './actions/upload-attachment.ts'
import { writeMessage } from './actions/write-message.ts'
import { tablesOfMessages } from './store/move-messages.ts'
import { readCustodyItem } from './views/custody-items.ts'
import { listCorrections, readCorrectionView } from './views/correction-rows.ts'
import { listTickets } from './views/list-tickets.ts'
import { readDraft } from './views/read-draft.ts'
import { readTicket } from './views/read-ticket.ts'

const port = createMailPort({ target: { host: '127.0.0.1', port: 9, secure: false } })
let unreadable = false
let t: CorrectionWorld
beforeAll(async () => {
  t = await createCorrectionWorld({
    read: (...mail) => (unreadable ? Promise.resolve({ ok: false, reason: 'It is broken.' }) : port.read(...mail)),
  })
})
afterAll(() => t?.close())

const clockOf = async (id: Id<'tkt'>) => (await readTicket(t.mia, id)).clocks[0]

const listed = async (view: ViewId) => (await listTickets(t.mia, { view, limit: 100 })).items.map(({ id }) => id)

/** A ticket on which a second person asked something else, in the same conversation. */
async function mixedUp() {
  const first = await t.arrive({ subject: 'Invoice 12' })
  const answer = await t.reply(first.ticketId)
  const [, sent] = await t.messages(first.ticketId)
  t.clock.advance({ minutes: 30 })
  const second = await t.arrive({
    subject: 'Re: Invoice 12',
    text: 'And my password?',
    answers: sent?.providerId ?? '',
  })
  expect(second.ticketId).toBe(first.ticketId)
  return { ticketId: first.ticketId, first: first.messageId, answer, second: second.messageId }
}

const split = async (ticketId: Id<'tkt'>, messageIds: Id<'msg'>[], subject?: string) =>
  readCorrectionView(t.mia, await splitTicket(t.mia, ticketId, { messageIds, ...(subject ? { subject } : {}) }))
const merge = async (from: Id<'tkt'>, into: Id<'tkt'>) =>
  readCorrectionView(t.mia, await mergeTickets(t.mia, from, { into }))

test('a split-off message has a ticket of its own whose reply clock starts when the customer wrote', async () => {
  const { ticketId, second } = await mixedUp()
  const written = t.clock.now()
  t.clock.advance({ minutes: 20 })
  const done = await split(ticketId, [second], 'Password')
  const other = await readTicket(t.mia, done.other?.id as Id<'tkt'>)
  expect(other).toMatchObject({ subject: 'Password', status: 'new', requester: { email: 'ann@customer.test' } })
  expect(other.links).toEqual([{ kind: 'split', ticketId, number: done.ticket.number }])
  expect(other.clocks).toMatchObject([{ target: 'first_reply', state: 'running' }])
  expect(await t.began(other.id)).toBe(written.toString())
  expect((await t.messages(ticketId)).map(({ kind }) => kind)).toEqual(['inbound', 'reply'])
  expect(await clockOf(ticketId)).toMatchObject({ state: 'fulfilled' })
  expect(await strays(t)).toEqual([])
})

test('undoing a split puts everything back, and the split-off ticket leads to where its mail is', async () => {
  const { ticketId, second } = await mixedUp()
  const before = await t.snapshot([ticketId])
  const done = await split(ticketId, [second])
  const otherId = done.other?.id as Id<'tkt'>
  t.clock.advance({ seconds: 1 })
  await writeMessage(t.mia, otherId, { kind: 'note', text: 'Hm' })
  await undoCorrection(t.mia, done.id)
  const messages = await t.messages(ticketId)
  expect(messages.map(({ kind }) => kind)).toEqual(['inbound', 'reply', 'inbound', 'note'])
  await t.world.pool.query(`delete from messages where kind = 'note'`)
  expect(await t.snapshot([ticketId])).toEqual(before)
  expect(await readTicket(t.mia, otherId)).toMatchObject({
    status: 'closed',
    mergedInto: { id: ticketId },
    urgentAt: null,
  })
  expect(await listed('all')).not.toContain(otherId)
  expect((await listCorrections(t.mia, ticketId)).items[0]).toMatchObject({ undoneAt: t.clock.now().toString() })
  await expect(undoCorrection(t.mia, done.id)).rejects.toThrow('It is undone already.')
})

test('a reply moved to a new ticket takes its answers there', async () => {
  const { ticketId, answer, second } = await mixedUp()
  const [, sent] = await t.messages(ticketId)
  const done = await split(ticketId, [answer, second])
  const later = await t.arrive({
    subject: 'Re: Invoice 12',
    text: 'Thank you, but no.',
    answers: sent?.providerId ?? '',
  })
  expect(later.ticketId).toBe(done.other?.id)
})

test('not everything can be split off, and nothing that is just leaving', async () => {
  const { ticketId, first, answer, second } = await mixedUp()
  await expect(split(ticketId, [first, answer, second])).rejects.toMatchObject({ code: 'conflict' })
  const leaving = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Wait' })
  await expect(split(ticketId, [leaving])).rejects.toThrow('just leaving')
  const elsewhere = await t.arrive()
  await expect(split(ticketId, [elsewhere.messageId])).rejects.toMatchObject({ code: 'invalid_request' })
})

test('a merged ticket gives all it has to the survivor, leaves the queues, and its later mail arrives there', async () => {
  const survivor = await t.arrive({ subject: 'One' })
  t.clock.advance({ minutes: 10 })
  const from = await t.arrive({ from: 'Ben <ben@other.test>', subject: 'Two' })
  await updateTicket(t.mia, from.ticketId, { tags: ['vip'] })
  const [asked] = await t.messages(from.ticketId)
  const done = await merge(from.ticketId, survivor.ticketId)
  const kept = await readTicket(t.mia, survivor.ticketId)
  expect(kept).toMatchObject({ tags: ['vip'], requester: { email: 'ann@customer.test' } })
  expect((await t.messages(survivor.ticketId)).map(({ id }) => id)).toEqual([survivor.messageId, from.messageId])
  const gone = await readTicket(t.mia, from.ticketId)
  expect(gone).toMatchObject({ status: 'closed', mergedInto: { number: kept.number }, urgentAt: null, solvedAt: null })
  for (const view of ['next', 'unassigned', 'solved', 'open', 'all'] as const)
    expect(await listed(view)).not.toContain(from.ticketId)
  const later = await t.arrive({ from: 'Ben <ben@other.test>', subject: 'Re: Two', answers: asked?.providerId ?? '' })
  expect(later.ticketId).toBe(survivor.ticketId)
  await expect(undoCorrection(t.mia, done.id)).rejects.toThrow('the customer has written since')
  expect(await strays(t)).toEqual([])
})

test('the survivor owes its reply from when the first of both customers wrote', async () => {
  const from = await t.arrive({ subject: 'Early' })
  const asked = t.clock.now()
  t.clock.advance({ minutes: 50 })
  const survivor = await t.arrive({ subject: 'Late' })
  await merge(from.ticketId, survivor.ticketId)
  expect(await clockOf(survivor.ticketId)).toMatchObject({ state: 'running' })
  expect(await t.began(survivor.ticketId)).toBe(asked.toString())
})

test('undoing a merge restores both tickets, also what a solved one had', async () => {
  const survivor = await t.arrive({ subject: 'One' })
  await t.reply(survivor.ticketId, { status: 'solved' })
  const from = await t.arrive({ from: 'Ben <ben@other.test>', subject: 'Two' })
  await updateTicket(t.mia, from.ticketId, { tags: ['vip'], priority: 'high' })
  const ids = [survivor.ticketId, from.ticketId]
  const before = await t.snapshot(ids)
  const done = await merge(from.ticketId, survivor.ticketId)
  expect(await readTicket(t.mia, survivor.ticketId)).toMatchObject({ status: 'open', reopened: 1 })
  await undoCorrection(t.mia, done.id)
  expect(await t.snapshot(ids)).toEqual(before)
})

test('a draft goes with its ticket when that is merged away, with its file', async () => {
  const [from, into] = [await t.arrive(), await t.arrive()]
  const file = { name: 'statement.txt', type: 'text/plain', base64: 'YWJj' }
  const { id } = await uploadAttachment(t.mia, from.ticketId, file)
  await saveDraft(t.mia, from.ticketId, { kind: 'reply', html: '<p>See it.</p>', attachments: [id] })
  await merge(from.ticketId, into.ticketId)
  expect((await readDraft(t.mia, into.ticketId)).draft?.attachments).toMatchObject([{ id, name: 'statement.txt' }])
})

test('merges follow each other, and never in a circle', async () => {
  const [a, b, c] = [await t.arrive(), await t.arrive(), await t.arrive()]
  const [asked] = await t.messages(a.ticketId)
  const first = await merge(a.ticketId, b.ticketId)
  await expect(merge(b.ticketId, a.ticketId)).rejects.toThrow('was itself merged into')
  await merge(b.ticketId, c.ticketId)
  await expect(merge(a.ticketId, c.ticketId)).rejects.toThrow('merged into')
  await expect(undoCorrection(t.mia, first.id)).rejects.toThrow('Undo the later correction first')
  const later = await t.arrive({ subject: 'Re: Help', answers: asked?.providerId ?? '' })
  expect(later.ticketId).toBe(c.ticketId)
})

test('a moved question opens the ticket it is given to, and moves back', async () => {
  const { ticketId, second } = await mixedUp()
  const other = await t.arrive({ subject: 'Password' })
  await t.reply(other.ticketId, { status: 'pending' })
  const ids = [ticketId, other.ticketId]
  const before = await t.snapshot(ids)
  const id = await moveMessages(t.mia, ticketId, { messageIds: [second], toTicketId: other.ticketId })
  expect(await ticketOf(t, second)).toBe(other.ticketId)
  expect(await readTicket(t.mia, other.ticketId)).toMatchObject({ status: 'open' })
  await undoCorrection(t.mia, id)
  expect(await t.snapshot(ids)).toEqual(before)
})

test('the sender becomes who really wrote, with the address for the future, and back', async () => {
  const wrong = await t.arrive({ from: 'Shared <office@shared.test>', subject: 'From Cem' })
  const before = await t.snapshot([wrong.ticketId])
  const id = await relinkSender(t.mia, wrong.ticketId, { email: 'cem@shared.test', name: 'Cem', futureMails: true })
  expect((await readTicket(t.mia, wrong.ticketId)).requester).toMatchObject({ name: 'Cem', email: 'cem@shared.test' })
  expect((await t.messages(wrong.ticketId))[0]?.author).toMatchObject({ name: 'Cem' })
  const next = await t.arrive({ from: 'Shared <office@shared.test>', subject: 'Again' })
  expect((await readTicket(t.mia, next.ticketId)).requester).toMatchObject({ name: 'Cem' })
  await undoCorrection(t.mia, id)
  expect(await t.snapshot([wrong.ticketId])).toEqual(before)
  const third = await t.arrive({ from: 'Shared <office@shared.test>', subject: 'Third' })
  expect((await readTicket(t.mia, third.ticketId)).requester).toMatchObject({ name: 'Shared' })
})

test('a second change of sender is undone to what the first had made', async () => {
  const { ticketId } = await t.arrive({ from: 'Shared <office@shared.test>', subject: 'From two' })
  await relinkSender(t.mia, ticketId, { email: 'dora@shared.test' })
  const before = await t.snapshot([ticketId])
  expect((await t.messages(ticketId))[0]?.author).toMatchObject({ name: 'dora@shared.test' })
  await undoCorrection(t.mia, await relinkSender(t.mia, ticketId, { email: 'emil@shared.test', name: 'Emil' }))
  expect(await t.snapshot([ticketId])).toEqual(before)
})

test('an address that changes hands starts unverified', async () => {
  const { ticketId } = await t.arrive({ from: 'Dee <dee@shared.test>' })
  await t.world.pool.query(`update contact_identities set verified = 'dmarc' where value = 'dee@shared.test'`)
  const id = await relinkSender(t.mia, ticketId, { email: 'eli@shared.test', futureMails: true })
  const verified = async () =>
    (await t.world.pool.query(`select verified from contact_identities where value = 'dee@shared.test'`)).rows[0]
      .verified
  expect(await verified()).toBe('none')
  await undoCorrection(t.mia, id)
  expect(await verified()).toBe('dmarc')
})

test('agents correct their own tickets, leads all; a ticket that changed meanwhile is looked at again', async () => {
  const ken = await t.agent('Ken', ['agent'])
  const { ticketId, second } = await mixedUp()
  const take = { messageIds: [second] }
  await expect(splitTicket(ken, ticketId, take)).rejects.toMatchObject({ code: 'forbidden' })
  const kenId = ken.actor.agentId
  await updateTicket(t.mia, ticketId, { assigneeId: kenId })
  const { version } = await readTicket(t.mia, ticketId)
  await updateTicket(t.mia, ticketId, { priority: 'high' })
  await expect(splitTicket(ken, ticketId, { ...take, version })).rejects.toMatchObject({ code: 'stale' })
  const done = await readCorrectionView(ken, await splitTicket(ken, ticketId, take))
  expect(await readTicket(t.mia, done.other?.id as Id<'tkt'>)).toMatchObject({ assigneeId: kenId, priority: 'high' })
  const others = await t.arrive()
  await expect(mergeTickets(ken, ticketId, { into: others.ticketId })).rejects.toMatchObject({ code: 'forbidden' })
  await undoCorrection(ken, done.id)
  const stranger = t.desk({ ...t.mia.actor, visible: [] })
  await expect(mergeTickets(stranger, ticketId, { into: others.ticketId })).rejects.toMatchObject({ code: 'not_found' })
})

test('mail that arrives while its ticket is merged away ends in the survivor, every one of it', async () => {
  const survivor = await t.arrive({ subject: 'One' })
  const from = await t.arrive({ subject: 'Two' })
  const [asked] = await t.messages(from.ticketId)
  const late = { subject: 'Re: Two', answers: asked?.providerId ?? '' }
  const [, ...arrived] = await Promise.all([
    merge(from.ticketId, survivor.ticketId),
    ...[1, 2, 3].map((n) => t.arrive({ ...late, text: `And ${n}?` })),
  ])
  const places = await Promise.all(arrived.map(({ messageId }) => ticketOf(t, messageId)))
  expect(places).toEqual(arrived.map(() => survivor.ticketId))
  expect(await t.messages(from.ticketId)).toEqual([])
  expect(await strays(t)).toEqual([])
})

test('a parked mail that is tried again while its ticket is merged away ends in the survivor', async () => {
  const survivor = await t.arrive({ subject: 'Three' })
  const from = await t.arrive({ subject: 'Four' })
  const [asked] = await t.messages(from.ticketId)
  unreadable = true
  const late = { id: 'parked@customer.test', subject: 'Re: Four', answers: asked?.providerId ?? '' }
  await t.arrive(late).catch(() => undefined)
  unreadable = false
  const { rows } = await t.world.pool.query(`select id from receipts where disposition = 'parked'`)
  const itemId = idOf('itm', rows[0].id)
  const waiting = async () =>
    (
      await t.world.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rowCount
  let rerun: Promise<void> | undefined
  await t.mia.transaction(async (tx) => {
    await mergeTickets(tx, from.ticketId, { into: survivor.ticketId })
    rerun = rerunItem(t.mia, itemId)
    await expect.poll(waiting).toBe(1)
  })
  await rerun
  const { disposition, ticketId } = await readCustodyItem(t.mia, itemId)
  expect([disposition, ticketId]).toEqual(['appended', survivor.ticketId])
})

test('two people who merge two tickets into each other at once get one merge and one refusal', async () => {
  const [a, b] = [await t.arrive(), await t.arrive()]
  const both = await Promise.allSettled([merge(a.ticketId, b.ticketId), merge(b.ticketId, a.ticketId)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('every table that names both a message and its ticket is moved with the message', async () => {
  const { rows } = await t.world.pool.query<{ table_name: string }>(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name in ('ticket_id', 'message_id')
     group by table_name having count(*) = 2`,
  )
  const { messages: _, ...following } = tablesOfMessages
  // An import remembers where it put a message, not where that is now.
  const found = rows.map((row) => row.table_name).filter((name) => name !== 'import_items')
  expect(found.toSorted()).toEqual(Object.keys(following).toSorted())
})
