import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { uuidOf } from '#platform/ids.ts'
import { createBounceWorld, type BounceWorld } from '#test/bounce-world.ts'
import { bounceOf, wordedBounce } from '#test/returned-mail.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { sendNotice } from './index.ts'
import { mailSign } from './mail-signature.ts'
import { bounceAddress } from './rules/bounce-address.ts'
import { setDelivery } from './store/deliveries.ts'
import { viewDelivery } from './views/delivery-attempts.ts'
import { readMessage } from './views/list-messages.ts'

let t: BounceWorld
beforeAll(async () => {
  t = await createBounceWorld()
})
afterAll(() => t?.close())

const deliveryOf = async (messageId: Id<'msg'>) => (await readMessage(t.mia, messageId)).delivery?.state
const contactsLike = async (text: string) =>
  (await t.world.pool.query('select from contacts where email ilike $1 or name ilike $1', [`%${text}%`])).rowCount

test('a bounce marks the mail and the address, tells the owner why and what to do, and is nobody’s contact', async () => {
  const ann = t.fresh('ann')
  const { ticketId, messageId, providerId } = await t.replied(ann)
  const received = await t.arrive(bounceOf(providerId, [{ to: ann }]))
  expect(received.ticketId).toBe(ticketId)
  expect(await deliveryOf(messageId)).toBe('bounced')
  expect((await t.ticket(ticketId)).attention).toBe('delivery_failed')
  expect(await t.notesOf(ticketId)).toEqual([
    `The reply came back.\n\n${ann}: there is no such mailbox. Check the spelling or reach the customer another way.`,
  ])
  expect(await t.stateOf(ann)).toBe('hard')
  expect((await viewDelivery(t.mia, messageId)).failures).toEqual([
    {
      address: ann,
      kind: 'hard',
      reason: 'unknown_user',
      status: '5.1.1',
      delayed: false,
      at: t.clock.now().toString(),
    },
  ])
  const bounce = await readMessage(t.mia, received.messageId as Id<'msg'>)
  expect(bounce.author).toEqual({ kind: 'system', id: null, name: 'Mail Delivery System' })
  expect(await contactsLike('mailer-daemon')).toBe(0)
})

test('the same bounce twice says it once', async () => {
  const ann = t.fresh('ann')
  const { ticketId, providerId } = await t.replied(ann)
  await t.arrive(bounceOf(providerId, [{ to: ann }]))
  await t.arrive(bounceOf(providerId, [{ to: ann }]))
  expect(await t.notesOf(ticketId)).toHaveLength(1)
})

test('a bounce for one of two recipients leaves the mail with the other', async () => {
  const [ann, bob] = [t.fresh('ann'), t.fresh('bob')]
  const { ticketId, messageId, providerId } = await t.replied(ann, { cc: [bob] })
  await t.arrive(bounceOf(providerId, [{ to: bob, status: '5.2.2', diagnostic: '552 5.2.2 mailbox full' }]))
  expect(await deliveryOf(messageId)).toBe('sent')
  expect((await t.ticket(ticketId)).attention).toBe('delivery_failed')
  expect((await t.notesOf(ticketId))[0]).toMatch(/^The reply did not reach everybody\.\n\nbob/)
  expect([await t.stateOf(ann), await t.stateOf(bob)]).toEqual([undefined, 'soft'])
  await t.arrive(bounceOf(providerId, [{ to: ann }]))
  expect(await deliveryOf(messageId)).toBe('bounced')
})

test('a mail that is only late stays sent and troubles nobody', async () => {
  const ann = t.fresh('ann')
  const { ticketId, messageId, providerId } = await t.replied(ann)
  const late = { to: ann, action: 'delayed', status: '4.4.1', diagnostic: 'connection timed out' }
  await t.arrive(bounceOf(providerId, [late]))
  expect(await deliveryOf(messageId)).toBe('sent')
  expect((await t.ticket(ticketId)).attention).toBeNull()
  expect([await t.notesOf(ticketId), await t.stateOf(ann)]).toEqual([[], undefined])
})

test('a bounce that names no mail is known by the address it came back to', async () => {
  const ann = t.fresh('ann')
  const { ticketId, messageId } = await t.replied(ann)
  const to = bounceAddress({ mailbox: 'support@desk.test', messageId: uuidOf(messageId), sign: mailSign(t.desk()) })
  const received = await t.arrive(wordedBounce([`<${ann}>:`, '550 no such user'], to ?? ''))
  expect(received.ticketId).toBe(ticketId)
  expect(await t.stateOf(ann)).toBe('hard')
})

test('a bounce that names only a recipient is guessed when one mail alone fits, and silences nobody', async () => {
  const ann = t.fresh('ann')
  const { ticketId, messageId } = await t.replied(ann)
  const about = (email: string, subject: string) =>
    wordedBounce([
      `<${email}>:`,
      '550 no such user',
      '',
      '--- Below this line is a copy of the message.',
      '',
      `Subject: ${subject}`,
    ])
  expect((await t.arrive(about(ann, 'Something else'))).ticketId).toBeNull()
  const received = await t.arrive(about(ann, 'Re: Help'))
  expect(received.ticketId).toBe(ticketId)
  expect(await deliveryOf(messageId)).toBe('bounced')
  const bounce = await readMessage(t.mia, received.messageId as Id<'msg'>)
  expect(bounce.threading?.reason).toContain('only one mail of the last days went to the address it names')
  expect(await t.stateOf(ann)).toBeUndefined()
  const bob = t.fresh('bob')
  await t.replied(bob)
  await t.replied(bob)
  expect((await t.arrive(about(bob, 'Re: Help'))).ticketId).toBeNull()
})

test('a report cannot silence an address that the mail never went to', async () => {
  const victim = t.fresh('victim')
  const { providerId } = await t.replied(t.fresh('ann'), { cc: [t.fresh('bob')] })
  await t.arrive(bounceOf(providerId, [{ to: victim }]))
  expect(await t.stateOf(victim)).toBeUndefined()
})

test('a bounce of a notice never reopens its ticket and troubles nobody', async () => {
  const ann = t.fresh('ann')
  const ticketId = await t.filed({ from: ann })
  await sendNotice(t.desk(), { ticketId, to: ann, subject: 'Your code', text: 'Code: ••••••', secret: '123456' })
  await updateTicket(t.mia, ticketId, { status: 'solved' })
  const notice = (await t.messages(ticketId)).find((one) => one.kind === 'auto')
  await setDelivery(t.desk(), notice?.id as Id<'msg'>, 'sent')
  await t.arrive(bounceOf(notice?.providerId ?? '', [{ to: ann }]))
  const ticket = await t.ticket(ticketId)
  expect([ticket.status, ticket.attention, ticket.reopened]).toEqual(['solved', null, 0])
  expect(await deliveryOf(notice?.id as Id<'msg'>)).toBe('bounced')
})

test('a bounced reply reopens nothing either', async () => {
  const ann = t.fresh('ann')
  const { ticketId, providerId } = await t.replied(ann)
  await updateTicket(t.mia, ticketId, { status: 'solved' })
  await t.arrive(bounceOf(providerId, [{ to: ann }]))
  expect(await t.ticket(ticketId)).toMatchObject({ status: 'solved', attention: 'delivery_failed' })
})
