import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DkimKey, SenderInput } from '#contract/sending.ts'
import type { Id } from '#contract/ids.ts'
import { composeDelivery } from '#modules/inbox/actions/compose-delivery.ts'
import { deliver } from '#modules/inbox/actions/deliver.ts'
import { leave } from '#modules/inbox/actions/leave.ts'
import { makeDkimKey } from '#modules/inbox/actions/make-dkim-key.ts'
import { addMailbox } from '#modules/inbox/actions/save-mailbox.ts'
import { saveSender } from '#modules/inbox/actions/save-sender.ts'
import { checkDkimKey, switchDkimKey } from '#modules/inbox/actions/switch-dkim-key.ts'
import { testSender } from '#modules/inbox/actions/test-sender.ts'
import { writeMessage } from '#modules/inbox/actions/write-message.ts'
import { ownMailboxes } from '#modules/inbox/index.ts'
import { mailSign } from '#modules/inbox/mail-signature.ts'
import { parseBounceAddress } from '#modules/inbox/rules/bounce-address.ts'
import { readMessage } from '#modules/inbox/views/list-messages.ts'
import { listDkim, readDkim, viewSender } from '#modules/inbox/views/sending.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { startFakeServer } from '#server/channels/email/smtp/server.fixture.ts'
import { createMailTestWorld, type MailTestWorld } from '#test/mail-world.ts'

let t: MailTestWorld
let box: Id<'box'>
beforeAll(async () => {
  t = await createMailTestWorld()
  box = (await ownMailboxes(t.desk()))[0]!.id
})
afterAll(() => t.close())
const plainSender = { displayName: null, server: null, bounceDomain: null }
beforeEach(async () => {
  await t.outside('DELETE', '/faults')
  await saveSender(t.desk(), box, plainSender)
})

let people = 0

async function reply(): Promise<{ messageId: Id<'msg'>; customer: string }> {
  const customer = `ann${++people}@acme${people}.test`
  await t.write({ from: customer, subject: 'Charged twice', text: 'I see two charges.' })
  const { rows } = await t.world.pool.query<{ ticket_id: string }>(
    'select ticket_id from receipts where from_address = $1',
    [customer],
  )
  const messageId = await writeMessage(t.mia, idOf('tkt', rows[0]!.ticket_id), {
    kind: 'reply',
    text: 'We look into it.',
  })
  await leave(t.desk(), messageId)
  return { messageId, customer }
}

const attempt = (messageId: Id<'msg'>) => deliver(t.desk(), messageId, 'a worker')
const delivery = async (messageId: Id<'msg'>) => (await readMessage(t.mia, messageId)).delivery

async function key(algorithm: 'rsa' | 'ed25519'): Promise<DkimKey> {
  return readDkim(t.desk(), 'desk.test', await makeDkimKey(t.desk(), { domain: 'desk.test', algorithm }))
}

test('a mailbox with a server of its own sends by it, under its own name', async () => {
  const server = await startFakeServer({ user: { user: 'desk', pass: 'right' } })
  const own = { host: '127.0.0.1', port: server.port, secure: false, tls: 'opportunistic', username: 'desk' } as const
  try {
    await saveSender(t.desk(), box, {
      displayName: '{agent} at Desk',
      server: { ...own, password: 'wrong' },
      bounceDomain: null,
    })
    const { messageId } = await reply()
    await attempt(messageId)
    expect(await delivery(messageId)).toMatchObject({
      state: 'queued',
      error: expect.stringContaining('refuses the user name'),
    })
    // A mended password helps what waits already.
    await saveSender(t.desk(), box, { ...plainSender, server: { ...own, password: 'right' } })
    await attempt(messageId)
    expect(await delivery(messageId)).toMatchObject({ state: 'sent' })
    expect(server.taken[0]?.raw).toMatch(/^From: Mia at Desk <support@desk\.test>/m)
    const { rows } = await t.world.pool.query('select * from senders')
    expect(JSON.stringify(rows)).not.toContain('right')
    expect(JSON.stringify(await viewSender(t.desk(), box))).not.toContain('right')
  } finally {
    await server.stop()
  }
})

test('another host or user does not get the password of the one before', async () => {
  const own = { host: 'mail.test', port: 25, secure: false, tls: 'required', username: 'desk' } as const
  const hasPassword = async () => (await viewSender(t.desk(), box)).server?.hasPassword
  await saveSender(t.desk(), box, { ...plainSender, server: { ...own, password: 'secret' } })
  await saveSender(t.desk(), box, { ...plainSender, server: { ...own, port: 587 } })
  expect(await hasPassword()).toBe(true)
  await saveSender(t.desk(), box, { ...plainSender, server: { ...own, host: 'elsewhere.test' } })
  expect(await hasPassword()).toBe(false)
})

test('the test of a sender says how far it comes and sends nothing', async () => {
  const server = await startFakeServer({ user: { user: 'desk', pass: 'right' }, tls: true })
  const own = { host: '127.0.0.1', port: server.port, secure: false, tls: 'required', username: 'desk' } as const
  const steps = async (change: object, recipient?: string) => {
    const sender = { ...plainSender, server: { ...own, password: 'right', ...change } }
    const { steps } = await testSender(t.desk(), box, { sender, ...(recipient && { recipient }) })
    expect((await viewSender(t.desk(), box)).server).toBeNull()
    return steps.map(({ step, result }) => `${step} ${result}`)
  }
  try {
    const all = ['connect ok', 'encrypt ok', 'sign_in ok', 'sender ok', 'recipient ok']
    expect(await steps({})).toEqual(all)
    expect(await steps({ tls: 'verified' })).toEqual(['encrypt failed'])
    expect(await steps({ password: 'wrong' })).toEqual([...all.slice(0, 2), 'sign_in failed'])
    expect(await steps({}, 'nobody@acme.test')).toEqual([...all.slice(0, 4), 'recipient failed'])
    await saveSender(t.desk(), box, { ...plainSender, server: { ...own, password: 'right' } })
    const kept = async (sender?: SenderInput) => (await testSender(t.desk(), box, sender ? { sender } : {})).steps
    expect((await kept()).at(-1)).toMatchObject({ step: 'recipient', result: 'ok' })
    // Tried with the password that is kept, but only where that belongs.
    expect((await kept({ ...plainSender, server: own })).at(-1)).toMatchObject({ step: 'recipient', result: 'ok' })
    const elsewhere = { ...plainSender, server: { ...own, host: 'localhost' } }
    expect((await kept(elsewhere)).at(-1)).toMatchObject({ step: 'sign_in', result: 'failed' })
    expect(server.taken).toEqual([])
    await saveSender(t.desk(), box, plainSender)
  } finally {
    await server.stop()
  }
  expect(await steps({})).toEqual(['connect failed'])
})

test('a key signs only once its record is right and it is switched on', async () => {
  const rsa = await key('rsa')
  const on = () => switchDkimKey(t.desk(), 'desk.test', rsa.selector, { enabled: true })
  await expect(on()).rejects.toThrow('Check the DNS record first')
  await t.outside('PUT', '/dns', { name: rsa.record.name, texts: ['v=DKIM1; k=rsa; p=AAAA'] })
  await checkDkimKey(t.desk(), 'desk.test', rsa.selector)
  expect((await readDkim(t.desk(), 'desk.test', rsa.selector)).problem).toContain('another key')
  await expect(on()).rejects.toThrow('another key')
  const unsigned = await reply()
  await t.outside('PUT', '/dns', { name: rsa.record.name, texts: [rsa.record.value] })
  await checkDkimKey(t.desk(), 'desk.test', rsa.selector)
  await on()
  const signed = await reply()
  const bytes = async ({ messageId }: { messageId: Id<'msg'> }) =>
    Buffer.from((await composeDelivery(t.desk(), messageId)).raw).toString('latin1')
  expect(await bytes(unsigned)).not.toContain('DKIM-Signature')
  const first = await bytes(signed)
  expect(first).toContain(`s=${rsa.selector}`)
  expect(
    await t.world.ports.mail.authenticate(Buffer.from(first, 'latin1'), { ip: '192.0.2.1', helo: 'mx', from: '' }),
  ).toMatchObject({ dkim: 'pass' })

  // The bytes stay, tried later and after the key was retired for another one.
  await t.outside('POST', '/faults', { kind: 'greylist' })
  await attempt(signed.messageId)
  t.clock.advance({ hours: 3 })
  await switchDkimKey(t.desk(), 'desk.test', rsa.selector, { retired: true })
  expect(await bytes(signed)).toBe(first)
  expect(await bytes(await reply())).not.toContain('DKIM-Signature')
  await expect(on()).rejects.toThrow('retired')
  const { rows } = await t.world.pool.query<{ private_key: string }>('select private_key from dkim_keys')
  expect(rows.some((row) => row.private_key.includes('PRIVATE'))).toBe(false)
  expect(JSON.stringify(await listDkim(t.desk()))).not.toMatch(/private/i)
})

test('what comes back to a bounce domain names its message', async () => {
  await saveSender(t.desk(), box, { ...plainSender, bounceDomain: 'bounce.desk.test' })
  const { messageId } = await reply()
  const { from } = await composeDelivery(t.desk(), messageId)
  expect(from).toMatch(/@bounce\.desk\.test$/)
  expect(parseBounceAddress(from, mailSign(t.desk()))).toEqual({ messageId: uuidOf(messageId) })
})

test('without a bounce domain it comes back to a plus address, and only where those were shown to work', async () => {
  const returnsTo = async () => (await composeDelivery(t.desk(), (await reply()).messageId)).from
  const plus = (state: string) => t.world.pool.query('update sources set plus_state = $1', [state])
  expect(await returnsTo()).toBe('support@desk.test')
  await plus('works')
  expect(parseBounceAddress(await returnsTo(), mailSign(t.desk()))).not.toBeNull()
  await plus('does_not')
  expect(await returnsTo()).toBe('support@desk.test')
})

test('a reply may leave from another mailbox, and its answer finds the ticket there', async () => {
  const other = await addMailbox(t.desk(), { address: 'billing@desk.test', name: 'Billing' })
  const { messageId: first } = await reply()
  const { ticketId, to } = await readMessage(t.mia, first)
  const messageId = await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'From billing.', mailboxId: other })
  await leave(t.desk(), messageId)
  await attempt(messageId)
  const { from, providerId } = await readMessage(t.mia, messageId)
  expect(from).toMatchObject({ email: 'billing@desk.test', name: 'Billing' })
  const answer = await t.write({
    from: to[0]!.email,
    to: 'billing@desk.test',
    subject: 'Re: Charged twice',
    text: 'Thank you, it works.',
    inReplyTo: providerId,
  })
  const { rows } = await t.world.pool.query('select ticket_id, disposition from receipts where provider_id = $1', [
    answer.messageId.replace(/[<>]/g, ''),
  ])
  expect(rows).toMatchObject([{ ticket_id: uuidOf(ticketId), disposition: 'appended' }])
  const gone = { kind: 'reply' as const, text: 'x', mailboxId: 'box_00000000000000000000000000' as Id<'box'> }
  await expect(writeMessage(t.mia, ticketId, gone)).rejects.toThrow('mailboxId')
})

test('no key is made for a domain that is not ours', async () => {
  await expect(makeDkimKey(t.desk(), { domain: 'elsewhere.test', algorithm: 'rsa' })).rejects.toThrow('no mailbox')
})
