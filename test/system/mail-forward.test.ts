import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { composeDelivery } from '#modules/inbox/actions/compose-delivery.ts'
import { deliver } from '#modules/inbox/actions/deliver.ts'
import { forwardMessages } from '#modules/inbox/actions/forward-messages.ts'
import { leave } from '#modules/inbox/actions/leave.ts'
import { resend } from '#modules/inbox/actions/resend.ts'
import { resendTo } from '#modules/inbox/actions/resend-to.ts'
import { retryNow } from '#modules/inbox/actions/retry-now.ts'
import { sendAutomaticMail } from '#modules/inbox/actions/send-automatic-mail.ts'
import { suppressAddress } from '#modules/inbox/actions/suppress-address.ts'
import { undoSend } from '#modules/inbox/actions/undo-send.ts'
import { uploadAttachment } from '#modules/inbox/actions/upload-attachment.ts'
import { writeMessage } from '#modules/inbox/actions/write-message.ts'
import { readTicket } from '#modules/inbox/index.ts'
import { lockTicket } from '#modules/inbox/store/tickets.ts'
import { viewDelivery } from '#modules/inbox/views/delivery-attempts.ts'
import { listMessages, readMessage } from '#modules/inbox/views/list-messages.ts'
import { readDraft } from '#modules/inbox/views/read-draft.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { createMailTestWorld, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
beforeAll(async () => {
  t = await createMailTestWorld()
})
afterAll(() => t.close())
beforeEach(async () => {
  await t.outside('DELETE', '/faults')
  t.clock.advance({ minutes: 10 })
})

let people = 0

async function openTicket(): Promise<{ ticketId: Id<'tkt'>; customer: string }> {
  const customer = `ann${++people}@acme${people}.test`
  await t.write({ from: customer, subject: 'Charged twice', text: 'I see two charges.' })
  const { rows } = await t.world.pool.query<{ ticket_id: string }>(
    'select ticket_id from receipts where from_address = $1',
    [customer],
  )
  return { ticketId: idOf('tkt', rows[0]!.ticket_id), customer }
}

const bank = { email: 'desk@bank.test', name: 'The bank' }
const forward = (ticketId: Id<'tkt'>, more: object = {}) =>
  forwardMessages(t.mia, ticketId, { to: [bank], text: 'Can you see this charge?', ...more })
const attempt = (messageId: Id<'msg'>) => deliver(t.desk(), messageId, 'a worker')
const delivery = async (messageId: Id<'msg'>) => (await readMessage(t.mia, messageId)).delivery
const mailsOf = async (address: string) =>
  (
    await t.outside<{
      items: {
        messageId: string
        subject: string
        text: string
        headers?: object
        attachments: { name: string }[]
      }[]
    }>('GET', `/mailboxes/${address}/messages?direction=received`)
  ).items
const fault = (kind: string, more: object = {}) => t.outside('POST', '/faults', { kind, ...more })
const clocks = async (ticketId: Id<'tkt'>) => (await readTicket(t.mia, ticketId)).clocks

test('a forward shows mails and files to a third party, never a note, and answers no clock', async () => {
  const { ticketId, customer } = await openTicket()
  t.clock.advance({ minutes: 1 })
  await writeMessage(t.mia, ticketId, { kind: 'note', text: 'They are a difficult customer.' })
  const file = await uploadAttachment(t.mia, ticketId, { name: 'statement.txt', type: 'text/plain', base64: 'YWJj' })
  const reply = await writeMessage(t.mia, ticketId, {
    kind: 'reply',
    text: 'See the statement.',
    attachments: [file.id],
  })
  await leave(t.desk(), reply)
  const before = await clocks(ticketId)
  const messageId = await forward(ticketId)
  await leave(t.desk(), messageId)
  await attempt(messageId)
  const [mail] = await mailsOf(bank.email)
  expect(mail?.subject).toBe('Fwd: Charged twice')
  expect(mail?.text).toMatch(
    /^Can you see this charge\?[\s\S]*Forwarded message[\s\S]*From: .*acme[\s\S]*I see two charges\.[\s\S]*See the statement\./,
  )
  expect(mail?.text).not.toContain('difficult')
  expect(mail?.attachments.map(({ name }) => name)).toEqual(['statement.txt'])
  expect(await clocks(ticketId)).toEqual(before)
  expect(await readMessage(t.mia, messageId)).toMatchObject({
    kind: 'reply',
    flags: ['forward'],
    to: [bank],
    parts: [{ kind: 'reply' }, { kind: 'quote' }],
  })

  t.clock.advance({ minutes: 1 })
  // Their answer comes back into the ticket and is not what the customer is answered with.
  await t.outside('POST', '/reply', {
    from: bank.email,
    messageId: mail?.messageId,
    text: 'It is ours. Do not tell them.',
  })
  t.clock.advance({ minutes: 1 })
  const { items } = await listMessages(t.mia, ticketId, {})
  expect(items.at(-1)).toMatchObject({ kind: 'inbound', from: { email: bank.email } })
  const answer = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'We found it.' })
  await leave(t.desk(), answer)
  await attempt(answer)
  const toCustomer = (await mailsOf(customer)).at(-1)
  expect(toCustomer?.text).toContain('We found it.')
  expect(toCustomer?.text).not.toMatch(/Do not tell|Can you see/)
})

test('a forward only of mails that were chosen; notes, other tickets, customers and ourselves are refused', async () => {
  const { ticketId, customer } = await openTicket()
  const other = await openTicket()
  const [first] = (await listMessages(t.mia, ticketId, {})).items
  const [foreign] = (await listMessages(t.mia, other.ticketId, {})).items
  const note = await writeMessage(t.mia, ticketId, { kind: 'note', text: 'Between us.' })
  for (const messageIds of [[note], [foreign!.id], [first!.id, note]])
    await expect(forward(ticketId, { messageIds })).rejects.toThrow('never notes')
  await expect(forward(ticketId, { to: [{ email: customer }] })).rejects.toThrow('reply instead')
  await expect(forward(ticketId, { to: [{ email: 'support+x@desk.test' }] })).rejects.toThrow('mailbox of this desk')
  expect(await forward(ticketId, { messageIds: [first!.id], attachments: false })).toMatch(/^msg_/)
})

test('a forward taken back leaves nothing behind, least of all a draft for the customer', async () => {
  const { ticketId } = await openTicket()
  const messageId = await forward(ticketId, { to: [{ email: 'other@bank.test' }] })
  await undoSend(t.mia, messageId)
  await leave(t.desk(), messageId)
  expect((await readDraft(t.mia, ticketId)).draft).toBeNull()
  expect(await mailsOf('other@bank.test')).toEqual([])
})

test('a reply to a wrong address is sent to the right one as a mail of its own, tied to the first', async () => {
  const { ticketId } = await openTicket()
  const first = await writeMessage(t.mia, ticketId, {
    kind: 'reply',
    text: 'Hello.',
    to: [{ email: 'wrnog@acme.test' }],
  })
  await expect(resendTo(t.mia, first, { to: [{ email: 'right@acme.test' }] })).rejects.toThrow('has left')
  await leave(t.desk(), first)
  await fault('refuse_recipient', { match: { recipient: 'wrnog@acme.test' } })
  await attempt(first)
  expect((await readTicket(t.mia, ticketId)).attention).toBe('delivery_failed')
  const before = await clocks(ticketId)
  t.clock.advance({ seconds: 30 })
  const second = await resendTo(t.mia, first, { to: [{ email: 'right@acme.test' }] })
  await leave(t.desk(), second)
  await attempt(second)
  const [one, other] = [await readMessage(t.mia, first), await readMessage(t.mia, second)]
  expect(other.providerId).not.toBe(one.providerId)
  expect(await t.arrived(other.providerId ?? '')).toBe(1)
  expect(one.delivery).toMatchObject({ state: 'failed' })
  expect(await viewDelivery(t.mia, first)).toMatchObject({
    resentAs: [second],
    attempts: [{ outcome: 'failed', recipients: ['wrnog@acme.test'] }],
  })
  expect(await viewDelivery(t.mia, second)).toMatchObject({
    resendOf: first,
    accepted: ['right@acme.test'],
    attempts: [{ outcome: 'sent', answer: expect.stringMatching(/^250 /) }],
  })
  expect((await readTicket(t.mia, ticketId)).attention).toBeNull()
  expect(await clocks(ticketId)).toEqual(before)
  // An unknown mail keeps its Message-ID when it is sent again.
  await expect(resend(t.mia, second)).rejects.toThrow('Only a mail that failed')
})

test('a reply to several is sent to several others: each has it once, whoever has it already is left out of later tries', async () => {
  const { ticketId } = await openTicket()
  const statement = { name: 'statement.txt', type: 'text/plain', base64: 'YWJj' }
  const file = await uploadAttachment(t.mia, ticketId, statement)
  const first = await writeMessage(t.mia, ticketId, {
    kind: 'reply',
    text: 'See the statement.',
    to: [{ email: 'one@wrong.test' }, { email: 'two@wrong.test' }],
    cc: [{ email: 'three@wrong.test' }],
    attachments: [file.id],
  })
  await leave(t.desk(), first)
  await fault('refuse_recipient', { match: { recipient: 'two@wrong.test' } })
  await attempt(first)
  t.clock.advance({ seconds: 30 })
  const own = { to: [{ email: 'one@right.test' }, { email: 'support@desk.test' }] }
  await expect(resendTo(t.mia, first, own)).rejects.toThrow('a mailbox of this desk')

  const second = await resendTo(t.mia, first, {
    to: [{ email: 'one@right.test' }, { email: 'no@refused.test' }],
    cc: [{ email: 'late@grey.test' }],
  })
  await leave(t.desk(), second)
  await fault('refuse_recipient', { match: { recipient: 'no@refused.test' } })
  await fault('greylist', { match: { recipient: 'late@grey.test' }, times: 1 })
  await attempt(second)
  const view = () => viewDelivery(t.mia, second)
  expect(await delivery(second)).toMatchObject({ state: 'queued' })
  expect(await view()).toMatchObject({ accepted: ['one@right.test'], refused: ['no@refused.test'] })
  await attempt(second)
  expect(await delivery(second)).toMatchObject({ state: 'sent' })
  expect(await view()).toMatchObject({ accepted: ['one@right.test', 'late@grey.test'], refused: ['no@refused.test'] })

  const { providerId } = await readMessage(t.mia, second)
  const { items } = await t.outside<{ items: { envelope: { to: string[] } }[] }>(
    'GET',
    `/received?messageId=${providerId}`,
  )
  expect(items.map(({ envelope }) => envelope.to)).toEqual([['one@right.test'], ['late@grey.test']])
  const [copy] = await mailsOf('one@right.test')
  expect(copy).toMatchObject({ text: expect.stringContaining('See the statement.') })
  expect(copy?.attachments.map(({ name }) => name)).toEqual(['statement.txt'])
  // The first keeps who has it, and none of them gets the second.
  expect(await viewDelivery(t.mia, first)).toMatchObject({
    accepted: ['one@wrong.test', 'three@wrong.test'],
    refused: ['two@wrong.test'],
    resentAs: [second],
  })
  expect(await mailsOf('one@wrong.test')).toHaveLength(1)

  t.clock.advance({ minutes: 1 })
  await t.outside('POST', '/reply', { from: 'one@right.test', messageId: copy?.messageId, text: 'Thank you.' })
  const last = (await listMessages(t.mia, ticketId, {})).items.at(-1)
  expect(last).toMatchObject({ kind: 'inbound', from: { email: 'one@right.test' } })
})

test('resending and forwarding to an address that does not work or complained asks first', async () => {
  const { ticketId, customer } = await openTicket()
  const first = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Hello.' })
  await leave(t.desk(), first)
  await fault('refuse_recipient', { match: { recipient: customer }, times: 1 })
  await attempt(first)
  const dead = { email: `dead.${customer}` }
  for (const email of [customer, dead.email]) await suppressAddress(t.mia, { email, why: 'wrong' })
  const asked = (email: string) => ({ code: 'conflict', details: { suppressed: [{ email, state: 'hard' }] } })
  await expect(resend(t.mia, first)).rejects.toMatchObject(asked(customer))
  await expect(resendTo(t.mia, first, { to: [dead] })).rejects.toMatchObject(asked(dead.email))
  await expect(forward(ticketId, { to: [dead] })).rejects.toMatchObject(asked(dead.email))
  expect(await delivery(first)).toMatchObject({ state: 'failed' })

  const sendAnyway = true
  await resend(t.mia, first, { sendAnyway })
  t.clock.advance({ seconds: 1 })
  const second = await resendTo(t.mia, first, { to: [dead], sendAnyway })
  t.clock.advance({ seconds: 1 })
  const third = await forward(ticketId, { to: [dead], sendAnyway })
  const { rows } = await t.world.pool.query(
    `select data ->> 'messageId' as id from events where type = 'message.sent_anyway' and ticket_id = $1 order by occurred_at`,
    [uuidOf(ticketId)],
  )
  expect(rows).toEqual([{ id: first }, { id: second }, { id: third }])
})

test('a mail that waits can be tried at once', async () => {
  const { ticketId } = await openTicket()
  const messageId = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Hello.' })
  await leave(t.desk(), messageId)
  await fault('greylist', { times: 1 })
  await attempt(messageId)
  expect((await delivery(messageId))?.retryAt).not.toBeNull()
  await retryNow(t.mia, messageId)
  expect((await delivery(messageId))?.retryAt).toBeNull()
  await t.drainInbox()
  expect(await delivery(messageId)).toMatchObject({ state: 'sent', attempts: 2 })
  await expect(retryNow(t.mia, messageId)).rejects.toThrow('does not wait')
})

test('automatic mail that fails asks for its ticket’s owner, until a later mail got through', async () => {
  const { ticketId, customer } = await openTicket()
  const auto = () =>
    t.desk().transaction(async (tx) => {
      const ticket = await lockTicket(tx, ticketId)
      const { sourceId, teamId } = ticket
      return sendAutomaticMail(tx, ticket, {
        to: { email: customer, name: null },
        subject: 'News',
        text: 'News.',
        sourceId,
        teamId,
      })
    })
  const { sent } = await auto()
  const bytes = async (id: Id<'msg'>) => Buffer.from((await composeDelivery(t.desk(), id)).raw).toString()
  const unfolded = (await bytes(sent!)).replace(/\r?\n[ \t]+/g, ' ')
  expect(unfolded).toMatch(/^List-Unsubscribe: <http\S+\/unsubscribe\/\S+>\r?$/m)
  expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m)
  const written = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'From a person.' })
  expect(await bytes(written)).not.toContain('List-Unsubscribe')
  await undoSend(t.mia, written)
  await fault('refuse_message', { times: 1 })
  await attempt(sent!)
  expect(await readTicket(t.mia, ticketId)).toMatchObject({ attention: 'delivery_failed' })
  const notes = (await listMessages(t.mia, ticketId, {})).items.filter(({ kind }) => kind === 'note')
  expect(notes.map(({ text }) => text)).toEqual([
    expect.stringContaining('A mail the desk wrote by itself could not be delivered'),
  ])
  t.clock.advance({ seconds: 30 })
  const again = await auto()
  await attempt(again.sent!)
  expect((await readTicket(t.mia, ticketId)).attention).toBeNull()
})
