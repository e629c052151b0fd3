import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import type { Message } from '#contract/inbox.ts'
import { composeDelivery } from '#modules/inbox/actions/compose-delivery.ts'
import { deliver } from '#modules/inbox/actions/deliver.ts'
import { leave } from '#modules/inbox/actions/leave.ts'
import { nameUnknown } from '#modules/inbox/actions/name-unknown.ts'
import { resend } from '#modules/inbox/actions/resend.ts'
import { settle } from '#modules/inbox/actions/settle.ts'
import { writeMessage } from '#modules/inbox/actions/write-message.ts'
import { readTicket } from '#modules/inbox/index.ts'
import { insertDelivery } from '#modules/inbox/store/deliveries.ts'
import { addressStates } from '#modules/inbox/store/mail-addresses.ts'
import { listMessages, readMessage } from '#modules/inbox/views/list-messages.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { presenceLocks } from '#platform/jobs/presence.ts'
import { createMailTestWorld, support, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
beforeAll(async () => {
  t = await createMailTestWorld()
})
afterAll(() => t.close())
beforeEach(() => t.outside('DELETE', '/faults'))

let people = 0

async function openTicket(): Promise<{ ticketId: Id<'tkt'>; customer: string }> {
  const customer = `ann${++people}@acme${people}.test`
  const { accepted } = await t.write({ from: customer, subject: 'Charged twice', text: 'I see two charges.' })
  expect(accepted).toBe(true)
  const { rows } = await t.world.pool.query<{ ticket_id: string }>(
    'select ticket_id from receipts where from_address = $1',
    [customer],
  )
  return { ticketId: idOf('tkt', rows[0]?.ticket_id ?? ''), customer }
}

type Written = { ticketId: Id<'tkt'>; messageId: Id<'msg'>; providerId: string; customer: string }

/** A reply that has left and waits in the outbox. */
async function reply(more: object = {}): Promise<Written> {
  const { ticketId, customer } = await openTicket()
  const messageId = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'We look into it.', ...more })
  await leave(t.desk(), messageId)
  const { providerId } = await readMessage(t.mia, messageId)
  return { ticketId, messageId, providerId: providerId ?? '', customer }
}

const attempt = (messageId: Id<'msg'>, worker = 'a worker') => deliver(t.desk(), messageId, worker)
const fault = (kind: string, more: object = {}) => t.outside('POST', '/faults', { kind, ...more })
const delivery = async (messageId: Id<'msg'>) => (await readMessage(t.mia, messageId)).delivery
const attention = async (ticketId: Id<'tkt'>) => (await readTicket(t.mia, ticketId)).attention
const notes = async (ticketId: Id<'tkt'>) =>
  (await listMessages(t.mia, ticketId, {})).items.filter((message: Message) => message.kind === 'note')

test('a reply arrives once, under the Message-ID it was written with', async () => {
  const { messageId, providerId, customer } = await reply()
  await t.drainInbox()
  expect(await delivery(messageId)).toMatchObject({ state: 'sent', attempts: 1, error: null })
  expect(await t.arrived(providerId)).toBe(1)
  const { items } = await t.outside<{ items: Record<string, unknown>[] }>(
    'GET',
    `/mailboxes/${customer}/messages?direction=received`,
  )
  expect(items[0]).toMatchObject({ subject: 'Re: Charged twice', from: { address: support } })
  expect(String(items[0]?.text)).toMatch(/^We look into it\.[\s\S]*> I see two charges\./)
  await attempt(messageId)
  expect(await t.arrived(providerId)).toBe(1)
})

test('greylisted, it waits with the reason and goes out later: the same bytes each time', async () => {
  await fault('greylist', { times: 2 })
  const { messageId, providerId } = await reply()
  const before = lines((await composeDelivery(t.desk(), messageId)).raw)
  await attempt(messageId)
  expect(await delivery(messageId)).toMatchObject({
    state: 'queued',
    attempts: 1,
    error: expect.stringMatching(/^451 /),
  })
  expect((await delivery(messageId))?.retryAt).toBe(t.clock.now().add({ seconds: 5 }).toString())
  t.clock.advance({ seconds: 5 })
  await attempt(messageId)
  await attempt(messageId)
  expect(await delivery(messageId)).toMatchObject({ state: 'sent', attempts: 3, error: null, retryAt: null })
  expect(await t.arrived(providerId)).toBe(1)
  expect(lines((await composeDelivery(t.desk(), messageId)).raw)).toEqual(before)
  const raw = await fetch(await rawUrl(providerId)).then((answer) => answer.arrayBuffer())
  expect(lines(new Uint8Array(raw))).toEqual(before)
})

/** SMTP makes every line end CRLF. */
function lines(raw: Uint8Array): string[] {
  return Buffer.from(raw).toString('latin1').trimEnd().split(/\r?\n/)
}

async function rawUrl(providerId: string): Promise<string> {
  const { items } = await t.outside<{ items: { id: string }[] }>('GET', `/received?messageId=${providerId}`)
  return `${t.outsideUrl}/control/mail/messages/${items[0]?.id}/raw`
}

test('refused for good, it comes back to its owner, who is asked and can send it again under the same Message-ID', async () => {
  const { ticketId, messageId, providerId, customer } = await reply({ status: 'solved' })
  await fault('refuse_recipient', { match: { recipient: customer } })
  await attempt(messageId)
  expect(await delivery(messageId)).toMatchObject({ state: 'failed', error: expect.stringContaining('no such user') })
  expect(await readTicket(t.mia, ticketId)).toMatchObject({ status: 'open', attention: 'delivery_failed', reopened: 1 })
  expect((await notes(ticketId)).map(({ text }) => text)).toEqual([expect.stringContaining('could not be delivered')])
  await attempt(messageId)
  expect(await t.arrived(providerId)).toBe(0)

  // Nobody takes the mail, so no bounce will ever come: the answer is all there is to learn from.
  expect(await addressStates(t.desk(), [customer])).toEqual(
    new Map([[customer, expect.objectContaining({ state: 'hard' })]]),
  )
  await expect(resend(t.mia, messageId)).rejects.toThrow(customer)

  await t.outside('DELETE', '/faults')
  await resend(t.mia, messageId, { sendAnyway: true })
  expect(await attention(ticketId)).toBeNull()
  await t.drainInbox()
  expect(await delivery(messageId)).toMatchObject({ state: 'sent' })
  expect(await t.arrived(providerId)).toBe(1)
  await expect(resend(t.mia, messageId)).rejects.toThrow('Only a mail that failed')
})

test('refused after the whole message, it has failed; after three days of trying, it is given up', async () => {
  await fault('refuse_message', { times: 1 })
  const refused = await reply()
  await attempt(refused.messageId)
  expect(await delivery(refused.messageId)).toMatchObject({ state: 'failed', error: expect.stringMatching(/^554 /) })
  // It was the message they did not want; the address is as good as before.
  expect((await addressStates(t.desk(), [refused.customer])).get(refused.customer)?.state ?? 'ok').toBe('ok')

  await fault('greylist', { times: 10 })
  const grey = await reply()
  await attempt(grey.messageId)
  t.clock.advance({ hours: 73 })
  await attempt(grey.messageId)
  expect(await delivery(grey.messageId)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/^Given up after three days.*451/),
  })
})

test('a connection refused or hanging before the dot is tried again; nothing has arrived', async () => {
  const { messageId, providerId } = await reply()
  await fault('refuse_connection', { times: 1 })
  await attempt(messageId)
  expect(await delivery(messageId)).toMatchObject({ state: 'queued', attempts: 1 })
  await fault('hang_before_dot', { times: 1 })
  await attempt(messageId)
  expect(await delivery(messageId)).toMatchObject({ state: 'queued', attempts: 2 })
  expect(await t.arrived(providerId)).toBe(0)
  await attempt(messageId)
  expect(await t.arrived(providerId)).toBe(1)
})

test.each(['hang_after_dot', 'drop_after_dot'])(
  '%s: unknown, told to its owner, never sent again by itself',
  async (kind) => {
    const { ticketId, messageId, providerId } = await reply()
    await fault(kind, { times: 1 })
    await attempt(messageId)
    expect(await delivery(messageId)).toMatchObject({ state: 'unknown', error: expect.any(String) })
    expect(await attention(ticketId)).toBe('delivery_unknown')
    expect(await notes(ticketId)).toHaveLength(1)
    await attempt(messageId)
    await t.drainInbox()
    expect(await t.arrived(providerId)).toBe(1)

    if (kind === 'hang_after_dot') {
      await settle(t.mia, messageId)
      expect(await delivery(messageId)).toMatchObject({ state: 'sent', error: null })
      await settle(t.mia, messageId)
    } else {
      await resend(t.mia, messageId)
      await t.drainInbox()
      expect(await t.arrived(providerId)).toBe(2)
    }
    expect(await attention(ticketId)).toBeNull()
    await expect(resend(t.mia, messageId)).rejects.toThrow('Only a mail that failed')
  },
)

test('found between dot and answer, it is unknown when its process is gone, and left alone while it lives', async () => {
  const { messageId, providerId } = await reply()
  const handing = (worker: string) =>
    t.world.pool.query(
      `update deliveries set state = 'handing_over', attempts = 1, worker = $2, at = $3 where message_id = $1`,
      [uuidOf(messageId), worker, t.clock.now().subtract({ minutes: 5 }).toString()],
    )
  const living = await t.world.pool.connect()
  await living.query('select pg_advisory_lock($1, 42)', [presenceLocks])
  await living.query(`insert into worker_processes (id, lock, started_at) values ('living', 42, now())`)
  await handing('living')
  await attempt(messageId, 'another')
  await nameUnknown(t.desk())
  expect(await delivery(messageId)).toMatchObject({ state: 'handing_over' })

  await living.query('select pg_advisory_unlock_all()')
  living.release()
  await attempt(messageId, 'another')
  expect(await delivery(messageId)).toMatchObject({ state: 'unknown' })

  await handing('long gone')
  await nameUnknown(t.desk())
  expect(await delivery(messageId)).toMatchObject({ state: 'unknown' })
  expect(await t.arrived(providerId)).toBe(0)
})

test('an older attempt that wakes up late can neither hand over nor spoil what the newer one found', async () => {
  const { messageId, providerId } = await reply()
  await fault('slow', { times: 1, delayMs: 200 })
  const first = attempt(messageId, 'one')
  await expect.poll(async () => (await delivery(messageId))?.attempts).toBe(1)
  await Promise.all([first, attempt(messageId, 'two')])
  await t.drainInbox()
  const { state } = (await delivery(messageId)) ?? {}
  const arrived = await t.arrived(providerId)
  expect({ state, arrived }).toEqual(
    state === 'unknown' ? { state: 'unknown', arrived: 1 } : { state: 'sent', arrived: 1 },
  )
})

test('one of two recipients refused: sent, and its owner is told whom it missed', async () => {
  const to = [{ email: 'bob@first.test' }, { email: 'gone@second.test' }]
  const { ticketId, messageId, providerId } = await reply({ to })
  await fault('refuse_recipient', { match: { recipient: 'gone@second.test' } })
  await attempt(messageId)
  expect(await delivery(messageId)).toMatchObject({ state: 'sent', error: expect.stringContaining('gone@second.test') })
  expect(await attention(ticketId)).toBe('delivery_failed')
  expect(await t.arrived(providerId)).toBe(1)
  const states = await addressStates(t.desk(), ['bob@first.test', 'gone@second.test'])
  expect([...states].filter(([, { state }]) => state !== 'ok')).toEqual([
    ['gone@second.test', expect.objectContaining({ state: 'hard' })],
  ])
})

test('one of two recipients put off: only that one is tried again', async () => {
  const to = [{ email: 'bob@first.test' }, { email: 'cat@later.test' }]
  const { ticketId, messageId, providerId } = await reply({ to })
  await fault('greylist', { match: { recipient: '@later.test' } })
  await attempt(messageId)
  expect(await delivery(messageId)).toMatchObject({ state: 'queued', error: expect.stringContaining('cat@later.test') })
  await attempt(messageId)
  expect(await delivery(messageId)).toMatchObject({ state: 'sent', error: null })
  expect(await attention(ticketId)).toBeNull()
  const { items } = await t.outside<{ items: { envelope: { to: string[] } }[] }>(
    'GET',
    `/received?messageId=${providerId}`,
  )
  expect(items.map(({ envelope }) => envelope.to)).toEqual([['bob@first.test'], ['cat@later.test']])
})

test('a note never leaves, whoever asks', async () => {
  const { ticketId } = await openTicket()
  const messageId = await writeMessage(t.mia, ticketId, { kind: 'note', text: 'Between us.' })
  const asked = insertDelivery(t.desk(), {
    messageId,
    ticketId,
    state: 'queued',
    leavesAt: null,
    autoSubmitted: null,
    subject: 'Leak',
    signature: '',
    quotedId: null,
    ratingId: null,
    statusAfter: null,
  })
  await expect(asked).rejects.toThrow('not a message that may leave')
  await expect(composeDelivery(t.desk(), messageId)).rejects.toThrow('not a message that may leave')
  await attempt(messageId)
  await expect(resend(t.mia, messageId)).rejects.toThrow('no such reply')
})

test('a later reply that gets through settles one that failed', async () => {
  const { ticketId, messageId } = await reply()
  await fault('refuse_message', { times: 1 })
  await attempt(messageId)
  expect(await attention(ticketId)).toBe('delivery_failed')
  t.clock.advance({ seconds: 60 })
  const later = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Once more.' })
  await leave(t.desk(), later)
  await attempt(later)
  expect(await attention(ticketId)).toBeNull()
})
