import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MailAuthentication } from './ports.ts'
import { identitiesOf } from '#modules/customers/index.ts'
import { uuidOf } from '#platform/ids.ts'
import type { Id } from '#contract/ids.ts'
import { createLetterWorld, type LetterWorld } from '#test/letters.ts'
import { chooseAnswerAddress } from './actions/choose-answer-address.ts'
import { relinkSender } from './actions/relink-sender.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { jobs } from './jobs.ts'
import { replyDefaults } from './reply-recipients.ts'
import { ticketRequester } from './views/ticket-requester.ts'

const pass: MailAuthentication = { spf: 'pass', dkim: 'pass', dmarc: 'pass', aligned: true, domain: 'desk.test' }
const none: MailAuthentication = { spf: 'none', dkim: 'none', dmarc: 'none', aligned: false, domain: 'desk.test' }
const fail: MailAuthentication = { spf: 'fail', dkim: 'none', dmarc: 'fail', aligned: false, domain: 'customer.test' }

let t: LetterWorld
let proof = none
let asked = 0
beforeAll(async () => {
  t = await createLetterWorld({
    authenticate: () => {
      asked++
      return Promise.resolve(proof)
    },
  })
})
beforeEach(() => {
  proof = none
  asked = 0
})
afterAll(() => t.close())

const forward = (more: object = {}) => ({
  from: 'Mia <mia@desk.test>',
  subject: 'Fwd: Charged twice',
  text: [
    'Please have a look.',
    '',
    '---------- Forwarded message ---------',
    'From: Ann Example <ann@forward.test>',
    'Date: Mon, 2 Nov 2026 at 09:00',
    'Subject: Charged twice',
    'To: <mia@desk.test>',
    '',
    'I was charged twice.',
  ].join('\r\n'),
  ...more,
})
const people = async (ticketId: Id<'tkt'>) => {
  const { rows } = await t.world.pool.query<{ email: string }>(
    'select email from ticket_participants where ticket_id = $1 order by email',
    [uuidOf(ticketId)],
  )
  return rows.map(({ email }) => email)
}

test('a mail that a proven agent forwards becomes the ticket of whoever wrote it', async () => {
  proof = pass
  const ticketId = await t.filed(forward())
  expect(await t.ticket(ticketId)).toMatchObject({
    subject: 'Charged twice',
    requester: { email: 'ann@forward.test', name: 'Ann Example' },
  })
  const [mail, note] = await t.messages(ticketId)
  expect(mail).toMatchObject({ text: 'I was charged twice.', mail: { forwardedBy: { name: 'Mia' } } })
  expect(mail?.flags).toContain('forwarded')
  expect(note).toMatchObject({ kind: 'note', text: 'Please have a look.', author: { kind: 'agent', name: 'Mia' } })
  expect((await replyDefaults(t.mia, ticketId)).to).toEqual([{ email: 'ann@forward.test', name: 'Ann Example' }])
  expect(await people(ticketId)).toEqual(['ann@forward.test'])
})

test('a mail forwarded as an attachment likewise, with its own files', async () => {
  proof = pass
  const inner = [
    'From: Bob <bob@forward.test>',
    'To: mia@desk.test',
    'Subject: Export broken',
    'Message-ID: <inner-1@forward.test>',
    '',
    'It stops.',
  ]
  const ticketId = await t.filed({
    from: 'Mia <mia@desk.test>',
    subject: 'FW: Export broken',
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
    text: [
      '--b',
      'Content-Type: text/plain',
      '',
      'See below.',
      '--b',
      'Content-Type: message/rfc822',
      'Content-Disposition: attachment',
      '',
      ...inner,
      '--b--',
      '',
    ].join('\r\n'),
  })
  expect(await t.ticket(ticketId)).toMatchObject({ subject: 'Export broken', requester: { email: 'bob@forward.test' } })
  expect((await t.messages(ticketId))[0]).toMatchObject({ providerId: 'inner-1@forward.test' })
})

test('the proof of an agent proves nothing about the customer whose mail was forwarded', async () => {
  proof = pass
  const ticketId = await t.filed(forward({ text: forward().text.replace('ann@', 'carl@') }))
  await t.drain(jobs)
  const { requester } = await t.ticket(ticketId)
  expect((await t.messages(ticketId))[0]?.auth).toBeNull()
  expect(await identitiesOf(t.mia, requester.id)).toMatchObject([{ value: 'carl@forward.test', verified: 'none' }])
})

test('from an agent nothing proves it is an ordinary ticket, marked', async () => {
  const ticketId = await t.filed(forward())
  expect(await t.ticket(ticketId)).toMatchObject({ requester: { email: 'mia@desk.test' } })
  expect((await t.messages(ticketId))[0]?.flags).toEqual(expect.arrayContaining(['unproven_agent', 'unproven_forward']))
})

test('an unproven forward names its original sender, and one change of sender makes the ticket theirs', async () => {
  const ticketId = await t.filed(forward({ text: forward().text.replace('ann@', 'rosa@') }))
  const [mail] = await t.messages(ticketId)
  expect(mail?.mail?.originalSender).toEqual({ email: 'rosa@forward.test', name: 'Ann Example' })
  const { email, name } = mail!.mail!.originalSender!
  await relinkSender(t.mia, ticketId, { email, ...(name ? { name } : {}) })
  expect(await t.ticket(ticketId)).toMatchObject({ requester: { email: 'rosa@forward.test' } })
  expect((await replyDefaults(t.mia, ticketId)).to.map((to) => to.email)).toEqual(['rosa@forward.test'])
  // Of a forgery nothing is offered, nor of what passes nothing on.
  proof = fail
  const forged = await t.filed(forward())
  proof = none
  const plain = await t.filed({ from: 'Mia <mia@desk.test>' })
  for (const id of [forged, plain]) expect((await t.messages(id))[0]?.mail?.originalSender).toBeUndefined()
})

test('an agent’s address used from outside joins nothing, and is called a forgery when DMARC says so', async () => {
  const ticketId = await t.filed({ cc: 'mia@desk.test' })
  const ours = await t.answer(ticketId)
  proof = fail
  const forged = await t.filed({ from: 'Mia <mia@desk.test>', answers: ours.providerId ?? '' })
  expect(forged).not.toBe(ticketId)
  expect((await t.messages(forged))[0]?.flags).toContain('spoofed')
  expect((await t.messages(forged))[0]?.threading?.reason).toMatch(/nothing proves that mia@desk.test wrote it/)
})

test('only mail from a colleague’s address waits for its proof', async () => {
  await t.filed({})
  expect(asked).toBe(0)
  await t.filed(forward())
  expect(asked).toBe(1)
})

test('our own address from outside comes to nothing, with its reason', async () => {
  expect(await t.arrive({ from: 'support@desk.test' })).toMatchObject({ ticketId: null })
  expect(await t.lastReceipt()).toMatchObject({ disposition: 'suppressed' })
})

test('a reply that fails DMARC stays, marked, and gives nobody a seat in the conversation', async () => {
  const ticketId = await t.filed({ from: 'Dora <dora@customer.test>' })
  await t.drain(jobs)
  const ours = await t.answer(ticketId)
  proof = fail
  const joined = await t.filed({
    from: 'Dora <dora@customer.test>',
    cc: 'eve@evil.test',
    answers: ours.providerId ?? '',
    text: 'Send the money to Eve.',
  })
  expect(joined).toBe(ticketId)
  expect(await people(ticketId)).toContain('eve@evil.test')
  await t.drain(jobs)
  expect((await t.messages(ticketId)).at(-1)?.flags).toContain('spoofed')
  expect(await people(ticketId)).toEqual(['dora@customer.test'])
  expect((await replyDefaults(t.mia, ticketId)).cc).toEqual([])
  // Who asks is told by the newest mail, forged as it is: an older proof says nothing about it.
  expect((await ticketRequester(t.mia, ticketId))?.sender?.auth).toMatchObject({ dmarc: 'fail' })
  const { requester } = await t.ticket(ticketId)
  expect(await identitiesOf(t.mia, requester.id)).toMatchObject([{ verified: 'none' }])
})

test('a name that pretends is told beside the message', async () => {
  const ticketId = await t.filed({ from: '"support@desk.test" <eve@evil.test>' })
  const [message] = await t.messages(ticketId)
  expect(message?.flags).toContain('name_trick')
  expect(message?.mail?.nameTrick).toBe('The name shows another address (support@desk.test).')
})

test('an answer goes to Reply-To only after an agent agreed, and that holds for this sender and address', async () => {
  const headers = ['Reply-To: Accounts <accounts@elsewhere.test>']
  const ticketId = await t.filed({ from: 'finn@customer.test', headers })
  const to = async (id: Id<'tkt'>) => (await replyDefaults(t.mia, id)).to.map(({ email }) => email)
  expect(await to(ticketId)).toEqual(['finn@customer.test'])
  expect(await replyDefaults(t.mia, ticketId)).toMatchObject({
    asked: { email: 'accounts@elsewhere.test' },
    askedChoice: null,
  })
  await chooseAnswerAddress(t.mia, ticketId, 'use')
  expect(await to(ticketId)).toEqual(['accounts@elsewhere.test'])
  expect(await to(await t.filed({ from: 'finn@customer.test', headers }))).toEqual(['accounts@elsewhere.test'])
  expect(await to(await t.filed({ from: 'gina@customer.test', headers }))).toEqual(['gina@customer.test'])
  await chooseAnswerAddress(t.mia, ticketId, 'keep')
  expect(await to(ticketId)).toEqual(['finn@customer.test'])
})

test('a mail of a list is filed and marked, and where answers go is asked', async () => {
  const ticketId = await t.filed({
    from: 'hugo@customer.test',
    headers: ['List-Id: <users.lists.test>', 'Reply-To: users@lists.test'],
  })
  expect((await t.messages(ticketId))[0]?.flags).toContain('list')
  const defaults = await replyDefaults(t.mia, ticketId)
  expect(defaults.to.map(({ email }) => email)).toEqual(['hugo@customer.test'])
  expect(defaults.asked?.email).toBe('users@lists.test')
})

const invitation = (method: string, more: string[] = []) => [
  'BEGIN:VCALENDAR',
  `METHOD:${method}`,
  'BEGIN:VEVENT',
  'SUMMARY:Review',
  'DTSTART:20261103T090000Z',
  'ORGANIZER:mailto:ann@customer.test',
  ...more,
  'END:VEVENT',
  'END:VCALENDAR',
  '',
]

test('an invitation opens a ticket with a card; its answer is noted and reopens nothing', async () => {
  const ticketId = await t.filed({
    id: 'invite-1@customer.test',
    subject: 'Invitation: Review',
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=b'],
    text: [
      '--b',
      'Content-Type: text/plain',
      '',
      'Please come.',
      '--b',
      'Content-Type: text/calendar; method=REQUEST',
      '',
      ...invitation('REQUEST'),
      '--b--',
      '',
    ].join('\r\n'),
  })
  expect((await t.messages(ticketId))[0]?.mail?.calendar).toMatchObject({ method: 'REQUEST', title: 'Review' })
  await updateTicket(t.mia, ticketId, { status: 'solved' })
  const joined = await t.filed({
    subject: 'Accepted: Review',
    answers: 'invite-1@customer.test',
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=b'],
    text: [
      '--b',
      'Content-Type: text/plain',
      '',
      'Ann has accepted this invitation.',
      '--b',
      'Content-Type: text/calendar; method=REPLY',
      '',
      ...invitation('REPLY', ['ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@customer.test']),
      '--b--',
      '',
    ].join('\r\n'),
  })
  expect(joined).toBe(ticketId)
  expect(await t.ticket(ticketId)).toMatchObject({ status: 'solved' })
  const reply = (await t.messages(ticketId)).find(({ flags }) => flags.includes('calendar_reply'))
  expect(reply?.mail?.calendar?.answer).toEqual({ email: 'ann@customer.test', status: 'accepted' })
})
