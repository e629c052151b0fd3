import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { authenticate } from 'mailauth'
import { simpleParser } from 'mailparser'
import { startMailWorld } from './fake-desk.fixture.ts'
import type { ParsedMail } from './parsed-mail.ts'

type Sent = { accepted: boolean; response: string; id: string; messageId: string; outcome: string }

let world: Awaited<ReturnType<typeof startMailWorld>>
beforeAll(async () => {
  world = await startMailWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  await world.call('DELETE', '/mailboxes')
  world.desk.arrived.length = 0
})

const send = async (mail: object) => (await world.call<Sent>('POST', '/send', mail)).body
const lastArrived = async () => {
  const last = world.desk.arrived.at(-1)
  expect(last).toBeDefined()
  return { ...last, parsed: await simpleParser(last?.raw ?? '') }
}
const simple = { from: 'ann@acme.test', to: 'support@desk.test', subject: 'Charged twice', text: 'I see two charges.' }

test('a mail reaches the desk over SMTP with the names, the copies and the attachment given', async () => {
  const result = await send({
    ...simple,
    fromName: 'Ann "Anna" Rivera',
    cc: ['kai@acme.test'],
    attachments: [{ name: 'größe.txt', type: 'text/plain', base64: Buffer.from('seven').toString('base64') }],
  })
  expect(result).toMatchObject({ accepted: true, response: '250 2.0.0 OK queued', outcome: 'accepted' })
  const { from, to, parsed } = await lastArrived()
  expect({ from, to }).toEqual({ from: 'ann@acme.test', to: ['support@desk.test', 'kai@acme.test'] })
  expect(parsed.from?.value).toMatchObject([{ address: 'ann@acme.test', name: 'Ann "Anna" Rivera' }])
  expect(parsed.messageId).toBe(result.messageId)
  expect(parsed.attachments[0]).toMatchObject({ filename: 'größe.txt', contentType: 'text/plain' })
  expect(parsed.attachments[0]?.content.toString()).toBe('seven')
})

test('the date of a mail is the clock of the world', async () => {
  world.clock.setOffset(Date.parse('2031-02-03T04:05:06Z') - Date.now())
  await send(simple)
  world.clock.setOffset(0)
  expect((await lastArrived()).parsed.date?.toISOString().slice(0, 10)).toBe('2031-02-03')
})

test('what the desk refuses comes back as its own line, and is kept as refused', async () => {
  expect(await send({ ...simple, to: 'nobody@desk.test' })).toMatchObject({
    accepted: false,
    outcome: 'refused',
    response: expect.stringContaining('550'),
  })
  const { body } = await world.call<{ items: ParsedMail[] }>('GET', '/mailboxes/ann@acme.test/messages?direction=sent')
  expect(body.items).toMatchObject([{ outcome: { kind: 'refused' }, subject: 'Charged twice' }])
})

test('raw bytes go out as they are', async () => {
  const raw = 'From: x\r\nSubject: =?utf-8?q?broken\r\n\r\nno closing \u0080 byte\r\n'
  expect(await send({ from: 'x@acme.test', to: 'support@desk.test', raw })).toMatchObject({ accepted: true })
  expect((await lastArrived()).raw).toContain('=?utf-8?q?broken')
})

test('a reply threads, goes to Reply-To and quotes as Gmail does', async () => {
  await world.deliver({ to: 'ann@acme.test', messageId: '<answer-1@desk.test>', subject: 'Re: Charged twice' })
  const { body } = await world.call<Sent>('POST', '/reply', {
    messageId: '<answer-1@desk.test>',
    from: 'ann@acme.test',
    text: 'Thank you.\n<b>Not bold</b>',
  })
  expect(body.accepted).toBe(true)
  const { to, parsed } = await lastArrived()
  expect(to).toEqual(['support@desk.test'])
  expect(parsed.subject).toBe('Re: Charged twice')
  expect(parsed.inReplyTo).toBe('<answer-1@desk.test>')
  expect([parsed.references].flat()).toEqual(['<answer-1@desk.test>'])
  expect(parsed.text).toMatch(/^Thank you\.\n<b>Not bold<\/b>\n\nOn .+ at .+ <support@desk\.test> wrote:\n\n> Hello/)
  expect(parsed.html).toContain('class="gmail_quote')
  expect(parsed.html).toContain('&lt;b&gt;Not bold')
})

test('a reply to a reply carries the whole chain of references, and none of the quote when told so', async () => {
  const first = await send(simple)
  await send({ ...simple, to: 'ann@acme.test' })
  await world.deliver({ to: 'ann@acme.test', messageId: '<a2@desk.test>' })
  const reply = await world.call<Sent>('POST', '/reply', {
    messageId: first.messageId,
    text: 'Once more',
    quote: false,
  })
  expect(reply.body.accepted).toBe(true)
  const { parsed } = await lastArrived()
  expect(parsed.inReplyTo).toBe(first.messageId)
  expect(parsed.text?.trim()).toBe('Once more')
})

test('a reply to an unknown message and a mail without sender are refused with a sentence', async () => {
  expect(await world.call('POST', '/reply', { messageId: 'nope', text: 'x' })).toMatchObject({
    status: 404,
    body: { error: { code: 'not_found', message: expect.stringContaining('nope') } },
  })
  expect(await world.call('POST', '/send', { to: 'support@desk.test' })).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining('from') } },
  })
})

test('an honest mail passes SPF, DKIM and DMARC by the DNS of the world, a spoofed one does not', async () => {
  const resolver = async (name: string, type: string) => {
    const { status, body } = await world.call<{ answers: string[][] }>('GET', `/dns?name=${name}&type=${type}`)
    if (status !== 200) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
    return body.answers
  }
  const verdicts = async () => {
    const { raw, from } = await lastArrived()
    const result = await authenticate(Buffer.from(raw ?? ''), {
      ip: '127.0.0.1',
      helo: 'mx.world.test',
      sender: from,
      resolver,
    })
    return {
      spf: result.spf ? result.spf.status.result : null,
      dkim: result.dkim?.results.map((one) => one.status.result),
      dmarc: result.dmarc ? result.dmarc.status.result : null,
    }
  }
  await send(simple)
  expect(await verdicts()).toEqual({ spf: 'pass', dkim: ['pass'], dmarc: 'pass' })
  await send({ ...simple, spoofed: true })
  expect(await verdicts()).toMatchObject({ spf: 'fail', dmarc: 'fail' })
})

test('a message no parser likes is still shown', async () => {
  await send({
    from: 'x@acme.test',
    to: 'support@desk.test',
    raw: `Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\0`,
  })
  const { body } = await world.call<{ items: ParsedMail[] }>('GET', '/mailboxes/x@acme.test/messages?direction=all')
  expect(body.items).toHaveLength(1)
  expect(typeof body.items[0]?.text).toBe('string')
})

test('who answers keeps the name they wrote under, though the desk addressed them without it', async () => {
  await send({ ...simple, fromName: 'Ann Rivera' })
  await world.deliver({ to: 'ann@acme.test', messageId: '<plain-to@desk.test>' })
  await world.call('POST', '/reply', { messageId: '<plain-to@desk.test>', text: 'Thanks' })
  expect((await lastArrived()).parsed.from?.value).toMatchObject([{ address: 'ann@acme.test', name: 'Ann Rivera' }])
})
