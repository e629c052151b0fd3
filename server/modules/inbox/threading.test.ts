import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesOf, createLetterWorld, type LetterWorld } from '#test/letters.ts'
import type { Id } from '#contract/ids.ts'
import { createAccount } from '#modules/customers/index.ts'
import { composeDelivery } from './actions/compose-delivery.ts'
import { unsubscribeAddress } from './actions/suppress-address.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { createTicket } from './actions/create-ticket.ts'
import { keepHere } from './actions/keep-here.ts'
import { writeMessage } from './actions/write-message.ts'
import { ensureMailbox } from './index.ts'
import { replyDefaults } from './reply-recipients.ts'

let t: LetterWorld
beforeAll(async () => {
  t = await createLetterWorld()
})
afterAll(() => t.close())

const topic = 'Hi Mia,\r\nthe export of last month stops at line 400 with an error. Can you look at it?'

test('rule 5: a reply with another subject and a topic of its own joins, is marked, and a split is proposed', async () => {
  const ticketId = await t.filed({ subject: 'Charged twice' })
  const ours = await t.answer(ticketId)
  expect(await t.filed({ subject: 'Export broken', answers: ours.providerId ?? '', text: topic })).toBe(ticketId)
  const message = (await t.messages(ticketId)).at(-1)
  expect(message?.flags).toContain('subject_changed')
  expect(message?.proposal).toEqual({
    kind: 'split',
    state: 'open',
    ticketSubject: 'Charged twice',
    mailSubject: 'Export broken',
  })
})

test('rule 5: an answer says which subject it carries and offers the new one', async () => {
  const ticketId = await t.filed({ subject: 'Charged twice' })
  const ours = await t.answer(ticketId)
  await t.filed({ subject: 'RE: Export broken', answers: ours.providerId ?? '', text: topic })
  expect(await replyDefaults(t.mia, ticketId)).toMatchObject({
    subject: 'Re: Charged twice',
    otherSubject: 'Re: Export broken',
  })
  const answer = await t.answer(ticketId, { subject: 'Re: Export broken' })
  const { rows } = await t.world.pool.query('select subject from deliveries order by created_at desc limit 1')
  expect(rows[0]).toEqual({ subject: 'Re: Export broken' })
  expect(answer.delivery?.state).toBeDefined()
})

test('rule 5: an agent may keep it where it is, once', async () => {
  const ticketId = await t.filed({ subject: 'Charged twice' })
  const ours = await t.answer(ticketId)
  const { messageId } = await t.arrive({ subject: 'Export broken', answers: ours.providerId ?? '', text: topic })
  await keepHere(t.mia, messageId ?? (undefined as never))
  expect((await t.messages(ticketId)).at(-1)?.proposal?.state).toBe('kept')
  await expect(keepHere(t.mia, messageId ?? (undefined as never))).rejects.toThrow(/nothing to decide/)
})

test('a stranger who quotes our id gets a ticket of their own, linked', async () => {
  const ticketId = await t.filed({ subject: 'Private' })
  const ours = await t.answer(ticketId)
  const stranger = await t.filed({ from: 'Eve <eve@elsewhere.test>', answers: ours.providerId ?? '' })
  expect(stranger).not.toBe(ticketId)
  expect((await t.ticket(stranger)).links).toMatchObject([{ kind: 'possible_reply', ticketId }])
})

test('rule 6: two recipients of one mail never share a ticket', async () => {
  const ticketId = await createTicket(t.mia, {
    subject: 'New prices',
    requester: { email: 'ann@one.test' },
    direction: 'outbound',
    message: { text: 'Dear customers, our prices change.' },
  })
  const everyone = ['ann@one.test', 'bob@two.test', 'cem@three.test'].map((email) => ({ email }))
  const mass = await t.answer(ticketId, { to: everyone })
  const from = (email: string, more = {}) =>
    t.filed({ from: email, to: everyone.map(({ email }) => email).join(', '), answers: mass.providerId ?? '', ...more })
  const ann = await from('ann@one.test', { id: 'ann-says@one.test', cc: 'bob@two.test' })
  const bob = await from('bob@two.test')
  expect(await from('ann@one.test', { cc: 'bob@two.test' })).toBe(ann)
  // Bob answers Ann's mail, which he had in copy.
  const again = await from('bob@two.test', {
    answers: 'ann-says@one.test',
    headers: [`References: <${mass.providerId}> <ann-says@one.test>`],
  })
  expect(new Set([ticketId, ann, bob]).size).toBe(3)
  expect([ticketId, ann]).not.toContain(again)
  for (const own of [ann, bob]) {
    const people = await t.world.pool.query(
      `select distinct p.email from ticket_participants p join tickets t on t.id = p.ticket_id where t.number = $1`,
      [(await t.ticket(own)).number],
    )
    expect(people.rows).toHaveLength(1)
    expect((await t.ticket(own)).links).toContainEqual(expect.objectContaining({ kind: 'broadcast', ticketId }))
  }
})

test('rule 6: one mail marked for many shows nobody the addresses of others, unless all are of one account', async () => {
  const ticketId = await t.filed({})
  const send = (emails: string[], more = {}) =>
    writeMessage(t.mia, ticketId, {
      kind: 'reply',
      text: 'Our prices change.',
      to: emails.slice(0, 1).map((email) => ({ email })),
      cc: emails.slice(1).map((email) => ({ email })),
      broadcast: true,
      ...more,
    })
  await expect(send(['ann@one.test', 'bob@two.test'])).rejects.toThrow(/read each other’s addresses/)
  await expect(send(['ann@gmail.com', 'bob@gmail.com'])).rejects.toThrow(/read each other’s addresses/)
  await createAccount(t.mia, { name: 'House', domains: ['house.test'] })
  await expect(send(['a@house.test', 'b@other.test'])).rejects.toThrow(/read each other’s addresses/)
  const id = await send(['a@house.test', 'b@house.test'])
  const outgoing = (await t.messages(ticketId)).filter(({ kind }) => kind === 'reply')
  expect(outgoing).toMatchObject([{ id, flags: ['broadcast'] }])
  await expect(writeMessage(t.mia, ticketId, { kind: 'note', text: 'x', broadcast: true })).rejects.toThrow(/a note/)
})

test('a mail marked for many can be unsubscribed from, and who did is asked about first; a plain answer is neither', async () => {
  const ticketId = await t.filed({})
  const send = (more = {}) =>
    writeMessage(t.mia, ticketId, { kind: 'reply', text: 'News.', to: [{ email: 'una@one.test' }], ...more })
  const header = async (id: Id<'msg'>) =>
    Buffer.from((await composeDelivery(t.desk(), id)).raw)
      .toString()
      .replace(/\r?\n[ \t]+/g, ' ')
  const news = await send({ broadcast: true })
  expect(await header(news)).toMatch(/^List-Unsubscribe: <http\S+\/unsubscribe\/\S+>\r?$/m)
  expect(await header(await send())).not.toContain('List-Unsubscribe')
  await unsubscribeAddress(t.desk(), 'una@one.test')
  await expect(send({ broadcast: true })).rejects.toMatchObject({
    code: 'conflict',
    details: { suppressed: [{ email: 'una@one.test', state: 'unsubscribed' }] },
  })
  await send()
})

test('rule 6: the same recipient answering twice writes on in the ticket of their own', async () => {
  const ticketId = await createTicket(t.mia, {
    subject: 'New prices',
    requester: { email: 'ann@four.test' },
    direction: 'outbound',
    message: { text: 'Dear customers, our prices change.' },
  })
  // Not marked: the first mail of a ticket that nobody has answered, to people of different houses.
  const mass = await t.answer(ticketId, { to: [{ email: 'ann@four.test' }, { email: 'bob@five.test' }] })
  expect(mass.flags).toContain('broadcast')
  const first = await t.filed({ from: 'ann@four.test', answers: mass.providerId ?? '' })
  const second = await t.filed({ from: 'ann@four.test', answers: mass.providerId ?? '', text: 'And when?' })
  expect(first).not.toBe(ticketId)
  expect(second).toBe(first)
})

test('rule 6: answers to a bulk mail that came through the mailbox do not meet', async () => {
  const list = { headers: ['List-Id: News <news.desk.test>', 'Precedence: bulk'], id: 'news-1@mailer.test' }
  const news = await t.filed({
    from: 'news@mailer.test',
    to: 'support@desk.test, ann@six.test, bob@seven.test',
    ...list,
  })
  const ann = await t.filed({ from: 'ann@six.test', answers: 'news-1@mailer.test' })
  const bob = await t.filed({ from: 'bob@seven.test', answers: 'news-1@mailer.test' })
  expect(new Set([news, ann, bob]).size).toBe(3)
})

test('no match by subject: the same subject from the same sender a year later is a ticket of its own', async () => {
  const first = await t.filed({ from: 'dora@customer.test', subject: 'Invoice', text: 'Please send it.' })
  t.clock.advance({ hours: 24 * 365 })
  const second = await t.filed({ from: 'dora@customer.test', subject: 'Re: Invoice', text: 'Please send it.' })
  expect(second).not.toBe(first)
})

test.each([['parent first'], ['answer first']])('a parent and its answer become one ticket, %s', async (order) => {
  const mark = order.replace(' ', '-')
  const parent = { id: `parent-${mark}@customer.test`, subject: 'Broken', text: 'It is broken.' }
  const answer = { id: `child-${mark}@customer.test`, subject: 'Re: Broken', text: 'Still.', answers: parent.id }
  const [one, two] = order === 'parent first' ? [parent, answer] : [answer, parent]
  const ticketId = await t.filed(one)
  expect(await t.filed(two)).toBe(ticketId)
  const messages = await t.messages(ticketId)
  expect(messages.map(({ text }) => text.trim())).toEqual(['It is broken.', 'Still.'])
  if (order === 'answer first')
    expect(messages[0]?.threading?.reason).toMatch(/a message of this ticket answers it and came first/)
})

test('a late parent of somebody else does not join', async () => {
  const ticketId = await t.filed({ subject: 'Re: Hm', answers: 'never-seen@elsewhere.test' })
  const other = await t.filed({ from: 'eve@elsewhere.test', id: 'never-seen@elsewhere.test' })
  expect(other).not.toBe(ticketId)
})

test('the same mail to two mailboxes is two receipts and two tickets, linked', async () => {
  await ensureMailbox(t.desk(), 'sales@desk.test', 'Sales')
  const received = await t.take(bytesOf({}), { to: ['support@desk.test', 'sales@desk.test'] })
  expect(new Set(received.map(({ itemId }) => itemId)).size).toBe(2)
  const [one, two] = received.map(({ ticketId }) => ticketId ?? (undefined as never))
  expect((await t.ticket(one ?? (undefined as never))).links).toMatchObject([{ kind: 'same_mail', ticketId: two }])
})

test('rule 7: two mails without a Message-ID and with the same words are two, the same one twice is one', async () => {
  const mail = (date: string) => ({ id: null, text: 'Hello?', headers: [`Date: ${date}`] })
  const one = await t.arrive(mail('Mon, 02 Nov 2026 09:00:00 +0000'))
  const two = await t.arrive(mail('Mon, 02 Nov 2026 09:05:00 +0000'))
  expect(one.messageId).not.toBeNull()
  expect(two.messageId).not.toBeNull()
  expect(two.messageId).not.toBe(one.messageId)
  expect((await t.arrive(mail('Mon, 02 Nov 2026 09:00:00 +0000'))).messageId).toBeNull()
  expect(await t.lastReceipt()).toMatchObject({ disposition: 'duplicate' })
})

test('rule 7: a reused Message-ID with other content is a message of its own, flagged', async () => {
  await t.filed({ id: 'reused@customer.test', text: 'One.' })
  const second = await t.filed({ id: 'reused@customer.test', text: 'Two.' })
  expect((await t.messages(second))[0]?.flags).toContain('reused_message_id')
})

test('a bounced notification to an agent reopens nothing', async () => {
  const ticketId = await t.filed({})
  const ours = await t.answer(ticketId)
  await updateTicket(t.mia, ticketId, { status: 'solved' })
  await t.arrive({
    from: 'MAILER-DAEMON@mx.desk.test',
    envelope: { from: '' },
    subject: 'Undelivered Mail Returned to Sender',
    answers: ours.providerId ?? '',
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
    text: [
      '--b',
      'Content-Type: text/plain',
      '',
      'Your notification to mia@desk.test could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.desk.test',
      '',
      'Final-Recipient: rfc822; mia@desk.test',
      'Action: failed',
      'Status: 5.1.1',
      '',
      '--b--',
      '',
    ].join('\r\n'),
  })
  expect((await t.ticket(ticketId)).status).toBe('solved')
  expect(['noted', 'suppressed']).toContain((await t.lastReceipt()).disposition)
})
