import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureMailbox, mailboxesFor } from '#modules/inbox/index.ts'
import type { Id } from '#contract/ids.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { pack } from '../../server/modules/inbox/rules/message-id.ts'
import { checkPlus, giveUpPlus } from '../../server/modules/inbox/actions/check-plus.ts'
import { leave } from '../../server/modules/inbox/actions/leave.ts'
import { updateMailbox } from '../../server/modules/inbox/actions/save-mailbox.ts'
import { writeMessage } from '../../server/modules/inbox/actions/write-message.ts'
import { readMailbox } from '../../server/modules/inbox/views/list-mailboxes.ts'
import { listMessages } from '../../server/modules/inbox/views/list-messages.ts'
import { createMailTestWorld, support, type MailTestWorld } from '../mail-world.ts'

let t: MailTestWorld
let box: Id<'box'>
beforeAll(async () => {
  t = await createMailTestWorld()
  const [mailbox] = await mailboxesFor(t.desk(), [support])
  if (!mailbox) throw new Error('no mailbox')
  box = mailbox.id
  await updateMailbox(t.desk(), box, { aliases: ['help@desk.test', '@all.test'] })
})
afterAll(() => t.close())

type Mail = { messageId: string | null; replyTo: { address: string } | null }

let count = 0
async function arrive(to: string, more: string[] = []) {
  const id = `a${++count}@customer.test`
  const answer = await t.writeRaw(
    [`From: ann@customer.test`, `To: ${to}`, `Subject: Q${count}`, `Message-ID: <${id}>`, ...more, '', 'Hello?'].join(
      '\r\n',
    ),
    { to },
  )
  const { rows } = await t.world.pool.query<{ ticket_id: string | null; disposition: string; reason: string }>(
    'select ticket_id, disposition, reason from receipts where provider_id = $1',
    [id],
  )
  return { answer, receipt: rows[0] }
}

function ticketOf(uuid: string | null | undefined): Id<'tkt'> {
  if (!uuid) throw new Error('no ticket')
  return idOf('tkt', uuid)
}
const messages = async (id: Id<'tkt'>) => (await listMessages(t.mia, id, {})).items

test.each([
  ['the mailbox', support, undefined],
  ['a plus address', 'support+anything@desk.test', 'support+anything@desk.test'],
  ['an alias', 'help@desk.test', 'help@desk.test'],
  ['a catch-all', 'whatever@all.test', 'whatever@all.test'],
])('mail to %s lands in the mailbox and says how it came', async (_, to, deliveredTo) => {
  const { answer, receipt } = await arrive(to)
  expect(answer).toMatch(/^250/)
  const [message] = await messages(ticketOf(receipt?.ticket_id))
  expect(message?.mail?.deliveredTo).toBe(deliveredTo)
})

test('mail to an address that is nobody’s is refused', async () => {
  expect((await arrive('nobody@desk.test')).answer).toMatch(/^550/)
})

test('answers leave from the mailbox, or from the alias where that is wanted', async () => {
  const ticketId = ticketOf((await arrive('help@desk.test')).receipt?.ticket_id)
  await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'One.' })
  await updateMailbox(t.desk(), box, { answerFromAlias: true })
  const other = ticketOf((await arrive('help@desk.test')).receipt?.ticket_id)
  await writeMessage(t.mia, other, { kind: 'reply', text: 'Two.' })
  const from = async (id: Id<'tkt'>) => (await messages(id)).find(({ kind }) => kind === 'reply')?.from?.email
  expect(await from(ticketId)).toBe(support)
  expect(await from(other)).toBe('help@desk.test')
})

test('an alias belongs to one mailbox', async () => {
  await ensureMailbox(t.desk(), 'sales@desk.test', 'Sales')
  const [sales] = await mailboxesFor(t.desk(), ['sales@desk.test'])
  await expect(updateMailbox(t.desk(), sales?.id ?? box, { aliases: ['help@desk.test'] })).rejects.toThrow(
    /belongs to the mailbox support@desk.test already/,
  )
  await expect(updateMailbox(t.desk(), sales?.id ?? box, { aliases: [support] })).rejects.toThrow(/already/)
})

test('replies carry a signed reply address only after a probe came back by the real way', async () => {
  const replyTo = async () => {
    const ticketId = ticketOf((await arrive(support)).receipt?.ticket_id)
    const id = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Hello.' })
    t.clock.advance({ minutes: 1 })
    await leave(t.desk(), id)
    await t.drainInbox()
    const { items } = await t.outside<{ items: Mail[] }>('GET', '/mailboxes/ann@customer.test/messages')
    const mail = items.find(({ messageId }) => messageId?.includes(pack(uuidOf(id))))
    if (!mail) throw new Error('the reply did not arrive')
    return mail.replyTo?.address ?? null
  }
  expect(await replyTo()).toBeNull()
  await checkPlus(t.desk(), box)
  expect((await readMailbox(t.desk(), box)).plusState).toBe('checking')
  await t.drainInbox()
  const { items } = await t.outside<{ items: { address: string }[] }>('GET', '/mailboxes')
  const address = items.find((one) => one.address.includes('+p'))?.address ?? ''
  // What only looks like a probe shows nothing.
  await arrive(address.replace(/\.[a-z0-9]+@/, '.0000000000000000@'))
  expect((await readMailbox(t.desk(), box)).plusState).toBe('checking')
  const { receipt } = await arrive(address)
  expect(receipt).toMatchObject({ disposition: 'suppressed', ticket_id: null })
  expect(receipt?.reason).toMatch(/plus addresses of this mailbox work/)
  expect((await readMailbox(t.desk(), box)).plusState).toBe('works')
  expect(await replyTo()).toMatch(/^support\+u[a-z0-9]{25}\.[a-z0-9]{16}@desk\.test$/)
})

test('a probe that never comes back turns them off', async () => {
  await checkPlus(t.desk(), box)
  t.clock.advance({ minutes: 31 })
  await giveUpPlus(t.desk())
  expect((await readMailbox(t.desk(), box)).plusState).toBe('does_not')
})
