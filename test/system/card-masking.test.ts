import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { createTicket } from '#modules/inbox/actions/create-ticket.ts'
import { readRawItem } from '#modules/inbox/actions/read-raw-item.ts'
import { listMessages } from '#modules/inbox/views/list-messages.ts'
import { searchTickets } from '#modules/inbox/views/search-tickets.ts'
import { listTickets } from '#modules/inbox/views/list-tickets.ts'
import { permissionsOf } from '#modules/team/index.ts'
import { idOf } from '#platform/ids.ts'
import { createMailTestWorld, support, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
beforeAll(async () => {
  t = await createMailTestWorld()
})
afterAll(() => t?.close())

const everywhere = async () => {
  const { rows } = await t.world.pool.query<{ row: string }>(
    `select to_jsonb(m)::text as row from messages m union all select to_jsonb(t)::text from tickets t
     union all select words::text from message_search union all select to_jsonb(r)::text from receipts r
     union all select name from attachments`,
  )
  return rows.map(({ row }) => row).join('\n')
}

test('a card number that a customer mails is masked everywhere but in the bytes as they came', async () => {
  const raw = [
    'From: Ann <ann@customer.test>',
    `To: ${support}`,
    'Subject: My card 4242 4242 4242 4242',
    'Message-ID: <card@customer.test>',
    'MIME-Version: 1.0',
    'Content-Type: text/html',
    '',
    '<p>Please use 4242<b>4242</b>4242&#52;242, order 1234567812345678.</p>',
  ].join('\r\n')
  expect(await t.writeRaw(raw)).toMatch(/^250/)
  await t.drainInbox()
  expect(await everywhere()).not.toMatch(/4242[\s-]?4242/)
  expect(await everywhere()).toContain('1234567812345678')
  const [ticket] = (await searchTickets(t.mia, 'order 1234567812345678', 5)).items
  const { items } = await listMessages(t.mia, ticket!.ticket.id, {})
  expect(items[0]).toMatchObject({ text: expect.stringContaining('•••• 4242'), flags: ['card_masked'] })
  expect((await listTickets(t.mia, {})).items[0]?.subject).toBe('My card •••• 4242')
})

test('the bytes as they came are for leads, and taking them is recorded', async () => {
  const { rows } = await t.world.pool.query<{ id: string }>(`select id from receipts where provider_id like 'card@%'`)
  const id: Id<'itm'> = idOf('itm', rows[0]!.id)
  const viewer = t.mia.as({ ...t.mia.actor, permissions: permissionsOf(['agent']) })
  await expect(readRawItem(viewer, id)).rejects.toThrow('holds a card number')
  expect((await readRawItem(t.mia, id)).toString()).toContain('4242 4242 4242 4242')
  const events = await t.world.pool.query(`select data from events where type = 'custody.raw_read'`)
  expect(events.rows).toEqual([{ data: expect.objectContaining({ itemId: id }) }])
})

test('so is one that an agent takes down for a customer', async () => {
  const id = await createTicket(t.mia, {
    requester: { email: 'bob@customer.test' },
    subject: 'Phone: 5555555555554444',
    message: { html: '<p>Card 5555 5555 5555 4444</p>' },
    direction: 'inbound',
    tags: [],
  } as Parameters<typeof createTicket>[1])
  const { items } = await listMessages(t.mia, id, {})
  expect(items[0]).toMatchObject({ text: 'Card •••• 4444', html: '<p>Card •••• 4444</p>', flags: ['card_masked'] })
  expect(await everywhere()).not.toMatch(/5555\s?5555/)
})
