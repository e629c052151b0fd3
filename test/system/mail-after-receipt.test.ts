import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { createDesk, systemActor } from '#server/desk.ts'
import { identitiesOf } from '#modules/customers/index.ts'
import { afterReceipts } from '#modules/inbox/actions/after-receipts.ts'
import { updateMailbox } from '#modules/inbox/actions/save-mailbox.ts'
import { mailboxesFor, readTicket } from '#modules/inbox/index.ts'
import { listMessages } from '#modules/inbox/views/list-messages.ts'
import { searchTickets } from '#modules/inbox/views/search-tickets.ts'
import { idOf } from '#platform/ids.ts'
import { createMailTestWorld, support, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
beforeAll(async () => {
  t = await createMailTestWorld()
  const [mailbox] = await mailboxesFor(t.desk(), [support])
  if (!mailbox) throw new Error('no mailbox')
  await updateMailbox(t.desk(), mailbox.id, {
    autoAcknowledge: true,
    acknowledgement: 'Thanks, your number is {number}.',
  })
})
afterAll(() => t.close())

async function arrive(mail: { from: string } & Record<string, unknown>): Promise<Id<'tkt'>> {
  t.clock.advance({ seconds: 1 })
  const { response } = await t.write({ subject: 'Where is my order', text: 'It is called zanzibarite.', ...mail })
  expect(response).toMatch(/^250 /)
  const { rows } = await t.world.pool.query<{ ticket_id: string }>(
    'select ticket_id from receipts order by received_at desc limit 1',
  )
  return idOf('tkt', rows[0]?.ticket_id ?? '')
}

const inbound = async (ticketId: Id<'tkt'>) =>
  (await listMessages(t.mia, ticketId, {})).items.find(({ kind }) => kind === 'inbound')
const automatic = async (ticketId: Id<'tkt'>) =>
  (await listMessages(t.mia, ticketId, {})).items.filter(({ kind }) => kind === 'auto')
const told = async (ticketId: Id<'tkt'>) => {
  const { rows } = await t.world.pool.query<{ type: string; code: string | null }>(
    `select type, data->>'code' as code from events where type like 'acknowledgement.%' and ticket_id =
      (select id from tickets where number = $1)`,
    [(await readTicket(t.mia, ticketId)).number],
  )
  return rows
}

test('a first mail is found by its words, acknowledged once and its sender proven, however often the work runs', async () => {
  const ticketId = await arrive({ from: 'ann@acme.test', attachments: [{ name: 'quartz.pdf', base64: 'aGVsbG8=' }] })
  await afterReceipts(t.desk())
  await t.world.pool.query(
    'insert into receipt_work (receipt_id, message_id) select id, message_id from receipts where message_id is not null',
  )
  await Promise.all([afterReceipts(t.desk()), afterReceipts(t.desk())])
  await t.drainInbox()
  expect((await inbound(ticketId))?.auth).toMatchObject({ spf: 'pass', dkim: 'pass', dmarc: 'pass', aligned: true })
  const { requester, number } = await readTicket(t.mia, ticketId)
  expect(await identitiesOf(t.desk(), requester.id)).toMatchObject([{ value: 'ann@acme.test', verified: 'dmarc' }])
  for (const words of ['zanzibarite', 'quartz', 'acme'])
    expect((await searchTickets(t.mia, words, 5)).items.map(({ ticket }) => ticket.id)).toContain(ticketId)

  const [answer, ...more] = await automatic(ticketId)
  expect(more).toEqual([])
  expect(answer).toMatchObject({ text: `Thanks, your number is ${number}.`, delivery: { state: 'sent' } })
  expect(await t.arrived(answer?.providerId ?? '')).toBe(1)
  expect(await told(ticketId)).toEqual([{ type: 'acknowledgement.sent', code: null }])
  const { items } = await t.outside<{ items: { autoSubmitted: string | null }[] }>(
    'GET',
    '/mailboxes/ann@acme.test/messages?direction=received',
  )
  expect(items).toMatchObject([{ autoSubmitted: 'auto-replied' }])
  const { rows } = await t.world.pool.query(
    `select from events where type = 'message.authenticated' and ticket_id is not null`,
  )
  expect(rows).toHaveLength(1)
})

test('a spoofed sender is taken all the same, and proves nothing', async () => {
  const ticketId = await arrive({ from: 'eve@acme.test', spoofed: true })
  await t.drainInbox()
  expect((await inbound(ticketId))?.auth).toMatchObject({ dmarc: 'fail', aligned: false })
  const { requester } = await readTicket(t.mia, ticketId)
  expect(await identitiesOf(t.desk(), requester.id)).toMatchObject([{ verified: 'none' }])
})

test('an answer to a ticket is not acknowledged, nor is more than the cap to one address', async () => {
  const from = 'often@busy.test'
  const tickets: Id<'tkt'>[] = []
  for (let n = 0; n < 7; n++) tickets.push(await arrive({ from, subject: `Question ${n}` }))
  await t.drainInbox()
  const outcomes = await Promise.all(tickets.map(async (id) => (await told(id))[0]))
  expect(outcomes.map((outcome) => outcome?.type)).toEqual([
    ...Array.from({ length: 5 }, () => 'acknowledgement.sent'),
    ...Array.from({ length: 2 }, () => 'acknowledgement.withheld'),
  ])
  expect(outcomes.at(-1)?.code).toBe('cap_address')
  const first = tickets[0] as Id<'tkt'>
  const messageId = (await inbound(first))?.providerId
  const joined = await arrive({ from, subject: 'Re: Question 0', inReplyTo: `<${messageId}>` })
  expect(joined).toBe(first)
  await t.drainInbox()
  expect(await automatic(first)).toHaveLength(1)
})

test('a mail from an address that nobody reads is not acknowledged', async () => {
  const ticketId = await arrive({ from: 'no-reply@shop.test' })
  await t.drainInbox()
  expect(await automatic(ticketId)).toEqual([])
  expect((await told(ticketId))[0]?.type).toBe('acknowledgement.withheld')
})

test('one mail whose work fails does not hold up the others', async () => {
  const ports = { ...t.world.ports, mail: { ...t.world.ports.mail, read: () => Promise.reject(new Error('a bug')) } }
  const ticketId = await arrive({ from: 'late@slow.test', text: 'Look for obsidianite.' })
  await afterReceipts(createDesk({ ...t.world, ports }, systemActor))
  expect((await searchTickets(t.mia, 'obsidianite', 5)).items).toHaveLength(1)
  expect((await inbound(ticketId))?.auth).not.toBeNull()
  expect((await t.world.pool.query('select from receipt_work')).rowCount).toBe(0)
})
