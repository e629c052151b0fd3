import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import type { Ticket } from '#contract/inbox.ts'
import { writeMessage } from '#modules/inbox/actions/write-message.ts'
import { leave } from '#modules/inbox/actions/leave.ts'
import { sweepBreaches } from '#modules/inbox/actions/sweep-breaches.ts'
import { updateSettings } from '#modules/team/actions/update-settings.ts'
import { getSettings } from '#modules/team/index.ts'
import { readTicket } from '#modules/inbox/index.ts'
import { listMessages, readMessage } from '#modules/inbox/views/list-messages.ts'
import { listTickets } from '#modules/inbox/views/list-tickets.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { createMailTestWorld, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
beforeAll(async () => {
  t = await createMailTestWorld()
})
afterAll(() => t.close())

async function ticketOf(messageId: string): Promise<Id<'tkt'>> {
  const { rows } = await t.world.pool.query<{ ticket_id: string }>(
    `select ticket_id from receipts where provider_id = $1 and disposition <> 'duplicate'`,
    [messageId.replace(/[<>]/g, '')],
  )
  expect(rows).toHaveLength(1)
  return idOf('tkt', rows[0]?.ticket_id ?? '')
}

const clockOf = ({ clocks }: Ticket, target: string) => clocks.find((clock) => clock.target === target)

test('a clock that is set back and forth loses no mail, splits no thread and counts no time below zero', async () => {
  const first = await t.write({ from: 'ann@acme.test', subject: 'Clock', text: 'One' })
  const ticketId = await ticketOf(first.messageId)
  const written = [first.messageId]
  for (const [jump, text] of [
    [{ hours: -30 }, 'Two'],
    [{ hours: 72 }, 'Three'],
    [{ hours: -50 }, 'Four'],
  ] as const) {
    t.clock.advance(jump)
    const { accepted, messageId } = await t.write({
      from: 'ann@acme.test',
      subject: 'Re: Clock',
      text,
      inReplyTo: written.at(-1),
    })
    expect(accepted).toBe(true)
    expect(await ticketOf(messageId)).toBe(ticketId)
    written.push(messageId)
  }
  const replyId = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Four at once.' })
  await leave(t.desk(), replyId)
  await t.drainInbox()
  expect((await readMessage(t.mia, replyId)).delivery).toMatchObject({ state: 'sent', attempts: 1 })
  const { items } = await listMessages(t.mia, ticketId, {})
  expect(items.map(({ text }) => text.split('\n')[0]).sort()).toEqual(['Four', 'Four at once.', 'One', 'Three', 'Two'])
  const ticket = await readTicket(t.mia, ticketId)
  for (const clock of ticket.clocks) expect(clock.elapsedMs).toBeGreaterThanOrEqual(0)
  // Handed over again under the same id after all that, it is still the same mail.
  const raw = await t.world.pool.query<{ bytes: Buffer }>(
    'select bytes from raw_items w join receipts r on r.id = w.receipt_id where r.provider_id = $1',
    [first.messageId.replace(/[<>]/g, '')],
  )
  expect(await t.writeRaw(raw.rows[0]?.bytes.toString('latin1') ?? '')).toMatch(/^250/)
  const { rows } = await t.world.pool.query('select from messages where ticket_id = $1', [uuidOf(ticketId)])
  expect(rows).toHaveLength(5)
})

test('a desk that was off for a day sends what waited once, and dates breaches by their deadline', async () => {
  const { messageId } = await t.write({ from: 'ken@beta.test', subject: 'Off', text: 'Anybody?' })
  const waiting = await ticketOf(messageId)
  const answered = await ticketOf((await t.write({ from: 'eve@beta.test', subject: 'On', text: 'Hello' })).messageId)
  const { version } = await getSettings(t.desk())
  await updateSettings(t.desk(), { version, undoSeconds: 0 })
  const replyId = await writeMessage(t.mia, answered, { kind: 'reply', text: 'Hello Eve.' })
  const due = clockOf(await readTicket(t.mia, waiting), 'first_reply')?.dueAt
  // No job ran for a day: neither the reply's delivery nor the watch over deadlines.
  t.clock.advance({ hours: 26 })
  await sweepBreaches(t.desk())
  await t.drainInbox()
  const late = clockOf(await readTicket(t.mia, waiting), 'first_reply')
  expect(late).toMatchObject({ state: 'breached', dueAt: due })
  const { rows } = await t.world.pool.query<{ occurred_at: Temporal.Instant }>(
    `select occurred_at from events where ticket_id = $1 and type = 'sla.breached'`,
    [uuidOf(waiting)],
  )
  expect(rows.map(({ occurred_at: at }) => at.toString())).toEqual([due])
  const { providerId, delivery } = await readMessage(t.mia, replyId)
  expect(delivery).toMatchObject({ state: 'sent', attempts: 1 })
  expect(await t.arrived(providerId ?? '')).toBe(1)
  const { items } = await listTickets(t.mia, { view: 'all', limit: 100 })
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
})
