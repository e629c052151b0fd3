import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { createLetterWorld, type LetterWorld } from '#test/letters.ts'
import { closeSolved } from './actions/close-solved.ts'
import { leave } from './actions/leave.ts'
import { sweepBreaches } from './actions/sweep-breaches.ts'
import { undoSend } from './actions/undo-send.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { writeMessage } from './actions/write-message.ts'
import { readDraft } from './views/read-draft.ts'

let t: LetterWorld
beforeAll(async () => {
  t = await createLetterWorld()
})
afterAll(() => t?.close())

const write = (ticketId: Id<'tkt'>) => writeMessage(t.mia, ticketId, { kind: 'reply', text: 'We are on it.' })

test('an answer to our reply joins its ticket and reopens it when solved', async () => {
  const ticketId = await t.filed({ subject: 'Thread' })
  const ours = await t.answer(ticketId, { status: 'solved' })
  expect(await t.ticket(ticketId)).toMatchObject({
    status: 'solved',
    assigneeName: 'Mia',
    clocks: [{ state: 'fulfilled' }],
  })
  const answer = await t.filed({ subject: 'Re: Thread', text: 'Still broken', answers: ours.providerId ?? '' })
  expect(answer).toBe(ticketId)
  expect(await t.ticket(ticketId)).toMatchObject({ status: 'open', reopened: 1, lastAuthor: 'contact' })
})

test('a reply can be taken back until it leaves, and then not', async () => {
  const ticketId = await t.filed({})
  const first = await write(ticketId)
  await undoSend(t.mia, first)
  expect((await readDraft(t.mia, ticketId)).draft).toMatchObject({ kind: 'reply' })
  await leave(t.desk(), first)
  expect(await t.ticket(ticketId)).toMatchObject({ status: 'new', lastAuthor: 'contact' })
  const second = await write(ticketId)
  await leave(t.desk(), second)
  await expect(undoSend(t.mia, second)).rejects.toMatchObject({ code: 'conflict' })
})

test('a note is nobody’s mail: it has no recipients and no delivery', async () => {
  const ticketId = await t.filed({})
  await writeMessage(t.mia, ticketId, { kind: 'note', text: 'Looks like #1' })
  await expect(
    writeMessage(t.mia, ticketId, { kind: 'note', text: 'x', to: [{ email: 'ann@customer.test' }] }),
  ).rejects.toMatchObject({ code: 'invalid_request' })
  const { rows } = await t.world.pool.query(
    `select count(*) as n from deliveries d join messages m on m.id = d.message_id where m.kind = 'note'`,
  )
  expect(rows[0].n).toBe(0)
  expect(await t.ticket(ticketId)).toMatchObject({ status: 'new', clocks: [{ state: 'running' }] })
})

test('a breach is written at its deadline, and a solved ticket closes after its days', async () => {
  const ticketId = await t.filed({})
  t.clock.advance({ hours: 24 * 5 })
  await sweepBreaches(t.desk())
  const ticket = await t.ticket(ticketId)
  expect(ticket.clocks).toMatchObject([{ state: 'breached' }])
  const { rows } = await t.world.pool
    .query(`select occurred_at from events where type = 'sla.breached' and ticket_id = (
    select id from tickets where number = ${ticket.number})`)
  expect(rows[0].occurred_at.toString()).toBe(ticket.clocks[0]?.dueAt)
  await updateTicket(t.mia, ticketId, { status: 'solved' })
  await closeSolved(t.desk())
  expect(await t.ticket(ticketId)).toMatchObject({ status: 'solved', urgentAt: null })
  t.clock.advance({ hours: 24 * 14 })
  await closeSolved(t.desk())
  expect(await t.ticket(ticketId)).toMatchObject({ status: 'closed' })
  await expect(updateTicket(t.mia, ticketId, { status: 'open' })).rejects.toMatchObject({ code: 'conflict' })
})
