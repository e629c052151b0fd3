import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { createBounceWorld, type BounceWorld } from '#test/bounce-world.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { jobs } from './jobs.ts'
import { readAddressFacts } from './views/address-facts.ts'
import { readMessage } from './views/list-messages.ts'

let t: BounceWorld
beforeAll(async () => {
  t = await createBounceWorld()
})
afterAll(() => t?.close())

test('an absence notice is noted with its last day, is no reply, and reopens nothing', async () => {
  const ann = t.fresh('ann')
  const { ticketId, providerId } = await t.replied(ann)
  await updateTicket(t.mia, ticketId, { status: 'solved' })
  const before = (await t.ticket(ticketId)).clocks
  const received = await t.arrive({
    from: `Ann <${ann}>`,
    subject: 'Automatic reply: Help',
    answers: providerId,
    headers: ['Auto-Submitted: auto-replied', 'Date: Mon, 02 Nov 2026 09:00:00 +0000'],
    text: 'I am out of the office until 3 December.',
  })
  expect(received.ticketId).toBe(ticketId)
  const ticket = await t.ticket(ticketId)
  expect([ticket.status, ticket.clocks, ticket.reopened]).toEqual(['solved', before, 0])
  const notice = await readMessage(t.mia, received.messageId as Id<'msg'>)
  expect([notice.flags, notice.absence]).toEqual([['auto_reply'], { until: '2026-12-03' }])
  const away = async () => (await readAddressFacts(t.mia, ann)).items[0]?.away
  expect(await away()).toMatchObject({ until: '2026-12-03' })
  t.clock.advance({ hours: 24 * 32 })
  expect(await away()).toBeNull()
})

test('two auto-responders end: an answer of a machine is never answered', async () => {
  await t.world.pool.query('update sources set auto_acknowledge = true')
  const bot = t.fresh('bot')
  await t.arrive({ from: bot, subject: 'Hello' })
  await t.drain(jobs)
  const sentTo = async () =>
    (await t.world.pool.query('select message_id from auto_mails where email = $1', [bot])).rows.length
  expect(await sentTo()).toBe(1)
  for (let round = 0; round < 20; round++) {
    await t.arrive({
      from: bot,
      subject: 'Automatic reply: we have received your message',
      headers: ['Auto-Submitted: auto-replied'],
    })
    await t.drain(jobs)
  }
  expect(await sentTo()).toBe(1)
  // A responder without any mark, with a new subject each time: the cap per hour ends it.
  for (let round = 0; round < 20; round++) {
    await t.arrive({ from: bot, subject: `We have received your message ${round}` })
    await t.drain(jobs)
  }
  expect(await sentTo()).toBe(5)
})
